import { DateTime } from 'luxon';
import { formatIssueName, type Issue } from '../records.ts';

/** Sort key of an issue in the list of issues: by its time in the publication's zone, the year first. */
export const formatIssueSortKey = (
  issue: Pick<Issue, 'cadence' | 'number' | 'at'>,
  timeZone: string,
): string =>
  `${DateTime.fromISO(issue.at, { zone: timeZone }).toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS")}#${formatIssueName(issue)}`;
