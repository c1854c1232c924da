import { findFolderReason } from '../article/find-folder-reason.ts';
import { parseSeed } from '../article/parse-seed.ts';
import { type SeedInput, SeedWithheld } from '../article.ts';
import type { ArticleBody } from '../entry.ts';
import { fingerprintContent } from '../identity.ts';
import { prepareMailBody } from '../newsletter/mail-body/prepare-mail-body.ts';
import type { Rejection, SeedVersion } from './seed-record.ts';
import { type SeedOrigin, toSeedVersion } from './seed-version.ts';
import { toRejection } from './to-rejection.ts';

export type SeedUploadInput = SeedInput & SeedOrigin;

/** What the bytes of a seed come to: an article for the table and the internal bucket, or why there is none. */
export type ParsedSeed = (
  | { readonly version: SeedVersion; readonly body: ArticleBody }
  | { readonly rejection: Rejection }
  | { readonly withheld: Rejection }
) & {
  /** Of a section file: why nothing in its folder is for readers. */
  readonly folderReason?: string;
};

/**
 * Parses a seed whatever its bytes are.
 */
export const parseSeedVersion = (input: SeedUploadInput): ParsedSeed => {
  const folderReason = findFolderReason(input);
  return { ...parseUpload(input), ...(folderReason !== undefined && { folderReason }) };
};

const parseUpload = (input: SeedUploadInput): ParsedSeed => {
  try {
    const { version, body } = toSeedVersion(parseSeed(input), { ...input, content: fingerprintContent(input.bytes) });
    const mail = prepareMailBody(body.html);
    return { version, body: mail ? { ...body, mail } : body };
  } catch (error) {
    const reason = toRejection(error);
    return error instanceof SeedWithheld ? { withheld: reason } : { rejection: reason };
  }
};
