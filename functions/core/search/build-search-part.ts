import { formatSummary } from '../ai-notice.ts';
import { type FullEntry, formatDatelineSource } from '../entry.ts';
import type { Publication } from '../publication.ts';
import { sitePaths, toSiteUrl } from '../site-paths.ts';
import { unescapeMarkup } from '../text/escape-markup.ts';
import { formatDate } from '../text/format-date.ts';
import { truncate } from '../text/truncate.ts';
import type { SearchPart } from './search-index.ts';
import { listIndexedWords } from './search-words.ts';

/** Characters of an article in which it is found: some 35,000 words. */
const maxTextLength = 200_000;

/** Distinct words of an article, and of all articles of a part, where these are shared out evenly. */
const maxWordsPerArticle = 10_000;
const maxWordsPerPart = 200_000;

const maxSummaryLength = 160;

const captions = /<figcaption(?: [^<>]*)?>([\s\S]*?)<\/figcaption>/g;

/** Plain text has no captions. */
const listCaptions = (html: string): string[] =>
  [...html.matchAll(captions)].map(([, caption = '']) => unescapeMarkup(caption.replace(/<[^<>]*>/g, '')));

/** All that the page of an article says of itself. */
const collectText = (entry: FullEntry): string =>
  [
    entry.title,
    entry.summary,
    ...[...entry.authors, ...entry.topics].map(({ name }) => name),
    ...entry.editors,
    formatDatelineSource(entry),
    entry.source ?? '',
    entry.correction?.text ?? '',
    entry.text,
    ...listCaptions(entry.html),
  ]
    .join('\n')
    .slice(0, maxTextLength);

/** What a result shows of an article: address, title, day, summary, and its language where it states one. */
const formatSearchDocument = (entry: FullEntry, publication: Publication): string => {
  const { datetime, text } = formatDate(entry.published, publication, true);
  return JSON.stringify([
    toSiteUrl('', sitePaths.article(entry)),
    entry.title,
    datetime,
    text,
    truncate(formatSummary(entry, publication), maxSummaryLength),
    ...(entry.language === undefined ? [] : [entry.language]),
  ]);
};

interface IndexedArticle {
  readonly document: string;
  readonly words: readonly string[];
}

/**
 * Lists what an article is found by.
 * @param entry without a body where that is too long
 * @param articles of its part
 */
export const indexArticle = (entry: FullEntry, publication: Publication, articles: number): IndexedArticle => {
  const max = Math.min(maxWordsPerArticle, Math.floor(maxWordsPerPart / articles));
  return {
    document: formatSearchDocument(entry, publication),
    words: listIndexedWords(collectText(entry), entry.language ?? publication.language, max),
  };
};

/** @param articles oldest first */
export const buildSearchPart = (name: string, articles: readonly IndexedArticle[]): SearchPart => {
  const words = new Map<string, number[]>();
  articles.forEach((article, position) => {
    for (const word of article.words) {
      const found = words.get(word);
      if (found) found.push(position);
      else words.set(word, [position]);
    }
  });
  return { name, documents: articles.map(({ document }) => document), words };
};
