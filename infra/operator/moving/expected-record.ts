import type { ArticleRecord } from '../../../functions/core/filing/records.ts';
import type { Numbers } from './layout.ts';

/** The record of an article whose numbers are given and whose seed is yet to come. */
export const expectedRecord = (numbers: Numbers): ArticleRecord => ({
  ...numbers,
  ...{ state: 'expected', sources: [], placements: [], left: [] },
});
