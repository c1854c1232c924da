import { SeedRejected } from '../../../functions/core/article/article.ts';
import type { Found, LeftOut } from './found.ts';

/** What is made of one article, or why nothing can be, so that it harms no other. */
export const orLeftOut = (of: Pick<LeftOut, 'place' | 'title'>, make: () => Found): Found => {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof SeedRejected)) throw error;
    const place = error.place === undefined ? of.place : `${of.place}, ${error.place}`;
    return { kind: 'left out', ...of, place, reason: error.message };
  }
};
