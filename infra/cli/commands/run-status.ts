import { formatClockOffset } from '../../local/base/clock.ts';
import { connect } from '../connection/connect.ts';
import { formatIssue, formatPause } from '../newsletter/format-issues.ts';
import { formatCount, formatTable, formatTime } from '../output/format-values.ts';
import { type GlobalOptions, type Io, printResult } from '../output/io.ts';
import { formatRejections } from '../rejections/read-rejections.ts';
import { type PublicationStatus, readStatus } from '../status/read-status.ts';

const maxShownRejections = 5;

export const runStatus = async (options: GlobalOptions, io: Io): Promise<void> => {
  const status = await readStatus(await connect(options, io));
  printResult(io, options, status, formatStatus(status));
};

const formatStatus = (status: PublicationStatus): string[] => {
  const { rejections, issues, timeZone } = status;
  const refused = formatCount(rejections.length, 'refused seed');
  const shown = rejections.slice(0, maxShownRejections);
  const more = rejections.length > shown.length ? ', the latest first (npx seedpress rejections lists all)' : '';
  const sections = [
    formatFacts(status),
    formatQueues(status),
    rejections.length > 0 ? [`${refused}${more}:`, ...formatRejections(shown, timeZone)] : [],
    issues.length > 0
      ? ['Latest issues, newest first:', ...issues.flatMap((issue) => formatIssue(issue, timeZone))]
      : ['No issue yet.'],
  ];
  return sections.filter(({ length }) => length > 0).flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
};

const hasMessages = ({ waiting, inFlight, dead }: PublicationStatus['queues'][number]): boolean =>
  waiting + inFlight + dead > 0;

const formatFacts = (status: PublicationStatus): string[] => {
  const { timeZone, publication, site, time, announced, builds, queues, paused, local } = status;
  const pending = builds.requested - builds.built;
  const clock = [formatTime(time, timeZone), timeZone, formatClockOffset(local?.clockOffsetMs ?? 0)];
  const readers = Object.entries(local?.readers ?? {}).map(([cadence, count]) => `${count} ${cadence}`);
  return formatTable([
    ['Publication', publication],
    ['Site', `${site}/`],
    ...(local ? [['Inbox', `${local.inbox}/`]] : []),
    ['Time', clock.filter(Boolean).join(', ')],
    ...(local?.nextFiring ? [['Next issue', formatTime(local.nextFiring, timeZone)]] : []),
    ...(local ? [['Readers', readers.join(', ')]] : []),
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
