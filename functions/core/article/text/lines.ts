/** One line of a text with what every later step asks about it. */
export interface TextLine {
  /** Without white space at its ends. */
  readonly text: string;
  /** Number in the file, from 1. */
  readonly number: number;
  /** The words in lower case with single blanks between them, at most the first forty: what phrases are compared with. */
  readonly key: string;
  readonly words: number;
  /** How many of its words are written in small letters throughout, 0 to 1; one half in scripts without capitals. */
  readonly lowercaseShare: number;
  /** An empty line, or the end of the text, stands before it; after it. */
  readonly gapBefore: boolean;
  readonly gapAfter: boolean;
}

const wordPattern = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’][\p{L}\p{M}]+)*/gu;
// Scripts that write no blanks between words: two signs count as one word.
const unspacedCharacter =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/gu;
const unspacedAtAll = /[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]/u;
const maxKeyWords = 40;

/** Parts a cleaned text into its lines that are not empty. */
export const splitLines = (text: string): TextLine[] => {
  const rows = text.split('\n').map((row) => row.replace(/\s+/gu, ' ').trim());
  const lines: TextLine[] = [];
  for (const [index, row] of rows.entries()) {
    if (row === '') continue;
    const [gapBefore, gapAfter] = [!rows[index - 1], !rows[index + 1]];
    lines.push({ text: row, number: index + 1, gapBefore, gapAfter, ...measureLine(row) });
  }
  return lines;
};

const measureLine = (row: string): Pick<TextLine, 'key' | 'words' | 'lowercaseShare'> => {
  const found = row.match(wordPattern) ?? [];
  const key = found.slice(0, maxKeyWords).join(' ').toLowerCase().replaceAll('’', "'");
  const signs = unspacedAtAll.test(row) ? (row.match(unspacedCharacter)?.length ?? 0) : 0;
  return {
    key,
    words: signs > 0 ? found.length + Math.ceil(signs / 2) : found.length,
    lowercaseShare: computeLowercaseShare(found),
  };
};

const computeLowercaseShare = (found: readonly string[]): number => {
  let [cased, small] = [0, 0];
  for (const item of found.slice(0, maxKeyWords)) {
    const lower = item.toLowerCase();
    if (lower === item.toUpperCase()) continue;
    cased += 1;
    if (item === lower) small += 1;
  }
  return cased === 0 ? 0.5 : small / cased;
};
