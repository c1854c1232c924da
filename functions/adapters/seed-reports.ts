import { isShortenedKey, shortenKey } from '../core/identity.ts';
import { internalFolders } from '../platform/contract.ts';
import { type Bucket, maxObjectKeyBytes } from './bucket.ts';

const suffix = '.txt';
/** The first words of each kind of report, after the seed's key. */
export const reportOpenings = {
  refused: ' was not published.\n',
  withheld: ' is not public.\n',
  warned: ' can be improved.\n',
} as const;

const toKeyIn = (folder: string, seedKey: string): string =>
  `${folder}${shortenKey(seedKey, maxObjectKeyBytes - folder.length - suffix.length)}${suffix}`;

/** The key in the internal bucket of the report on a seed that was refused. */
export const toReportKey = (seedKey: string): string => toKeyIn(internalFolders.rejections, seedKey);

/** The key in the internal bucket of the report on a seed that is a draft or has warnings. */
export const toNoticeKey = (seedKey: string): string => toKeyIn(internalFolders.notices, seedKey);

/** The seed that a report is on. Where its key is too long for the report's, the report itself names it. */
export const readReportedKey = async (internalBucket: Pick<Bucket, 'get'>, reportKey: string): Promise<string> => {
  const key = reportKey.slice(reportKey.indexOf('/') + 1, -suffix.length);
  if (!isShortenedKey(key)) return key;
  const report = new TextDecoder().decode((await internalBucket.get(reportKey))?.bytes);
  const [end = 0] = Object.values(reportOpenings)
    .map((opening) => report.indexOf(opening))
    .filter((at) => at > 0)
    .toSorted((a, b) => a - b);
  return report.slice(0, end);
};
