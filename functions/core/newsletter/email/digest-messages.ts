import { z } from 'zod';
import type { Publication } from '../../publication.ts';
import type { Render } from '../../render.ts';

const message = z.string().min(1);

/** The words of the letter itself. `templates/digest/words.json` has one such set for each language. */
const messagesSchema = z.strictObject({
  daily: message,
  weekly: message,
  next: message,
  subject: message,
  subjectEmpty: message,
  view: message,
  unsubscribe: message,
  preferences: message,
  archive: message,
  inThisIssue: message,
  by: message,
  rest: message,
  alsoNew: message,
  corrections: message,
  shortened: message,
  further: message,
  older: message,
  empty: message,
  why: message,
  links: message,
});

export type DigestMessages = z.infer<typeof messagesSchema>;

const allMessagesSchema = z.record(z.string(), messagesSchema);

/**
 * The words for the publication's language: those of the whole tag (`pt-BR`), else of the language (`pt`),
 * else English.
 * @throws when `words.json` lacks a word, naming it
 */
export const selectDigestMessages = (
  render: Render,
  { language }: Pick<Publication, 'language'>,
): DigestMessages => {
  const all = allMessagesSchema.parse(JSON.parse(render('digest/words.json', {})));
  const words = all[language] ?? all[new Intl.Locale(language).language] ?? all.en;
  if (!words) throw new Error('templates/digest/words.json has no words in English');
  return words;
};
