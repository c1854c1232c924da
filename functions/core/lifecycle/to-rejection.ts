import { SeedRejected } from '../article.ts';
import type { Rejection } from './seed-record.ts';

/**
 * Why the bytes of an upload cannot be published. Errors that nobody foresaw, such as a stack overflow, are rejections
 * too: the same bytes would throw the same error again.
 */
export const toRejection = (error: unknown): Rejection => {
  if (error instanceof SeedRejected) return { reason: error.message, ...(error.place && { place: error.place }) };
  const { message } = new SeedRejected(`The file could not be read, because of an error in Seedpress (${error}).`);
  return { reason: message };
};
