import { z } from 'zod';
import type { Publication } from '../publication.ts';
import type { Render } from '../render.ts';

const word = z.string().min(1);

/** The words of the letter itself. `templates/digest/words.json` has one such set for each language. */
const wordsSchema = z.strictObject({
  daily: word,
  weekly: word,
  next: word,
  subject: word,
  subjectEmpty: word,
  view: word,
  unsubscribe: word,
  preferences: word,
  archive: word,
  inThisIssue: word,
  by: word,
  rest: word,
  alsoNew: word,
  corrections: word,
  shortened: word,
  further: word,
  older: word,
  empty: word,
  why: word,
  links: word,
});

export type DigestWords = z.infer<typeof wordsSchema>;

const allWordsSchema = z.record(z.string(), wordsSchema);

/**
 * The words for the publication's language: those of the whole tag (`pt-BR`), else of the language (`pt`),
 * else English.
 * @throws when `words.json` lacks a word, naming it
 */
export const readDigestWords = (render: Render, { language }: Pick<Publication, 'language'>): DigestWords => {
  const all = allWordsSchema.parse(JSON.parse(render('digest/words.json', {})));
  const words = all[language] ?? all[new Intl.Locale(language).language] ?? all.en;
  if (!words) throw new Error('templates/digest/words.json has no words in English');
  return words;
};
