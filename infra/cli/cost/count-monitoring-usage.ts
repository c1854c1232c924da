import type { Cadence } from '../../../functions/core/publication.ts';
import {
  hoursPerMonth,
  idleTick,
  loggedKilobytes,
  logRetentionMonths,
  metricsByEvent,
  minutesPerMonth,
  regularLook,
  signUpUsage,
  traceSampling,
} from './assumptions.ts';
import { countMonthSendingUsage } from './count-sending-usage.ts';
import {
  addCounts,
  countByCadence,
  countFeedback,
  countIssues,
  kilobytesPerGigabyte,
  type MonthCounts,
} from './month-counts.ts';
import type { StackResources } from './stack-resources.ts';
import { toCountedUsage, toEstimatedUsage, type UsageRow } from './usage-row.ts';

export const countMonitoringUsage = (
  counts: MonthCounts,
  stack: StackResources,
  work: readonly UsageRow[],
): UsageRow[] => [...countAlarmAndLogUsage(counts, stack), ...countMetricUsage(counts), ...countTraceUsage(work)];

const countAlarmAndLogUsage = (counts: MonthCounts, stack: StackResources): UsageRow[] => {
  const { articles, signUps } = counts;
  const sending = countMonthSendingUsage(counts, stack);
  const kilobytes =
    articles * loggedKilobytes.article +
    sending.calls * loggedKilobytes.delivery +
    signUps * signUpUsage.requests * loggedKilobytes.request +
    minutesPerMonth * (idleTick.kilobytesLogged + regularLook.kilobytesLogged / regularLook.everyMinutes);
  return [
    toCountedUsage('cloudwatch.alarm', 'alarms', stack.alarms),
    toCountedUsage('cloudwatch.dashboard', 'dashboards', stack.dashboards),
    toEstimatedUsage('cloudwatch.logged', 'logs', kilobytes / kilobytesPerGigabyte),
    toEstimatedUsage('cloudwatch.logStored', 'logs', (kilobytes * logRetentionMonths) / kilobytesPerGigabyte),
  ];
};

/** At most: what happens twice in an hour is billed once. */
const countMetricUsage = (counts: MonthCounts): UsageRow[] => {
  const { articles, signUps, issues, subscribers, mailsPerSecond } = counts;
  // An issue is on its way in the hour that it begins in, and as long as the rate makes it.
  const countSendingHours = (cadence: Cadence): number =>
    issues[cadence] * (1 + subscribers[cadence] / mailsPerSecond / 3600);
  const countHours = (what: keyof typeof metricsByEvent, times: number): number =>
    metricsByEvent[what].length * Math.min(hoursPerMonth, times);
  const price = 'cloudwatch.metricHour';
  return [
    toEstimatedUsage(price, 'publishing, at most', countHours('article', articles)),
    toEstimatedUsage(price, 'issues, at most', countHours('issue', countIssues(counts))),
    toEstimatedUsage(price, 'sending, at most', countHours('sending', addCounts(countByCadence(countSendingHours)))),
    toEstimatedUsage(price, 'signing up, at most', countHours('signUp', signUps)),
    toEstimatedUsage(price, 'bounces and complaints, at most', countHours('feedback', countFeedback(counts))),
  ];
};

/** Every call of a function begins a trace, but for those that sampling leaves out. */
const countTraceUsage = (work: readonly UsageRow[]): UsageRow[] => {
  const alwaysTraced = traceSampling.perSecond * 60 * minutesPerMonth;
  return work
    .filter(({ price }) => price === 'lambda.call')
    .map(({ what, quantity }) => {
      const traced = Math.min(quantity, alwaysTraced) + traceSampling.rateBeyond * Math.max(0, quantity - alwaysTraced);
      return toEstimatedUsage('xray.trace', what, traced);
    });
};
