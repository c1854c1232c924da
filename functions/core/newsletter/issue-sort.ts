import { DateTime } from 'luxon';
import { type Issue, issueName } from './records.ts';

/** Sort key of an issue in the list of issues: by its time in the publication's zone, the year first. */
export const issueSort = (issue: Pick<Issue, 'cadence' | 'number' | 'at'>, timeZone: string): string =>
  `${DateTime.fromISO(issue.at, { zone: timeZone }).toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS")}#${issueName(issue)}`;
