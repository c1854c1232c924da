import type { ArticleRecord } from '../../../functions/core/lifecycle/article-record.ts';
import type { ArrivalNumbers } from './export-files.ts';

/** The record of an article whose numbers are given and whose seed is yet to come. */
export const buildExpectedRecord = (numbers: ArrivalNumbers): ArticleRecord => ({
  ...numbers,
  state: 'expected',
  seedKeys: [],
  positions: [],
  stalePositions: [],
});
