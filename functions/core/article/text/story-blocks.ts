import { alignRows } from './fixed-rows.ts';
import type { AnalyzedLine } from './line-context.ts';
import type { StoryBlock } from './story.ts';

const bulletPattern = /^(?:[-*•‣▪●○·]|–(?= \p{L}))\s+(?=\S)/u;
const numberPattern = /^\(?(\d{1,3})[.)]\s+(?=\S)/u;
const quotePattern = /^>\s?/u;
const headingPattern = /^#{1,6}\s+(?=\S)/u;
/** Above what a press release says of its sender. */
const boilerplateHeading =
  /^(?:about|über|à propos d|acerca de|sobre|informazioni su|over|om|o firmie|о компании|关于|關於)\P{Ll}?\s?[^.!?:]{2,60}:?$/iu;
const maxVerseLineLength = 70;

/** How the lines of an author's own text were typed. */
export interface OwnShape {
  readonly fixedLines: ReadonlySet<number>;
  readonly findRow: (number: number) => string;
}

export const buildStoryBlocks = (lines: readonly AnalyzedLine[], shape: OwnShape | undefined): StoryBlock[] => {
  const blocks: StoryBlock[] = [];
  let at = 0;
  while (at < lines.length) {
    const parsed =
      (shape && parseFixedRows(lines, at, shape)) ??
      parseQuote(lines, at) ??
      parseList(lines, at) ??
      parseHeading(lines, at) ??
      (shape && parseVerse(lines, at, shape));
    const text = lines[at]?.line.text ?? '';
    const [block, count]: [StoryBlock, number] = parsed ?? [{ kind: 'paragraph', lines: [text] }, 1];
    blocks.push(block);
    at += count;
  }
  return blocks;
};

type ParsedBlock = [block: StoryBlock, count: number] | undefined;

const findRun = (
  lines: readonly AnalyzedLine[],
  at: number,
  test: (item: AnalyzedLine, index: number) => boolean,
): AnalyzedLine[] => {
  let end = at;
  for (let item = lines[end]; item && test(item, end - at); item = lines[end]) end += 1;
  return lines.slice(at, end);
};

const parseFixedRows = (lines: readonly AnalyzedLine[], at: number, { fixedLines, findRow }: OwnShape): ParsedBlock => {
  const run = findRun(lines, at, ({ line }, index) => fixedLines.has(line.number) && (index === 0 || !line.gapBefore));
  return run.length === 0
    ? undefined
    : [{ kind: 'preformatted', lines: alignRows(run.map(({ line }) => findRow(line.number))) }, run.length];
};

const parseQuote = (lines: readonly AnalyzedLine[], at: number): ParsedBlock => {
  const run = findRun(lines, at, ({ line }) => quotePattern.test(line.text));
  return run.length === 0
    ? undefined
    : [{ kind: 'quote', lines: run.map(({ line }) => line.text.replace(quotePattern, '')) }, run.length];
};

const parseList = (lines: readonly AnalyzedLine[], at: number): ParsedBlock => {
  const bullets = findRun(lines, at, ({ line }) => bulletPattern.test(line.text));
  if (bullets.length > 1)
    return [{ kind: 'list', items: bullets.map(({ line }) => line.text.replace(bulletPattern, '')) }, bullets.length];
  const first = Number(numberPattern.exec(lines[at]?.line.text ?? '')?.[1]);
  const numbers = findRun(lines, at, ({ line }, index) => Number(numberPattern.exec(line.text)?.[1]) === first + index);
  if (numbers.length < 2) return undefined;
  return [
    { kind: 'list', items: numbers.map(({ line }) => line.text.replace(numberPattern, '')), from: first },
    numbers.length,
  ];
};

/** A short line between empty lines, without the end of a sentence, above prose. */
const parseHeading = (lines: readonly AnalyzedLine[], at: number): ParsedBlock => {
  const [item, next] = [lines[at], lines[at + 1]];
  if (!item || !next) return undefined;
  const { line, features } = item;
  if (headingPattern.test(line.text) && !features.endsSentence)
    return [{ kind: 'heading', text: line.text.replace(headingPattern, '') }, 1];
  if (boilerplateHeading.test(line.text) && !line.gapAfter && next.features.endsSentence)
    return [{ kind: 'heading', text: line.text }, 1];
  const isAlone = line.gapBefore && line.gapAfter;
  const isHeading =
    isAlone && line.words > 0 && line.words <= 12 && !/[\p{P}]$/u.test(line.text.replace(/[?!)\]"”’»]$/u, ''));
  return isHeading && !features.endsSentence && next.features.prose
    ? [{ kind: 'heading', text: line.text }, 1]
    : undefined;
};

/** Short lines without an empty line between them keep their line breaks, and their indentation. */
const parseVerse = (lines: readonly AnalyzedLine[], at: number, { findRow }: OwnShape): ParsedBlock => {
  const run = findRun(
    lines,
    at,
    ({ line }, index) => line.text.length <= maxVerseLineLength && (index === 0 || !line.gapBefore),
  );
  if (run.length < 2) return undefined;
  const rows = alignRows(run.map(({ line }) => findRow(line.number)));
  const isIndented = rows.slice(1).some((row) => row.startsWith('  '));
  return [
    isIndented ? { kind: 'preformatted', lines: rows } : { kind: 'paragraph', lines: run.map(({ line }) => line.text) },
    run.length,
  ];
};
