import { z } from 'zod';
import type { SitePage } from './site-page.ts';

const word = z.string().min(1);

/** The words of the pages themselves. `templates/page/words.json` has one such set for each language. */
const wordsSchema = z.strictObject({
  skip: word,
  sections: word,
  frontPage: word,
  latest: word,
  more: word,
  topics: word,
  authors: word,
  archive: word,
  issues: word,
  issueSize: word,
  subscribe: word,
  feeds: word,
  by: word,
  editing: word,
  source: word,
  original: word,
  updated: word,
  correction: word,
  readingTime: word,
  filedUnder: word,
  years: word,
  part: word,
  neighbours: word,
  earlier: word,
  later: word,
  empty: word,
  articleEnd: word,
  table: word,
  code: word,
  subscribeLede: word,
  readerHeading: word,
  readerWhat: word,
  readerHow: word,
  rssHint: word,
  atomHint: word,
  jsonHint: word,
  topicHeading: word,
  topicHow: word,
  opmlHeading: word,
  opmlHow: word,
  opmlLink: word,
  digestHeading: word,
  digestWhat: word,
  digestNow: word,
  daily: word,
  weekly: word,
  email: word,
  cadence: word,
  signUp: word,
  signUpNote: word,
  trap: word,
  notFound: word,
  notFoundLede: word,
});

export type Words = z.infer<typeof wordsSchema>;

const allWordsSchema = z.record(z.string(), wordsSchema);

/** The words of each site's templates, parsed once. */
const parsed = new WeakMap<SitePage['render'], z.infer<typeof allWordsSchema>>();

/**
 * The words for the publication's language: those of the whole tag (`pt-BR`), else of the language (`pt`),
 * else English.
 * @throws when `words.json` lacks a word, naming it
 */
export const readWords = ({ render, publication }: Pick<SitePage, 'render' | 'publication'>): Words => {
  let all = parsed.get(render);
  if (!all) {
    all = allWordsSchema.parse(JSON.parse(render('page/words.json', {})));
    parsed.set(render, all);
  }
  const words = all[publication.language] ?? all[new Intl.Locale(publication.language).language] ?? all.en;
  if (!words) throw new Error('templates/page/words.json has no words in English');
  return words;
};

/** Fills the `{name}` places of a phrase. */
export const fillPhrase = (phrase: string, values: Readonly<Record<string, string>>): string =>
  phrase.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
