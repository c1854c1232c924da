import { DateTime } from 'luxon';
import type { Bucket } from '../../../functions/adapters/bucket.ts';
import type { Mailer } from '../../../functions/adapters/mailer.ts';
import type { BuildStore } from '../../../functions/adapters/table/build.ts';
import type { IssueStore } from '../../../functions/adapters/table/issues.ts';
import type { ListStore } from '../../../functions/adapters/table/lists.ts';
import type { SubscriberStore } from '../../../functions/adapters/table/subscribers.ts';
import { lists } from '../../../functions/core/filing/lists.ts';
import { newsletterPaths } from '../../../functions/core/newsletter/paths.ts';
import { type IssueLine, issueName } from '../../../functions/core/newsletter/records.ts';
import type { Cadence, Publication } from '../../../functions/core/publication.ts';
import { countReaders } from '../count-readers.ts';
import type { KnownCounts } from './month-counts.ts';

/** Where a running publication's counts are. */
export interface Counted {
  readonly publication: Publication;
  readonly now: Date;
  readonly build: Pick<BuildStore, 'get'>;
  readonly lists: Pick<ListStore, 'entries'>;
  readonly issues: Pick<IssueStore, 'lines'>;
  readonly subscribers: Pick<SubscriberStore, 'roster'>;
  readonly site: Pick<Bucket, 'head'>;
  readonly mailer: Pick<Mailer, 'limits'>;
}

const days = 30;
/** Issues in thirty days, of both cadences, at most; and some. */
const mostIssues = 100;

/** Counts the last thirty days of a running publication. What is not recorded, such as page views and feed readers, is missing. */
export const gatherCounts = async (counted: Counted): Promise<KnownCounts> => {
  const { publication, now, build, mailer } = counted;
  const since = DateTime.fromJSDate(now, { zone: publication.timeZone }).minus({ days });
  const [subscribers, articles, lines, { announced }, limits] = await Promise.all([
    countReaders(counted.subscribers),
    countArticles(counted, since),
    counted.issues.lines({ newestFirst: true, limit: mostIssues }),
    build.get(),
    mailer.limits(),
  ]);
  const recent = lines.filter(({ at }) => Date.parse(at) > since.toMillis());
  const countOf = (cadence: Cadence): number => recent.filter((line) => line.cadence === cadence).length;
  const size = await sizeOfIssue(counted, recent);
  return {
    subscribers,
    articles,
    archive: Math.max(announced, articles),
    mailsPerSecond: limits.perSecond,
    mailer: publication.newsletter.mailer,
    // A publication that is younger than an issue will have the usual ones.
    ...(recent.length > 0 && { issues: { daily: countOf('daily'), weekly: countOf('weekly') } }),
    ...(size !== undefined && { issueKilobytes: size / 1000 }),
  };
};

/** Articles dated within the last thirty days: of this month and those before. */
const countArticles = async ({ lists: store }: Counted, since: DateTime): Promise<number> => {
  const months = [0, days / 2, days].map((later) => since.plus({ days: later }).toFormat('yyyy-MM'));
  const entries = await Promise.all([...new Set(months)].map((month) => store.entries(lists.month(month))));
  return entries.flat().filter(({ published }) => Date.parse(published) > since.toMillis()).length;
};

/** Bytes of the newest issue as a page; undefined where there is none. */
const sizeOfIssue = async (
  { site }: Counted,
  [newest]: readonly IssueLine[],
): Promise<number | undefined> => {
  if (!newest) return undefined;
  const facts = await site.head(newsletterPaths.issue(issueName(newest), 'html').slice(1));
  return facts?.size;
};
