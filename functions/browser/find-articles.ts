import { documentsPerPage, type IndexHead, readBlock, selectWordBlocks } from '../core/search/index-head.ts';
import type { QueryWord } from '../core/search/search-words.ts';

/** An index of which pieces are read on demand. */
export interface SearchIndex {
  readHead(): Promise<IndexHead>;
  readRange(range: { readonly start: number; readonly end: number }): Promise<Uint8Array>;
}

/** Bytes of the words of one index that begin with a word of the query, as far as they are read. */
const maxPrefixBytes = 32_768;

const findWord = async (index: SearchIndex, head: IndexHead, { word, isPrefix }: QueryWord): Promise<Set<number>> => {
  const found = new Set<number>();
  let bytes = 0;
  const blocks = selectWordBlocks(head, word, isPrefix).filter(({ start, end }, position) => {
    bytes += end - start;
    return position === 0 || bytes <= maxPrefixBytes;
  });
  const [first] = blocks;
  const last = blocks.at(-1);
  if (!first || !last) return found;
  const read = await index.readRange({ start: first.start, end: last.end });
  for (const { start, end } of blocks)
    readBlock(read.subarray(start - first.start, end - first.start), head.documents, (each, numbers) => {
      if (isPrefix ? each.startsWith(word) : each === word) for (const number of numbers) found.add(number);
    });
  return found;
};

/** The numbers of the documents of an index that have all words, newest first. */
export const findDocuments = async (index: SearchIndex, words: readonly QueryWord[]): Promise<number[]> => {
  const head = await index.readHead();
  let found: ReadonlySet<number> | undefined;
  for (const word of words) {
    const having = await findWord(index, head, word);
    found = found ? new Set([...found].filter((number) => having.has(number))) : having;
    if (found.size === 0) break;
  }
  return [...(found ?? [])].sort((a, b) => b - a);
};

/** The texts of documents, by their numbers. */
export const readDocuments = async (index: SearchIndex, numbers: readonly number[]): Promise<string[]> => {
  const { pages } = await index.readHead();
  const decoder = new TextDecoder();
  const wanted = [...new Set(numbers.map((number) => Math.floor(number / documentsPerPage)))];
  const read = new Map(
    await Promise.all(
      wanted.map(async (page) => {
        const range = pages[page];
        const lines = range ? decoder.decode(await index.readRange(range)).split('\n') : [];
        return [page, lines] as const;
      }),
    ),
  );
  return numbers.flatMap(
    (number) => read.get(Math.floor(number / documentsPerPage))?.[number % documentsPerPage] ?? [],
  );
};
