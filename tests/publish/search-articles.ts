import { findDocuments, readDocuments, type SearchIndex } from '../../functions/browser/find-articles.ts';
import { readHeadLength, readIndexHead } from '../../functions/core/search/index-head.ts';
import { listQueryWords } from '../../functions/core/search/search-words.ts';
import type { PublishFixture } from './publish-fixture.ts';

const openIndex = (bytes: Uint8Array): SearchIndex => ({
  readHead: async () => readIndexHead(bytes.subarray(0, readHeadLength(bytes))),
  readRange: async ({ start, end }) => bytes.subarray(start, end),
});

/** The addresses that the search of a site finds, in all of its index. */
export const searchArticles = async (fixture: PublishFixture, query: string): Promise<string[]> => {
  const keys = [...(await fixture.list('site')).keys()].filter((key) => key.startsWith('search/'));
  const found = await Promise.all(
    keys.map(async (key) => {
      const object = await fixture.services.buckets.site.get(key);
      const index = openIndex(object?.bytes ?? new Uint8Array());
      return readDocuments(index, await findDocuments(index, listQueryWords(query)));
    }),
  );
  return found
    .flat()
    .map((line) => String(JSON.parse(line)[0]))
    .sort();
};
