import { listQueryWords } from '../core/search/search-words.ts';
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

const parseResult = (line: string): SearchResult => {
  const [address = '', title = '', datetime = '', day = '', summary = '', language]: string[] = JSON.parse(line);
  return { address, title, datetime, day, summary, language };
};

/**
 * Starts a search for articles that have all words of a query.
 * @param indexes the newest first
 * @returns undefined for a query without a word, else what gives the next results
 */
export const startSearch = (
  indexes: readonly SearchIndex[],
  query: string,
): ((max: number) => Promise<SearchPage>) | undefined => {
  const words = listQueryWords(query);
  if (words.length === 0) return undefined;
  let searched = 0;
  let files = firstFiles;
  let shown = 0;
  let waiting: { readonly index: SearchIndex; readonly number: number }[] = [];
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

  const readWaiting = async (max: number): Promise<SearchResult[]> => {
    const some = waiting.slice(0, max);
    waiting = waiting.slice(max);
    const lines = await Promise.all(
      [...Map.groupBy(some, ({ index }) => index)].map(([index, found]) =>
        readDocuments(
          index,
          found.map(({ number }) => number),
        ),
      ),
    );
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

  return async (max) => {
    while (waiting.length < max && searched < indexes.length) await searchMore();
    const results = await readWaiting(max);
    shown += results.length;
    const isComplete = searched >= indexes.length;
    return {
      results,
      hasMore: waiting.length > 0 || !isComplete,
      total: isComplete ? shown + waiting.length : undefined,
    };
  };
};
