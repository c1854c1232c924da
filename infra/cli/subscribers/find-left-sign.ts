import type { Columns } from './find-columns.ts';
import {
  findLeftItem,
  isEmptyCell,
  isNo,
  type LeftState,
  leftStates,
  parseStatusWord,
  type StatusWords,
} from './status-words.ts';

export interface LeftSign {
  readonly state: LeftState;
  /** Where it says so, for the operator. */
  readonly because: string;
  /** The text of the cell, which may be the time of it. */
  readonly written: string;
}

const isLeft = (status: string | undefined): status is LeftState => leftStates.some((state) => state === status);

/**
 * Any sign that somebody left, or that mail does not reach them; the gravest of several. A row with more fields than
 * headings is searched too: one of its cells may be the status.
 */
export const findLeftSign = (
  fields: readonly string[],
  columns: Columns,
  statusWords?: StatusWords,
): LeftSign | undefined => {
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
    if (isEmptyCell(written) || isNo(written)) continue;
    const status = parseStatusWord(written);
    if (status !== 'active' || /^(?:yes|true|on|1|ja|oui|si|sim)$/i.test(written))
      add(isLeft(status) ? status : state, heading, written);
  }
  for (const { index, heading } of columns.staySigns) {
    const status = parseStatusWord(cell(index));
    if (isLeft(status)) add(status, heading, '');
  }
  for (const [index, field] of fields.entries()) {
    const state = index === columns.email ? undefined : findLeftItem(field);
    if (state) add(state, headings[index], '');
  }
  return leftStates.map((state) => signs.find((sign) => sign.state === state)).find(Boolean);
};
