import { createIndexReader } from './index-bytes.ts';

/**
 * The file of a search index is made to be read in pieces, by HTTP ranges: first its head, which says where everything
 * is, then the blocks of words that a query needs, then the pages of documents that it finds.
 *
 * `SPS1`, the length of the head, the head, pages of documents, blocks of words.
 */
export const indexFormat = 'SPS1';

/** The format, and four bytes of length. */
export const prefixLength = indexFormat.length + 4;

export const documentsPerPage = 8;

interface IndexRange {
  readonly start: number;
  readonly end: number;
}

export interface IndexHead {
  readonly parts: readonly { readonly name: string; readonly documents: number }[];
  readonly documents: number;
  readonly pages: readonly IndexRange[];
  /** Each begins with a word that is not before `from`, and so on to the next. */
  readonly blocks: readonly (IndexRange & { readonly from: string })[];
}

/** @returns how many bytes the prefix and the head have; undefined where the file is of another format */
export const readHeadLength = (bytes: Uint8Array): number | undefined => {
  if (bytes.length < prefixLength) return undefined;
  const format = String.fromCharCode(...bytes.subarray(0, indexFormat.length));
  const { byteOffset, buffer } = bytes;
  return format === indexFormat
    ? prefixLength + new DataView(buffer, byteOffset, bytes.length).getUint32(indexFormat.length)
    : undefined;
};

/** @param bytes the prefix and the whole head */
export const readIndexHead = (bytes: Uint8Array): IndexHead => {
  const reader = createIndexReader(bytes, prefixLength);
  const readList = <T>(read: () => T): T[] => Array.from({ length: reader.readNumber() }, read);
  const parts = readList(() => ({ name: reader.readText(), documents: reader.readNumber() }));
  let end = readHeadLength(bytes) ?? 0;
  const readRange = (): IndexRange => {
    const start = end;
    end += reader.readNumber();
    return { start, end };
  };
  const pages = readList(readRange);
  const blocks = readList(() => ({ from: reader.readText(), ...readRange() }));
  return { parts, documents: parts.reduce((sum, part) => sum + part.documents, 0), pages, blocks };
};

/** The blocks that have a word, or the words that begin with it. */
export const selectWordBlocks = ({ blocks }: IndexHead, word: string, isPrefix: boolean): IndexHead['blocks'] => {
  const after = blocks.findIndex(({ from }) => from > word);
  const first = Math.max(0, (after < 0 ? blocks.length : after) - 1);
  const more = blocks.slice(first + 1).findIndex(({ from }) => !(isPrefix && from.startsWith(word)));
  return blocks.slice(first, more < 0 ? undefined : first + 1 + more);
};

/** Reads the words of a block in their order, each with the numbers of the documents that have it. */
export const readBlock = (
  bytes: Uint8Array,
  documents: number,
  onWord: (word: string, numbers: readonly number[]) => void,
): void => {
  const reader = createIndexReader(bytes);
  let word = '';
  while (!reader.isAtEnd()) {
    word = word.slice(0, reader.readNumber()) + reader.readText();
    onWord(word, readNumbers(reader, documents));
  }
};

const readNumbers = (reader: ReturnType<typeof createIndexReader>, documents: number): number[] => {
  const count = reader.readNumber();
  // Words of most documents have a bit for each document.
  if (count === 0) {
    const bits = reader.readBytes(Math.ceil(documents / 8));
    return Array.from({ length: documents }, (_, number) => number).filter(
      (number) => (bits[number >> 3] ?? 0) & (1 << (number & 7)),
    );
  }
  let last = -1;
  return Array.from({ length: count }, () => {
    last += reader.readNumber() + 1;
    return last;
  });
};
