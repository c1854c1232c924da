import { listIndexedWords, listQueryWords, type QueryWord } from '../core/search/search-words.ts';
import { findDocuments, readDocuments, type SearchIndex } from './find-articles.ts';

export interface SearchResult {
  readonly address: string;
  readonly title: string;
  readonly datetime: string;
  readonly day: string;
  readonly summary: string;
  readonly language: string | undefined;
}

export interface SearchPage {
  readonly results: readonly SearchResult[];
  readonly hasMore: boolean;
  /** How many there are, once all files have been searched. */
  readonly total: number | undefined;
}

/** Files that are searched at once, at first: twice as many each time that more are needed. */
const firstFiles = 4;

/** Results that are ranked among each other. */
const rankedAtOnce = 30;
/** Of a title. */
const maxTitleWords = 100;

/** How many words of the query a title has. */
const countTitleWords = (
  { title, language }: SearchResult,
  words: readonly QueryWord[],
  siteLanguage: string,
): number => {
  const found = listIndexedWords(title, language ?? siteLanguage, maxTitleWords);
  return words.filter(({ word, isPrefix }) => found.some((each) => (isPrefix ? each.startsWith(word) : each === word)))
    .length;
};

const parseResult = (line: string): SearchResult => {
  const [address = '', title = '', datetime = '', day = '', summary = '', language]: string[] = JSON.parse(line);
  return { address, title, datetime, day, summary, language };
};

/**
 * Starts a search for articles that have all words of a query. Among the newest of them, those with more of the words in
 * their titles come first.
 * @param indexes the newest first
 * @returns undefined for a query without a word, else what gives the next results
 */
export const startSearch = (
  indexes: readonly SearchIndex[],
  query: string,
  siteLanguage: string,
): ((max: number) => Promise<SearchPage>) | undefined => {
  const words = listQueryWords(query);
  if (words.length === 0) return undefined;
  let searched = 0;
  let files = firstFiles;
  let shown = 0;
  let waiting: { readonly index: SearchIndex; readonly number: number }[] = [];
  let ranked: readonly SearchResult[] = [];
  const addresses = new Set<string>();

  const searchMore = async (): Promise<void> => {
    const some = indexes.slice(searched, searched + files);
    const found = await Promise.all(
      some.map(async (index) => (await findDocuments(index, words)).map((number) => ({ index, number }))),
    );
    searched += some.length;
    files *= 2;
    waiting = [...waiting, ...found.flat()];
  };

  const readWaiting = async (): Promise<SearchResult[]> => {
    const some = waiting.slice(0, rankedAtOnce);
    waiting = waiting.slice(rankedAtOnce);
    const numbers = new Map<SearchIndex, number[]>();
    for (const { index, number } of some) numbers.set(index, [...(numbers.get(index) ?? []), number]);
    const lines = await Promise.all([...numbers].map(([index, wanted]) => readDocuments(index, wanted)));
    // While a part moves from one file to another, its articles may be in both.
    return lines
      .flat()
      .map(parseResult)
      .filter(({ address }) => {
        const isNew = !addresses.has(address);
        addresses.add(address);
        return isNew;
      });
  };

  const rankWaiting = async (): Promise<void> => {
    const read = (await readWaiting()).map((result) => ({
      result,
      count: countTitleWords(result, words, siteLanguage),
    }));
    ranked = [...ranked, ...read.sort((a, b) => b.count - a.count).map(({ result }) => result)];
  };

  return async (max) => {
    while (ranked.length + waiting.length < max && searched < indexes.length) await searchMore();
    while (ranked.length < max && waiting.length > 0) await rankWaiting();
    const results = ranked.slice(0, max);
    ranked = ranked.slice(max);
    shown += results.length;
    const isComplete = searched >= indexes.length;
    return {
      results,
      hasMore: ranked.length + waiting.length > 0 || !isComplete,
      total: isComplete ? shown + ranked.length + waiting.length : undefined,
    };
  };
};
