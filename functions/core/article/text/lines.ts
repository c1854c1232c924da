export interface TextLine {
  /** With single spaces between words, and none at its ends. */
  readonly text: string;
  readonly number: number;
  /** The first forty words in lower case with single spaces between them, to compare with phrases. */
  readonly key: string;
  readonly words: number;
  /** The share of words without capitals, 0 to 1; one half in scripts without capitals. */
  readonly lowercaseShare: number;
  /** Whether an empty line, or the beginning or end of the text, is next to it. */
  readonly gapBefore: boolean;
  readonly gapAfter: boolean;
}

const wordPattern = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]{0,1000}(?:['’][\p{L}\p{M}]{1,1000}){0,1000}/gu;
/** Of scripts without spaces between words: two characters count as one word. */
const unspacedCharacter =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/gu;
const unspacedAtAll = /[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]/u;
const maxKeyWords = 40;

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
  const characters = unspacedAtAll.test(row) ? (row.match(unspacedCharacter)?.length ?? 0) : 0;
  return {
    key,
    words: characters > 0 ? found.length + Math.ceil(characters / 2) : found.length,
    lowercaseShare: computeLowercaseShare(found),
  };
};

const computeLowercaseShare = (words: readonly string[]): number => {
  let [cased, lowercase] = [0, 0];
  for (const word of words.slice(0, maxKeyWords)) {
    const lower = word.toLowerCase();
    if (lower === word.toUpperCase()) continue;
    cased += 1;
    if (word === lower) lowercase += 1;
  }
  return cased === 0 ? 0.5 : lowercase / cased;
};
