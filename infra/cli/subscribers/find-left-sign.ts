import { type Columns, findColumns } from './find-columns.ts';
import {
  findLeftItem,
  isEmptyCell,
  isNo,
  isSubscribedWord,
  type LeftState,
  leftStates,
  parseStatusWord,
  type StatusWords,
  toWords,
} from './status-words.ts';

export interface LeftSign {
  readonly state: LeftState;
  /** Where it says so, for the operator. */
  readonly because: string;
  /** The text of the cell, which may be the time of it. */
  readonly written: string;
}

/** Cells, and the columns that they are in. */
export interface Cells {
  readonly fields: readonly string[];
  readonly columns: Columns;
}

const isLeft = (status: string | undefined): status is LeftState => leftStates.some((state) => state === status);

/** Longer cells are words of a form, which say how to unsubscribe. */
const maxAnswerWords = 3;

const maxNestedFields = 200;
const nestedField = /([\p{L}\p{N}_ -]{1,60})["']?\s{0,3}(?::|=>)\s{0,3}["']?([^"',{}[\]]{0,200})/gu;

const maxRememberedKeys = 100;
const columnsByKeys = new Map<string, Columns>();

/** Most rows of a file have the same keys, and finding their columns takes longer than reading the row. */
const findNestedColumns = (keys: readonly string[]): Columns => {
  const name = keys.join('\n');
  const columns = columnsByKeys.get(name) ?? findColumns(keys);
  if (columnsByKeys.size >= maxRememberedKeys) columnsByKeys.clear();
  columnsByKeys.set(name, columns);
  return columns;
};

const isNested = (field: string): boolean => /^\s*[[{].*[:=]/s.test(field);

/** Objects in a cell, as JSON or as other languages print them: attributes, or the lists that somebody is on. */
export const readNestedCells = (fields: readonly string[]): Cells[] =>
  fields.filter(isNested).map((field) => {
    const pairs = Array.from(field.matchAll(nestedField), ([, key = '', value = '']) => ({ key, value }));
    const first = pairs.slice(0, maxNestedFields);
    return { fields: first.map(({ value }) => value), columns: findNestedColumns(first.map(({ key }) => key)) };
  });

/**
 * Any sign that somebody left, or that mail does not reach them; the gravest of several. A row with more fields than
 * headings is searched too: one of its cells may be the status.
 */
export const findLeftSign = (cells: Cells, statusWords?: StatusWords): LeftSign | undefined => {
  const signs = [cells, ...readNestedCells(cells.fields)].flatMap((each) => listLeftSigns(each, statusWords));
  return leftStates.map((state) => signs.find((sign) => sign.state === state)).find(Boolean);
};

const listLeftSigns = ({ fields, columns }: Cells, statusWords?: StatusWords): LeftSign[] => {
  const { headings } = columns;
  const cell = (index: number): string => (fields[index] ?? '').trim();
  const signs: LeftSign[] = [];
  const add = (state: LeftState, heading: string | undefined, written: string): void => {
    signs.push({
      state,
      because: heading === undefined ? 'a field without a heading' : `the column ${heading}`,
      written,
    });
  };
  for (const index of columns.statuses) {
    const status = parseStatusWord(cell(index), statusWords);
    if (isLeft(status)) add(status, headings[index], '');
  }
  for (const index of columns.otherStatuses) {
    const status = parseStatusWord(cell(index));
    if (isLeft(status)) add(status, headings[index], '');
  }
  for (const { index, heading, state } of columns.leftSigns) {
    const written = cell(index);
    if (isEmptyCell(written) || isNo(written) || isSubscribedWord(written)) continue;
    const status = parseStatusWord(written);
    add(isLeft(status) ? status : state, heading, written);
  }
  for (const { index, heading, isText } of columns.staySigns) {
    const isSentence = isText && toWords(cell(index)).length > maxAnswerWords;
    const status = isSentence ? undefined : parseStatusWord(cell(index));
    if (isLeft(status)) add(status, heading, '');
  }
  for (const [index, field] of fields.entries()) {
    const state = columns.texts.includes(index) || isNested(field) ? undefined : findLeftItem(field);
    if (state) add(state, headings[index], '');
  }
  return signs;
};
