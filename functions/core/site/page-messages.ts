import { z } from 'zod';
import type { PageContext } from './page-context.ts';

const message = z.string().min(1);

/** The words of the pages themselves. `templates/page/words.json` has one such set for each language. */
const messagesSchema = z.strictObject({
  skip: message,
  sections: message,
  frontPage: message,
  latest: message,
  more: message,
  topics: message,
  authors: message,
  archive: message,
  issues: message,
  issueSize: message,
  subscribe: message,
  feeds: message,
  by: message,
  editing: message,
  source: message,
  original: message,
  updated: message,
  correction: message,
  readingTime: message,
  filedUnder: message,
  years: message,
  part: message,
  neighbours: message,
  earlier: message,
  later: message,
  empty: message,
  articleEnd: message,
  table: message,
  code: message,
  subscribeLede: message,
  readerHeading: message,
  readerWhat: message,
  readerHow: message,
  rssHint: message,
  atomHint: message,
  jsonHint: message,
  topicHeading: message,
  topicHow: message,
  opmlHeading: message,
  opmlHow: message,
  opmlLink: message,
  digestHeading: message,
  digestWhat: message,
  digestNow: message,
  daily: message,
  weekly: message,
  email: message,
  cadence: message,
  signUp: message,
  signUpNote: message,
  trap: message,
  notFound: message,
  notFoundLede: message,
});

export type PageMessages = z.infer<typeof messagesSchema>;

const allMessagesSchema = z.record(z.string(), messagesSchema);

/** The words of each site's templates, parsed once. */
const messagesByRenderer = new WeakMap<PageContext['render'], z.infer<typeof allMessagesSchema>>();

/**
 * The words for the publication's language: those of the whole tag (`pt-BR`), else of the language (`pt`),
 * else English.
 * @throws when `words.json` lacks a word, naming it
 */
export const selectPageMessages = ({
  render,
  publication,
}: Pick<PageContext, 'render' | 'publication'>): PageMessages => {
  let all = messagesByRenderer.get(render);
  if (!all) {
    all = allMessagesSchema.parse(JSON.parse(render('page/words.json', {})));
    messagesByRenderer.set(render, all);
  }
  const words = all[publication.language] ?? all[new Intl.Locale(publication.language).language] ?? all.en;
  if (!words) throw new Error('templates/page/words.json has no words in English');
  return words;
};

/** Fills the `{name}` places of a phrase. */
export const interpolate = (phrase: string, values: Readonly<Record<string, string>>): string =>
  phrase.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
