import { createHash } from 'node:crypto';

/** Whether a page is of the quarter (0 to 3) that is not used to fit. Without a quarter, no page is. */
export const isHeldBack = (fileName: string, quarter: string | undefined): boolean =>
  quarter !== undefined &&
  (createHash('md5').update(fileName.replace(/\..*$/, '')).digest()[0] ?? 0) % 4 === Number(quarter);
