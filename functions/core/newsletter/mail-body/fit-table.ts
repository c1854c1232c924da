import {
  type ChildNode,
  createTextNode,
  createTreeElement,
  type Element,
  findElement,
  getAttribute,
  getChildElements,
  getTextContent,
  getTextLine,
  getTextLines,
  hasText,
  replaceNode,
} from '../../article/body/tree.ts';
import { estimateWordWidth } from './estimate-word-width.ts';
import { breakAttribute, createFrameOfRows, createLookElement, setLook, setMailAttribute } from './mail-elements.ts';

interface TableContext {
  /** For the table on a small phone. */
  readonly widthPx: number;
  readonly page: string;
  readonly word: string;
}

/** Pixels. A word that is wider than `maxWordPx` is broken where it must be. */
const sizes = {
  normal: { font: 15, gap: 12 },
  compact: { font: 13, gap: 6 },
  maxWordPx: 110,
  maxPicturePx: 80,
} as const;

/** A table of more would be a long list, and most of a mail. */
const maxStackedCells = 150;

interface TableRow {
  readonly cells: readonly Element[];
  readonly isHeader: boolean;
}

const readRows = (table: Element): TableRow[] =>
  getChildElements(table)
    .flatMap((part) => (part.tagName === 'tr' ? [part] : getChildElements(part)))
    .filter(({ tagName }) => tagName === 'tr')
    .map((row) => {
      const cells = getChildElements(row).filter(({ tagName }) => tagName === 'td' || tagName === 'th');
      return { cells, isHeader: cells.length > 0 && cells.every(({ tagName }) => tagName === 'th') };
    });

const readSpan = (cell: Element, name: 'colspan' | 'rowspan'): number => Number(getAttribute(cell, name) ?? 1) || 1;

const hasSpans = ({ cells }: TableRow): boolean =>
  cells.some((cell) => readSpan(cell, 'colspan') > 1 || readSpan(cell, 'rowspan') > 1);

const isTable = ({ tagName }: Element): boolean => tagName === 'table';

interface CellWidth {
  readonly px: number;
  readonly mustBreak: boolean;
}

/** With its no-break spaces, which `getTextLines` does not tell from others. */
const readWords = (cell: Element): string => {
  const text = getTextContent(cell);
  return text.includes('\u00a0') ? text : getTextLines(cell).join('\n');
};

const measureCell = (cell: Element, fontPx: number): CellWidth => {
  const widest = estimateWordWidth(readWords(cell), cell.tagName === 'th') * fontPx;
  const hasPicture = findElement(cell, ({ tagName }) => tagName === 'img') !== undefined;
  return {
    px: Math.max(Math.min(widest, sizes.maxWordPx), hasPicture ? sizes.maxPicturePx : 0),
    mustBreak: widest > sizes.maxWordPx,
  };
};

/** The least width at which words stay whole. */
const measureTable = (
  rows: readonly TableRow[],
  { font, gap }: { readonly font: number; readonly gap: number },
): number => {
  const columns: number[] = [];
  for (const { cells } of rows) {
    let column = 0;
    for (const cell of cells) {
      const span = readSpan(cell, 'colspan');
      const share = measureCell(cell, font).px / span + gap;
      for (let each = 0; each < Math.min(span, 1000); each += 1, column += 1)
        columns[column] = Math.max(columns[column] ?? 0, share);
    }
  }
  return columns.reduce((sum, width) => sum + width, 0);
};

const createLine = (label: string, cell: Element): Element => {
  const colon = /[:：]$/u.test(label) ? ' ' : ': ';
  const name = label === '' ? [] : [createTreeElement('b', [createTextNode(label + colon)])];
  return createTreeElement('div', [...name, ...cell.childNodes]);
};

const toRecord = ({ cells }: TableRow, labels: readonly string[]): ChildNode[] =>
  cells.flatMap((cell, index) =>
    hasText(cell) || findElement(cell, ({ tagName }) => tagName === 'img')
      ? [createLine(labels[index] ?? '', cell)]
      : [],
  );

const takeCaption = (table: Element): Element[] => {
  const caption = getChildElements(table).find(({ tagName }) => tagName === 'caption');
  return caption ? [createLookElement('p', 'caption', caption.childNodes)] : [];
};

/** Each row becomes a list of its cells, each after the heading of its column. */
const stackTable = (table: Element, rows: readonly TableRow[]): void => {
  const [first, ...others] = rows;
  const labels = first?.isHeader ? first.cells.map(getTextLine) : [];
  const records = (labels.length > 0 ? others : rows)
    .map((row) => toRecord(row, labels))
    .filter(({ length }) => length > 0);
  replaceNode(table, createLookElement('div', 'box', [...takeCaption(table), createFrameOfRows('record', records)]));
};

const linkTable = (table: Element, { page, word }: TableContext): void => {
  const link = createTreeElement('p', [createTreeElement('a', [createTextNode(word)], { href: page })]);
  replaceNode(table, createTreeElement('div', [...takeCaption(table), link]));
};

const keepTable = (table: Element, rows: readonly TableRow[], isCompact: boolean): void => {
  const { font } = isCompact ? sizes.compact : sizes.normal;
  for (const cell of rows.flatMap(({ cells }) => cells)) {
    if (isCompact) setLook(cell, `compact ${cell.tagName}`);
    if (measureCell(cell, font).mustBreak) setMailAttribute(cell, breakAttribute, 'yes');
  }
  const box = createLookElement('div', 'box', []);
  replaceNode(table, box);
  box.childNodes = [table];
  table.parentNode = box;
};

type TableForm = 'normal' | 'compact' | 'stacked' | 'link';

const selectForm = (table: Element, rows: readonly TableRow[], widthPx: number): TableForm => {
  const fits = !findElement(table, isTable);
  if (fits && measureTable(rows, sizes.normal) <= widthPx) return 'normal';
  if (fits && measureTable(rows, sizes.compact) <= widthPx) return 'compact';
  const cells = rows.reduce((sum, row) => sum + row.cells.length, 0);
  const hasLabels = rows.length > 1 && rows[0]?.isHeader === true;
  return cells > maxStackedCells || (hasLabels && rows.some(hasSpans)) ? 'link' : 'stacked';
};

/**
 * A table that is too wide for a phone becomes a list, or a link to the page where its cells cannot be put one below
 * another.
 */
export const fitTable = (table: Element, context: TableContext): void => {
  const rows = readRows(table);
  const form = selectForm(table, rows, context.widthPx);
  if (form === 'link') linkTable(table, context);
  else if (form === 'stacked') stackTable(table, rows);
  else keepTable(table, rows, form === 'compact');
};
