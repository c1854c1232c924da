import { expect, it } from 'vitest';
import { createRender } from '../../../functions/core/render.ts';
import { interpolate, selectPageMessages } from '../../../functions/core/site/page-messages.ts';
import { createSitePage, renderTemplate } from './site-page-fixture.ts';

const wordsOf = (language: string) => selectPageMessages(createSitePage({ language }));
const placesOf = (words: Record<string, string>) =>
  Object.entries(words).map(([name, phrase]) => `${name} ${(phrase.match(/\{\w+\}/g) ?? []).sort()}`);

it.each(['de', 'fr', 'es', 'pt', 'it', 'ar'])(
  '%s has words of its own, with the places of the English ones',
  (language) => {
    expect(wordsOf(language).subscribe).not.toBe(wordsOf('en').subscribe);
    expect(placesOf(wordsOf(language))).toEqual(placesOf(wordsOf('en')));
  },
);

it('a region speaks its language, and a language without words English', () => {
  expect(wordsOf('pt-BR')).toEqual(wordsOf('pt'));
  expect(wordsOf('sw')).toEqual(wordsOf('en'));
});

it('a word that is missing is named', () => {
  const words = JSON.parse(renderTemplate('page/words.json', {}));
  delete words.en.archive;
  const broken = createRender({ 'page/words.json': JSON.stringify(words, null, 1) });
  expect(() => selectPageMessages({ ...createSitePage(), render: broken })).toThrow(/archive/);
});

it('fills the places of a phrase with any text', () => {
  expect(interpolate('Part {part} of {parts}', { part: '$1', parts: '{part}' })).toBe('Part $1 of {part}');
});
