import { isShortenedKey, shortenKey } from '../core/identity.ts';
import { internalFolders } from '../platform/contract.ts';
import { type Bucket, maxObjectKeyBytes } from './bucket.ts';

const suffix = '.txt';
const maxSeedKeyBytes = maxObjectKeyBytes - internalFolders.rejections.length - suffix.length;
/** The first words of a report, after the seed's key. */
export const reportOpening = ' was not published.\n';

/** The key in the internal bucket of the report on a seed. */
export const toReportKey = (seedKey: string): string =>
  `${internalFolders.rejections}${shortenKey(seedKey, maxSeedKeyBytes)}${suffix}`;

/** The seed that a report is on. Where its key is too long for the report's, the report itself names it. */
export const readReportedKey = async (internalBucket: Pick<Bucket, 'get'>, reportKey: string): Promise<string> => {
  const key = reportKey.slice(internalFolders.rejections.length, -suffix.length);
  if (!isShortenedKey(key)) return key;
  const report = new TextDecoder().decode((await internalBucket.get(reportKey))?.bytes);
  return report.slice(0, Math.max(0, report.indexOf(reportOpening)));
};
