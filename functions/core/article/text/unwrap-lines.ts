import { countColumns } from '../../text/wrap-text.ts';
import { areFixedRows } from './fixed-rows.ts';
import { type RowBlock, splitRowBlocks } from './row-blocks.ts';

/** Columns: mail programs and old editors break lines at widths between these. */
const minFullLineWidth = 55;
const maxLineWidth = 100;
/** Chinese and Japanese are broken at fewer characters, of two columns each. */
const minFullUnspacedWidth = 24;

export interface UnwrappedText {
  readonly text: string;
  /** Numbers of the lines that have to stand as they are. */
  readonly fixedLines: ReadonlySet<number>;
}

/**
 * Joins the lines of paragraphs and list items that were broken at a fixed width. Columns and verse stay as they are.
 */
export const unwrapLines = (text: string): UnwrappedText => {
  const rows = text.split('\n');
  const blocks = splitRowBlocks(rows);
  const fixedBlocks = new Set(blocks.filter((block) => areFixedRows(block.rows)));
  const isWrapped = createWrapTest(blocks.filter((block) => !fixedBlocks.has(block)));
  const lines: string[] = [];
  const fixedLines = new Set<number>();
  let next = 0;
  for (const block of blocks) {
    for (; next < block.from; next += 1) lines.push('');
    next += block.rows.length;
    if (fixedBlocks.has(block)) for (const row of block.rows) fixedLines.add(lines.push(row));
    else lines.push(...joinBlock(block.rows, isWrapped(block)));
  }
  return { text: lines.join('\n'), fixedLines };
};

const listItem = /^\s*(?:[-–*•‣▪●○·]|\(?\d{1,3}[.)])\s+\S/u;
const ownLine = /^\s*(?:[-*•>#]|\d{1,3}[.)])\s/u;
const unspaced = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\u3000-\u303f\uff01-\uff60]`;
const unspacedEnd = new RegExp(`${unspaced}$`, 'u');
const unspacedStart = new RegExp(`^${unspaced}`, 'u');

const isUnspaced = (row: string): boolean => unspacedEnd.test(row.trimEnd()) && !/\p{Script=Hangul}/u.test(row);
const isFull = (row: string): boolean =>
  countColumns(row.trimEnd()) >= (isUnspaced(row) ? minFullUnspacedWidth : minFullLineWidth);

const joinBlock = (rows: readonly string[], isWrapped: boolean): string[] => {
  const joined: string[] = [];
  let isInItem = false;
  for (const [index, row] of rows.entries()) {
    const previous = rows[index - 1] ?? '';
    const isContinued: boolean = isInItem && /^\s{2,}\S/u.test(row) && !listItem.test(row);
    if (index > 0 && (isContinued || (isWrapped && isFull(previous) && !ownLine.test(row))))
      joined[joined.length - 1] = joinRows(joined.at(-1) ?? '', row.trim());
    else joined.push(row);
    isInItem = listItem.test(row) || isContinued;
  }
  return joined;
};

/** Scripts without blanks between words have none at the end of a line, nor has a word behind a hyphen. */
export const joinRows = (one: string, other: string): string => {
  const start = one.trimEnd();
  const isTight = (unspacedEnd.test(start) && unspacedStart.test(other)) || /\p{Ll}-$/u.test(start);
  return isTight && !(/-$/u.test(start) && !/^\p{Ll}/u.test(other)) ? start + other : `${start} ${other}`;
};

/**
 * A block is wrapped where most rows with another right below are full, and none is longer. Some break within a
 * sentence, there or elsewhere in the text: lines of verse can be as long.
 */
const createWrapTest = (blocks: readonly RowBlock[]): ((block: RowBlock) => boolean) => {
  const candidates = blocks.filter(isCandidate);
  const followed = candidates.flatMap(({ rows }) =>
    rows.slice(0, -1).map((row, index) => ({ row, next: rows[index + 1] ?? '' })),
  );
  const broken = followed.filter(({ row, next }) => isBroken(row.trimEnd(), next.trim()));
  const isText = broken.length > 0 && broken.length >= followed.length * 0.4;
  const wrapped = new Set(isText ? candidates : []);
  return (block) => wrapped.has(block);
};

const isCandidate = ({ rows }: RowBlock): boolean => {
  const followed = rows.slice(0, -1);
  const isShort = rows.every((row) => countColumns(row.trimEnd()) <= maxLineWidth);
  return followed.length > 0 && isShort && followed.filter(isFull).length >= followed.length * 0.8;
};

const isBroken = (row: string, next: string): boolean =>
  /[\p{L}\p{M},、，\-–—]$/u.test(row) && isFull(row) && /^[\p{Ll}\p{Lo}\p{N}(“"„«‘]/u.test(next);
