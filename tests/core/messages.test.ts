import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { selectPageMessages } from '../../functions/core/messages.ts';
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

it('no template of a page writes a colon itself, as French has a space before it', () => {
  const templates = new URL('../../templates/page/', import.meta.url);
  const names = readdirSync(templates, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(?:html|mjml|txt)$/.test(name),
  );
  expect(names.length).toBeGreaterThan(15);
  expect(names.filter((name) => readFileSync(new URL(name, templates), 'utf8').includes('}}:'))).toEqual([]);
  expect(readMessages('fr').colon).toMatch(/^\s:$/);
});
