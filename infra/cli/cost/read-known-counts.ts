import { DateTime } from 'luxon';
import type { Mailer } from '../../../functions/adapters/mailer.ts';
import { listNames } from '../../../functions/core/lifecycle/list-positions.ts';
import { formatIssueName, type IssueSummary } from '../../../functions/core/newsletter/issue/issue-record.ts';
import type { Cadence } from '../../../functions/core/publication.ts';
import { sitePaths } from '../../../functions/core/site-paths.ts';
import { countReaders } from '../connection/count-readers.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { countByCadence, type KnownCounts } from './month-counts.ts';

const daysPerMonth = 30;
/** Issues in thirty days, of all cadences, at most; and some. */
const maxIssues = 2000;

/**
 * Counts the last thirty days of a running publication. What is not recorded, such as page views and feed readers, is
 * missing.
 */
export const readKnownCounts = async (
  services: CliServices,
  mailer: Pick<Mailer, 'readLimits'>,
): Promise<KnownCounts> => {
  const { publication, now, build, issues } = services;
  const since = DateTime.fromJSDate(now(), { zone: publication.timeZone }).minus({ days: daysPerMonth });
  const [subscribers, articles, lines, { announced }, limits] = await Promise.all([
    countReaders(services.subscribers),
    countArticles(services, since),
    issues.listAll({ newestFirst: true, limit: maxIssues }),
    build.get(),
    mailer.readLimits(),
  ]);
  const recent = lines.filter(({ at }) => Date.parse(at) > since.toMillis());
  const countRecent = (cadence: Cadence): number => recent.filter((line) => line.cadence === cadence).length;
  const size = await readIssueSize(services, recent);
  return {
    subscribers,
    articles,
    archive: Math.max(announced, articles),
    mailsPerSecond: limits.perSecond,
    mailer: publication.newsletter.mailer,
    // A publication that is younger than an issue will have the usual ones.
    ...(recent.length > 0 && { issues: countByCadence(countRecent) }),
    ...(size !== undefined && { issueKilobytes: size / 1000 }),
  };
};

const countArticles = async ({ lists }: Pick<CliServices, 'lists'>, since: DateTime): Promise<number> => {
  const months = [0, daysPerMonth / 2, daysPerMonth].map((later) => since.plus({ days: later }).toFormat('yyyy-MM'));
  const entries = await Promise.all([...new Set(months)].map((month) => lists.listEntries(listNames.month(month))));
  return entries.flat().filter(({ published }) => Date.parse(published) > since.toMillis()).length;
};

const readIssueSize = async (
  { buckets }: Pick<CliServices, 'buckets'>,
  [newest]: readonly IssueSummary[],
): Promise<number | undefined> => {
  if (!newest) return undefined;
  const facts = await buckets.site.head(sitePaths.issue(formatIssueName(newest), 'html').slice(1));
  return facts?.size;
};
