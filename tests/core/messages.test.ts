import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { selectDigestMessages, selectEmailMessages, selectPageMessages } from '../../functions/core/messages.ts';
import { interpolate } from '../../functions/core/text/interpolate.ts';
import { createSitePage } from './site/site-page-fixture.ts';

const readMessages = (language: string) => selectPageMessages(createSitePage({ language }));
const listPlaceholders = (messages: Record<string, string>) =>
  Object.entries(messages).map(([name, message]) => `${name} ${(message.match(/\{\w+\}/g) ?? []).sort()}`);

it.each(['de', 'fr', 'es', 'pt', 'it', 'ar'])(
  '%s has messages of its own, with the placeholders of the English ones',
  (language) => {
    expect(readMessages(language).subscribe).not.toBe(readMessages('en').subscribe);
    expect(listPlaceholders(readMessages(language))).toEqual(listPlaceholders(readMessages('en')));
  },
);

it('a region has the messages of its language, and a language without messages those of English', () => {
  expect(readMessages('pt-BR')).toEqual(readMessages('pt'));
  expect(readMessages('sw')).toEqual(readMessages('en'));
});

it('interpolates any text into a message', () => {
  expect(interpolate('Part {part} of {parts}', { part: '$1', parts: '{part}' })).toBe('Part $1 of {part}');
});

const templates = new URL('../../templates/', import.meta.url);
const readTemplate = (name: string): string => readFileSync(new URL(name, templates), 'utf8');
const templateNames = readdirSync(templates, { recursive: true, encoding: 'utf8' });

it('no template writes a colon itself, as French has a space before it', () => {
  const names = templateNames.filter((name) => /\.(?:html|mjml|txt)$/.test(name));
  expect(names.length).toBeGreaterThan(25);
  expect(names.filter((name) => readTemplate(name).includes('}}:'))).toEqual([]);
  const french = createSitePage({ language: 'fr' });
  for (const select of [selectPageMessages, selectDigestMessages, selectEmailMessages])
    expect(select(french).colon).toBe('\u00a0:');
});

it('no line of a French message can begin with a punctuation mark, or end with an opening one', () => {
  const names = templateNames.filter((name) => name.endsWith('messages.json'));
  expect(names).toHaveLength(4);
  for (const name of names) {
    const { fr }: { fr: Record<string, string> } = JSON.parse(readTemplate(name));
    expect(Object.values(fr).filter((message) => / [:;!?»]|« /.test(message))).toEqual([]);
  }
});
