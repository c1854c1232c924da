/** Longer rows are no table that was typed. */
const maxFixedRowLength = 300;
const minGutterWidth = 2;
const tabWidth = 8;

/** Whether the rows of a block only make sense as they stand: columns, program code, drawings. */
export const areFixedRows = (rows: readonly string[]): boolean => {
  if (rows.length < 2 || rows.some((row) => row.length > maxFixedRowLength)) return false;
  return haveTabs(rows) || haveGutter(rows.map(expandTabs)) || areCode(rows) || areDrawing(rows);
};

/** Without the indentation that all of them have. */
export const alignRows = (rows: readonly string[]): string[] => {
  const expanded = haveTabs(rows) ? padCells(rows) : rows.map((row) => expandTabs(row).trimEnd());
  const indent = Math.min(...expanded.map((row) => /^ */u.exec(row)?.[0].length ?? 0));
  return expanded.map((row) => row.slice(indent));
};

const splitCells = (row: string): string[] =>
  row
    .trim()
    .split(/\t+/u)
    .map((cell) => cell.trim());

const haveTabs = (rows: readonly string[]): boolean => rows.every((row) => splitCells(row).length > 1);

const padCells = (rows: readonly string[]): string[] => {
  const cells = rows.map(splitCells);
  const widths = Array.from({ length: Math.max(...cells.map(({ length }) => length)) }, (_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd((widths[column] ?? 0) + 2))
      .join('')
      .trimEnd(),
  );
};

const expandTabs = (row: string): string => {
  let expanded = '';
  for (const part of row.split(/(\t)/u))
    expanded += part === '\t' ? ' '.repeat(tabWidth - (expanded.length % tabWidth)) : part;
  return expanded;
};

const listMark = /^\s*(?:[-–*•‣▪●○·>]|\(?\d{1,3}[.)])?\s*$/u;

/** Two or more blank columns in all rows, with text on both sides. */
const haveGutter = (rows: readonly string[]): boolean => {
  const width = Math.max(...rows.map(({ length }) => length));
  let start: number | undefined;
  for (let column = 0; column < width; column += 1) {
    if (rows.every((row) => (row[column] ?? ' ') === ' ')) start ??= column;
    else {
      if (start !== undefined && column - start >= minGutterWidth && isGutter(rows, start, column)) return true;
      start = undefined;
    }
  }
  return false;
};

/** Two blanks behind a sentence are a habit of typists. */
const isGutter = (rows: readonly string[], start: number, end: number): boolean => {
  const sides = rows.filter((row) => !listMark.test(row.slice(0, start)) && row.slice(end).trim() !== '');
  const isSpacing = sides.every((row) => /[.!?:]["”’)]?$/u.test(row.slice(0, start)));
  return sides.length >= 2 && sides.length * 2 >= rows.length && !isSpacing;
};

const codeRow =
  /[{};]\s*$|^\s*(?:def|if|for|while|return|import|from|const|let|var|function|class|public|private|print|echo|end|else|elif|try|except|#include|<[a-z/]|\$ |>>> |\/\/|#!)(?![\p{L}])|\w\(.*\)\s*[:;]?$|^\s*[\w.]+ ?= ?\S/u;

const areCode = (rows: readonly string[]): boolean =>
  rows.every((row) => /^(?: {4}|\t)/u.test(row)) && rows.filter((row) => codeRow.test(row)).length * 2 >= rows.length;

/** Most characters are neither letters nor digits. */
const areDrawing = (rows: readonly string[]): boolean => {
  const marks = rows.join('').replace(/\s/gu, '');
  const signs = marks.replace(/[\p{L}\p{M}\p{N}.,;:!?"'“”‘’«»*-]/gu, '');
  return rows.length >= 3 && signs.length * 2 > marks.length;
};
