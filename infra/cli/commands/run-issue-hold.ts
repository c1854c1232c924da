import type { Pause } from '../../../functions/core/newsletter/delivery/rate-limit.ts';
import { findNextIssueTime } from '../../../functions/core/newsletter/issue/find-next-issue-time.ts';
import { formatIssueName } from '../../../functions/core/newsletter/issue/issue-record.ts';
import { selectCadences } from '../../../functions/core/publication.ts';
import { type CliServices, connectServices } from '../connection/create-cli-services.ts';
import { formatPause } from '../newsletter/format-issues.ts';
import { requeueWaitingBatches } from '../newsletter/requeue-waiting-batches.ts';
import { toAdjective } from '../newsletter/to-adjective.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { formatCount } from '../output/format-values.ts';
import { type ChangeOptions, type GlobalOptions, type Io, printResult, requireConfirmation } from '../output/io.ts';

interface Options extends GlobalOptions {
  readonly reason: string;
}

export const runIssueHold = async (options: Options, io: Io): Promise<void> => {
  const { rateLimit, now, publication } = await connectServices(options, io);
  await rateLimit.pause(now().toISOString(), options.reason);
  const { paused } = await rateLimit.get();
  printResult(io, options, { paused }, [`Sending is ${formatPause(paused, publication.timeZone)}`]);
};

const shownDays = 7;

const readRecentRates = async ({ dayCounts, now }: Pick<CliServices, 'dayCounts' | 'now'>) => {
  const days = Array.from({ length: shownDays }, (_, back) =>
    new Date(now().getTime() - back * 24 * 60 * 60 * 1000).toISOString().slice(0, 10),
  );
  const rates = await Promise.all(
    days.map(async (day) => {
      const { sent, bounces, complaints } = await dayCounts.get(day);
      return { day, sent, bounces, complaints };
    }),
  );
  return rates.filter(({ sent, bounces, complaints }) => sent + bounces + complaints > 0);
};

type DayRates = Awaited<ReturnType<typeof readRecentRates>>[number];

const formatPercent = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;

const formatDayRates = ({ day, sent, bounces, complaints }: DayRates): string =>
  `${day}: ${bounces} of ${sent} bounced (${formatPercent(bounces, sent)}; the limit is 5 %), ${complaints} complained (${formatPercent(complaints, sent)}; the limit is 0.1 %)`;

export const runIssueResume = async (options: ChangeOptions, io: Io): Promise<void> => {
  const stores = await connectServices(options, io);
  const { paused } = await stores.rateLimit.get();
  if (!paused) throw new CliError('Sending is not held.', exitCodes.notFound);
  const rates = await readRecentRates(stores);
  io.err(`Sending is ${formatPause(paused, stores.publication.timeZone)}`, ...rates.map(formatDayRates));
  if (rates.length === 0) io.err('No mail was sent in the last seven days.');
  await requireConfirmation(io, 'Resume sending?', options);
  await stores.rateLimit.resume();
  const batches = await requeueWaitingBatches(stores);
  const issues = await requestWaitingIssues(stores, paused);
  const waiting = [
    ...(batches > 0 ? [`${formatCount(batches, 'batch', 'batches')} queued`] : []),
    ...issues.map((issue) => `${issue} is composed`),
  ];
  printResult(io, options, { resumed: true, paused, rates, batches, issues }, [
    `Sending is resumed; ${waiting.join(', ') || 'nothing was waiting'}.`,
  ]);
};

/** Continues issues that are under way, and asks for those that fell due while composing was held. */
const requestWaitingIssues = async (
  { cadenceStates, issuesQueue, publication, now }: CliServices,
  { at, holdsComposing }: Pause,
): Promise<string[]> => {
  const requested: string[] = [];
  for (const cadence of selectCadences(publication)) {
    const { open } = await cadenceStates.get(cadence);
    const due = holdsComposing ? findNextIssueTime(publication, cadence, new Date(at)) : undefined;
    const isDue = due !== undefined && due <= now().toISOString();
    if (!open && !isDue) continue;
    await issuesQueue.send({ cadence, ...(isDue && { time: due }) });
    requested.push(open ? formatIssueName({ cadence, number: open.number }) : `the ${toAdjective(cadence)} issue`);
  }
  return requested;
};
