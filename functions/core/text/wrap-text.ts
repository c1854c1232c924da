export const maxLineColumns = 74;

const wideCharacter =
  /(?![\uff61-\uffdc])[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;
const invisibleCharacter = /[\p{M}\p{Cf}]/u;
const singleColumns = /^[\x20-\x7e]*$/;

/** Columns of a text on a screen: characters of East Asian scripts and most emoji take two. */
export const countColumns = (text: string): number => {
  if (singleColumns.test(text)) return text.length;
  let columns = 0;
  for (const character of text)
    columns += wideCharacter.test(character) ? 2 : invisibleCharacter.test(character) ? 0 : 1;
  return columns;
};

/** Scripts without spaces between words: a line may end behind any character of these, but for punctuation. */
const eastAsian =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Yi}\u3000-\u303f\uff01-\uff60]/u;
/** In these, a line may end behind any word. */
const southEastAsian = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const segmenters = {
  grapheme: new Intl.Segmenter(undefined, { granularity: 'grapheme' }),
  word: new Intl.Segmenter('th', { granularity: 'word' }),
} as const;

/** No line begins with closing punctuation, small kana or a mark that repeats or lengthens what is before it. */
const closingPunctuation =
  /^[\p{Pe}\p{Pf}!%,.:;?¢°‰′″℃、。々〻ーゝゞヽヾ・ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿ，．：；？！％～〜…‥]/u;
/** No line ends with opening punctuation. */
const openingPunctuation = /[\p{Ps}\p{Pi}$£¥＄￥#＃]$/u;

const joinPunctuation = (pieces: readonly string[]): string[] => {
  const joined: string[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last !== undefined && (closingPunctuation.test(piece) || openingPunctuation.test(last) || last.trim() === ''))
      joined[joined.length - 1] = last + piece;
    else joined.push(piece);
  }
  return joined;
};

/** Pieces of a word behind which a line may end. Latin words and numbers within stay whole. */
const splitWord = (word: string): string[] => {
  if (!eastAsian.test(word)) {
    if (!southEastAsian.test(word)) return [word];
    return joinPunctuation(Array.from(segmenters.word.segment(word), ({ segment }) => segment));
  }
  const pieces: string[] = [];
  let isLatin = false;
  for (const { segment } of segmenters.grapheme.segment(word)) {
    const wasLatin = isLatin;
    isLatin = !eastAsian.test(segment);
    if (isLatin && wasLatin) pieces.push((pieces.pop() ?? '') + segment);
    else pieces.push(segment);
  }
  return joinPunctuation(pieces);
};

/** No line ends at a no-break space. */
const wordWithSpace = /[^\S\u00a0\u202f]*[\S\u00a0\u202f]+/g;

const splitLine = (line: string): string[] => (line.match(wordWithSpace) ?? []).flatMap(splitWord);

/** The row of a table has a `|` between its cells. Lines end between cells, where these are not too long. */
const isRow = (line: string): boolean => line.split(' | ').length > 2;
const splitRow = (line: string): string[] =>
  line.split(/(?<= \|)(?= )/).flatMap((cell) => (countColumns(cell) > maxLineColumns ? splitLine(cell) : [cell]));

/**
 * Further lines stand under the first word, and those of a row are indented: quotation marks are repeated, the mark of a
 * list item is not.
 */
const wrapLine = (line: string): string => {
  if (countColumns(line) <= maxLineColumns) return line;
  const opening = /^(?:> ?)*\s*(?:[-*•] |\d+\. )?/.exec(line)?.[0] ?? '';
  const hang = opening.replace(/[^>]/g, ' ') + (isRow(line) ? '  ' : '');
  const lines: string[] = [];
  let current = '';
  for (const piece of isRow(line) ? splitRow(line) : splitLine(line)) {
    if (current.trim() !== '' && countColumns(current + piece) > maxLineColumns) {
      lines.push(current);
      current = hang + piece.trimStart();
    } else current += piece;
  }
  return [...lines, current].join('\n');
};

const isTabular = (line: string): boolean => /\S {3,}\S/.test(line);

/** Breaks the lines of a plain text at 74 columns; an address or another long word stays whole. */
export const wrapText = (text: string): string =>
  text
    .split('\n')
    .map((line) => (isTabular(line) ? line : wrapLine(line)))
    .join('\n');
