import { parseSeed } from '../article/parse-seed.ts';
import { type SeedInput, SeedRejected } from '../article.ts';
import type { ArticleBody } from '../entry.ts';
import type { Rejection, SeedVersion } from './seed-record.ts';
import { type SeedOrigin, toSeedVersion } from './seed-version.ts';

export type SeedUploadInput = SeedInput & SeedOrigin;

/** What the bytes of a seed come to: an article for the table and the internal bucket, or why there is none. */
export type ParsedSeed =
  | { readonly version: SeedVersion; readonly body: ArticleBody }
  | { readonly rejection: Rejection };

/**
 * Parses a seed whatever its bytes are. Errors that nobody foresaw, such as a stack overflow, are rejections too: the
 * same bytes would throw the same error again.
 */
export const parseSeedVersion = (input: SeedUploadInput): ParsedSeed => {
  try {
    return toSeedVersion(parseSeed(input), input);
  } catch (error) {
    return { rejection: toRejection(error) };
  }
};

const toRejection = (error: unknown): Rejection => {
  if (error instanceof SeedRejected) return { reason: error.message, ...(error.place && { place: error.place }) };
  const { message } = new SeedRejected(`The file could not be read, because of an error in Seedpress (${error}).`);
  return { reason: message };
};
