import { formatClockOffset } from '../../local/base/clock.ts';
import { connect } from '../connection/connect.ts';
import { formatIssue, formatPause } from '../newsletter/format-issues.ts';
import { formatNotices } from '../notices/read-notices.ts';
import { formatCount, formatTable, formatTime } from '../output/format-values.ts';
import { type GlobalOptions, type Io, printResult } from '../output/io.ts';
import { formatRejections } from '../rejections/read-rejections.ts';
import { type PublicationStatus, readStatus } from '../status/read-status.ts';

const maxShownSeeds = 5;

export const runStatus = async (options: GlobalOptions, io: Io): Promise<void> => {
  const status = await readStatus(await connect(options, io));
  printResult(io, options, status, formatStatus(status));
};

const formatStatus = (status: PublicationStatus): string[] => {
  const { rejections, notices, issues, timeZone } = status;
  const drafts = notices.filter(({ state }) => state !== 'warned');
  const warned = notices.filter(({ state }) => state === 'warned');
  const sections = [
    formatFacts(status),
    formatQueues(status),
    formatLatest(formatCount(rejections.length, 'refused seed'), 'rejections', rejections, (shown) =>
      formatRejections(shown, timeZone),
    ),
    formatLatest(formatCount(drafts.length, 'draft'), 'notices', drafts, (shown) => formatNotices(shown, timeZone)),
    formatLatest(formatCount(warned.length, 'seed with warnings', 'seeds with warnings'), 'notices', warned, (shown) =>
      formatNotices(shown, timeZone),
    ),
    issues.length > 0
      ? ['Latest issues, newest first:', ...issues.flatMap((issue) => formatIssue(issue, timeZone))]
      : ['No issue yet.'],
  ];
  return sections.filter(({ length }) => length > 0).flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
};

const formatLatest = <T>(
  heading: string,
  command: string,
  seeds: readonly T[],
  format: (shown: readonly T[]) => string[],
): string[] => {
  if (seeds.length === 0) return [];
  const more = seeds.length > maxShownSeeds ? `, the latest first (npx seedpress ${command} lists all)` : '';
  return [`${heading}${more}:`, ...format(seeds.slice(0, maxShownSeeds))];
};

const hasMessages = ({ waiting, inFlight, dead }: PublicationStatus['queues'][number]): boolean =>
  waiting + inFlight + dead > 0;

const formatFacts = (status: PublicationStatus): string[] => {
  const { timeZone, publication, site, time, announced, builds, queues, paused, local } = status;
  const pending = builds.requested - builds.built;
  const clock = [formatTime(time, timeZone), timeZone, formatClockOffset(local?.clockOffsetMs ?? 0)];
  const readers = Object.entries(local?.readers ?? {}).map(([cadence, count]) => `${count} ${cadence}`);
  const formerCadences = (local?.formerCadences ?? []).map(({ chosen, cadence, readers: count }) => {
    const gets = cadence ? `${cadence} issues` : 'nothing: offer it again, or a quieter one';
    return `${count} chose ${chosen}, which is not offered: they get ${gets}`;
  });
  const topics = (local?.topics ?? []).map(
    ({ name, isFormer, readers }) => `${readers} ${name}${isFormer ? ' (not offered)' : ''}`,
  );
  return formatTable([
    ['Publication', publication],
    ['Site', `${site}/`],
    ...(local ? [['Inbox', `${local.inbox}/`]] : []),
    ['Time', clock.filter(Boolean).join(', ')],
    ...(local?.nextFiring ? [['Next issue', formatTime(local.nextFiring, timeZone)]] : []),
    ...(local ? [['Readers', readers.join(', ')]] : []),
    ...formerCadences.map((text) => ['', text]),
    ...(topics.length > 0 ? [['Topics', topics.join(', ')]] : []),
    ['Announced', formatCount(announced, 'article')],
    ['Builds', pending > 0 ? `${formatCount(pending, 'request')} waiting` : 'all done'],
    ['Sending', formatPause(paused, timeZone)],
    ...(queues.some(hasMessages) ? [] : [['Messages', 'none waiting']]),
  ]);
};

const formatQueues = ({ queues }: PublicationStatus): string[] =>
  queues.some(hasMessages)
    ? formatTable([
        ['Queue', 'waiting', 'in work', 'failed'],
        ...queues.map(({ name, waiting, inFlight, dead }) => [name, `${waiting}`, `${inFlight}`, `${dead}`]),
      ])
    : [];
