import { SeedRejected } from '../../../../functions/core/article.ts';
import type { Skipped, SourceItem } from './source-item.ts';

export const convertOrSkip = (item: Pick<Skipped, 'place' | 'title'>, convert: () => SourceItem): SourceItem => {
  try {
    return convert();
  } catch (error) {
    if (!(error instanceof SeedRejected)) throw error;
    const place = error.place === undefined ? item.place : `${item.place}, ${error.place}`;
    return { kind: 'left out', ...item, place, reason: error.message };
  }
};
