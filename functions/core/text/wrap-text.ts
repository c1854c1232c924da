export const maxLineColumns = 74;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const wideCharacters =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60]/gu;

/** Columns of a text on a screen: characters of East Asian scripts take two. */
export const countColumns = (text: string): number => text.length + (text.match(wideCharacters)?.length ?? 0);

/** Scripts without spaces between words: a line may end behind any character. */
const unspacedScripts =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const splitLine = (line: string): string[] =>
  (line.match(/\s*\S+/g) ?? []).flatMap((word) =>
    unspacedScripts.test(word) ? Array.from(graphemes.segment(word), ({ segment }) => segment) : [word],
  );

/** Further lines stand under the first word: quotation marks are repeated, the mark of a list item is not. */
const wrapLine = (line: string): string => {
  if (countColumns(line) <= maxLineColumns) return line;
  const opening = /^(?:> ?)*\s*(?:[-*•] |\d+\. )?/.exec(line)?.[0] ?? '';
  const hang = opening.replace(/[^>]/g, ' ');
  const lines: string[] = [];
  let current = '';
  for (const piece of splitLine(line)) {
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
