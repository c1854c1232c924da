import { DateTime } from 'luxon';
import type { Bucket } from '../../../functions/adapters/bucket.ts';
import type { Mailer } from '../../../functions/adapters/mailer.ts';
import type { BuildStore } from '../../../functions/adapters/table/build.ts';
import type { IssueStore } from '../../../functions/adapters/table/issues.ts';
import type { ListStore } from '../../../functions/adapters/table/lists.ts';
import type { SubscriberStore } from '../../../functions/adapters/table/subscribers.ts';
import { listNames } from '../../../functions/core/lifecycle/list-positions.ts';
import { formatIssueName, type IssueSummary } from '../../../functions/core/newsletter/issue/issue-record.ts';
import type { Cadence, Publication } from '../../../functions/core/publication.ts';
import { sitePaths } from '../../../functions/core/site-paths.ts';
import { countReaders } from '../connection/count-readers.ts';
import type { KnownCounts } from './month-counts.ts';

export interface CountSources {
  readonly publication: Publication;
  readonly now: Date;
  readonly build: Pick<BuildStore, 'get'>;
  readonly lists: Pick<ListStore, 'listEntries'>;
  readonly issues: Pick<IssueStore, 'list'>;
  readonly subscribers: Pick<SubscriberStore, 'listRecipients'>;
  readonly site: Pick<Bucket, 'head'>;
  readonly mailer: Pick<Mailer, 'readLimits'>;
}

const daysPerMonth = 30;
/** Issues in thirty days, of both cadences, at most; and some. */
const maxIssues = 100;

/** Counts the last thirty days of a running publication. What is not recorded, such as page views and feed readers, is missing. */
export const readKnownCounts = async (counted: CountSources): Promise<KnownCounts> => {
  const { publication, now, build, mailer } = counted;
  const since = DateTime.fromJSDate(now, { zone: publication.timeZone }).minus({ days: daysPerMonth });
  const [subscribers, articles, lines, { announced }, limits] = await Promise.all([
    countReaders(counted.subscribers),
    countArticles(counted, since),
    counted.issues.list({ newestFirst: true, limit: maxIssues }),
    build.get(),
    mailer.readLimits(),
  ]);
  const recent = lines.filter(({ at }) => Date.parse(at) > since.toMillis());
  const countRecent = (cadence: Cadence): number => recent.filter((line) => line.cadence === cadence).length;
  const size = await readIssueSize(counted, recent);
  return {
    subscribers,
    articles,
    archive: Math.max(announced, articles),
    mailsPerSecond: limits.perSecond,
    mailer: publication.newsletter.mailer,
    // A publication that is younger than an issue will have the usual ones.
    ...(recent.length > 0 && { issues: { daily: countRecent('daily'), weekly: countRecent('weekly') } }),
    ...(size !== undefined && { issueKilobytes: size / 1000 }),
  };
};

const countArticles = async ({ lists: store }: CountSources, since: DateTime): Promise<number> => {
  const months = [0, daysPerMonth / 2, daysPerMonth].map((later) => since.plus({ days: later }).toFormat('yyyy-MM'));
  const entries = await Promise.all([...new Set(months)].map((month) => store.listEntries(listNames.month(month))));
  return entries.flat().filter(({ published }) => Date.parse(published) > since.toMillis()).length;
};

const readIssueSize = async (
  { site }: CountSources,
  [newest]: readonly IssueSummary[],
): Promise<number | undefined> => {
  if (!newest) return undefined;
  const facts = await site.head(sitePaths.issue(formatIssueName(newest), 'html').slice(1));
  return facts?.size;
};
