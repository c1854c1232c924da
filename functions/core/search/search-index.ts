import { compareStrings } from '../text/compare-strings.ts';
import { createIndexWriter } from './index-bytes.ts';
import { documentsPerPage, indexFormat, prefixLength, readBlock, readHeadLength, readIndexHead } from './index-head.ts';

/** What the articles of one part of a month are found by. */
export interface SearchPart {
  readonly name: string;
  /** What results show of each article, as text without line ends, oldest first. */
  readonly documents: readonly string[];
  /** By the word, positions in `documents`, in their order. */
  readonly words: ReadonlyMap<string, readonly number[]>;
}

/** An entry of the directory takes as many bytes; a query reads the directory and one block. */
const directoryEntryBytes = 9;

const writeNumbers = (
  writer: ReturnType<typeof createIndexWriter>,
  numbers: readonly number[],
  documents: number,
): void => {
  const bits = Math.ceil(documents / 8);
  if (numbers.length <= bits) {
    writer.writeNumber(numbers.length);
    numbers.forEach((number, index) => {
      writer.writeNumber(number - (numbers[index - 1] ?? -1) - 1);
    });
    return;
  }
  const bytes = new Uint8Array(bits);
  for (const number of numbers) bytes[number >> 3] = (bytes[number >> 3] ?? 0) | (1 << (number & 7));
  writer.writeNumber(0);
  writer.writeBytes(bytes);
};

const isWithinPair = (text: string, length: number): boolean => /[\ud800-\udbff]/.test(text[length - 1] ?? '');

const countShared = (before: string, word: string): number => {
  let shared = 0;
  while (shared < before.length && before[shared] === word[shared]) shared += 1;
  return isWithinPair(word, shared) ? shared - 1 : shared;
};

/** The shortest text that is after one word and not after the next. */
const separate = (before: string, word: string): string => {
  const length = countShared(before, word) + 1;
  return word.slice(0, isWithinPair(word, length) ? length + 1 : length);
};

const joinWords = (parts: readonly SearchPart[]): Map<string, number[]> => {
  const joined = new Map<string, number[]>();
  let first = 0;
  for (const { documents, words } of parts) {
    for (const [word, numbers] of words) {
      if (numbers.length === 0) continue;
      const found = joined.get(word) ?? [];
      for (const number of numbers) found.push(first + number);
      joined.set(word, found);
    }
    first += documents.length;
  }
  return joined;
};

const buildBlocks = (words: ReadonlyMap<string, readonly number[]>, documents: number) => {
  const sorted = [...words.keys()].sort(compareStrings);
  const estimate = sorted.length * 8 + [...words.values()].reduce((sum, numbers) => sum + numbers.length, 0);
  // The directory and one block are then as small as they can be together.
  const blockBytes = Math.sqrt(estimate * directoryEntryBytes);
  const blocks: { readonly from: string; readonly bytes: Uint8Array }[] = [];
  let writer = createIndexWriter();
  let from = '';
  let before = '';
  const end = (): void => {
    if (writer.getLength() > 0) blocks.push({ from, bytes: writer.toBytes() });
    writer = createIndexWriter();
  };
  for (const word of sorted) {
    if (writer.getLength() >= blockBytes) end();
    const isFirst = writer.getLength() === 0;
    if (isFirst) from = separate(before, word);
    const shared = isFirst ? 0 : countShared(before, word);
    writer.writeNumber(shared);
    writer.writeText(word.slice(shared));
    writeNumbers(writer, words.get(word) ?? [], documents);
    before = word;
  }
  end();
  return blocks;
};

const buildPages = (documents: readonly string[]): Uint8Array[] =>
  Array.from({ length: Math.ceil(documents.length / documentsPerPage) }, (_, page) =>
    new TextEncoder().encode(documents.slice(page * documentsPerPage, (page + 1) * documentsPerPage).join('\n')),
  );

/** Builds the file of an index: the same parts give the same bytes. */
export const encodeSearchIndex = (parts: readonly SearchPart[]): Uint8Array => {
  const documents = parts.flatMap((part) => part.documents);
  const pages = buildPages(documents);
  const blocks = buildBlocks(joinWords(parts), documents.length);
  const head = createIndexWriter();
  head.writeNumber(parts.length);
  for (const part of parts) {
    head.writeText(part.name);
    head.writeNumber(part.documents.length);
  }
  head.writeNumber(pages.length);
  for (const page of pages) head.writeNumber(page.length);
  head.writeNumber(blocks.length);
  for (const { from, bytes } of blocks) {
    head.writeText(from);
    head.writeNumber(bytes.length);
  }
  const file = createIndexWriter();
  file.writeBytes(new TextEncoder().encode(indexFormat));
  const length = new Uint8Array(prefixLength - indexFormat.length);
  new DataView(length.buffer).setUint32(0, head.getLength());
  file.writeBytes(length);
  for (const bytes of [head.toBytes(), ...pages, ...blocks.map((block) => block.bytes)]) file.writeBytes(bytes);
  return file.toBytes();
};

/** The parts that an index was built from; none where it is of another format. */
export const decodeSearchIndex = (bytes: Uint8Array): SearchPart[] => {
  if (readHeadLength(bytes) === undefined) return [];
  const head = readIndexHead(bytes);
  const documents = head.pages.flatMap(({ start, end }) =>
    new TextDecoder().decode(bytes.subarray(start, end)).split('\n'),
  );
  const owners = head.parts.flatMap((part, index) => Array.from({ length: part.documents }, () => index));
  const firsts = head.parts.map((_, index) => owners.indexOf(index));
  const words = head.parts.map(() => new Map<string, number[]>());
  for (const { start, end } of head.blocks)
    readBlock(bytes.subarray(start, end), head.documents, (word, numbers) => {
      for (const number of numbers) {
        const owner = owners[number] ?? 0;
        const found = words[owner]?.get(word);
        const position = number - (firsts[owner] ?? 0);
        if (found) found.push(position);
        else words[owner]?.set(word, [position]);
      }
    });
  return head.parts.map(({ name, documents: count }, index) => {
    const first = Math.max(0, firsts[index] ?? 0);
    return { name, documents: documents.slice(first, first + count), words: words[index] ?? new Map() };
  });
};
