import type { Cadence } from '../../../functions/core/publication.ts';
import {
  hoursInMonth,
  logged,
  metricsOf,
  minutesInMonth,
  monthsOfLogs,
  sampling,
  signUp,
  stack,
  tick,
} from './assumptions.ts';
import { copiesOf, feedbackOf, issuesOf, kilobytesInGigabyte, type MonthCounts } from './month-counts.ts';
import { measuredAt, sendingUsage } from './sending-usage.ts';
import { counted, estimated, type Usage } from './usage.ts';

/**
 * What it takes to watch the work.
 * @param work all that is done in the month
 */
export const watchingUsage = (counts: MonthCounts, work: readonly Usage[]): Usage[] => [
  ...watchedUsage(counts),
  ...metricUsage(counts),
  ...traceUsage(work),
];

/** Alarms, dashboard and logs. */
const watchedUsage = (counts: MonthCounts): Usage[] => {
  const { articles, signUps, mailsPerSecond } = counts;
  const sending = sendingUsage(copiesOf(counts), mailsPerSecond, measuredAt(mailsPerSecond));
  const kilobytes =
    articles * logged.article +
    sending.calls * logged.delivery +
    signUps * signUp.requests * logged.request +
    minutesInMonth * tick.kilobytesLogged;
  return [
    counted('cloudwatch.alarm', 'alarms', stack[counts.mailer].alarms),
    counted('cloudwatch.dashboard', 'dashboards', stack[counts.mailer].dashboards),
    estimated('cloudwatch.logged', 'logs', kilobytes / kilobytesInGigabyte),
    estimated('cloudwatch.logStored', 'logs', (kilobytes * monthsOfLogs) / kilobytesInGigabyte),
  ];
};

/** At most: what happens twice in an hour is billed once. */
const metricUsage = (counts: MonthCounts): Usage[] => {
  const { articles, signUps, issues, subscribers, mailsPerSecond } = counts;
  // An issue is on its way in the hour that it begins in, and as long as the rate makes it.
  const hoursOfSending = (cadence: Cadence): number =>
    issues[cadence] * (1 + subscribers[cadence] / mailsPerSecond / 3600);
  const hours = (what: keyof typeof metricsOf, times: number): number =>
    metricsOf[what].length * Math.min(hoursInMonth, times);
  const price = 'cloudwatch.metricHour';
  return [
    estimated(price, 'publishing, at most', hours('article', articles)),
    estimated(price, 'issues, at most', hours('issue', issuesOf(counts))),
    estimated(
      price,
      'sending, at most',
      hours('sending', hoursOfSending('daily') + hoursOfSending('weekly')),
    ),
    estimated(price, 'signing up, at most', hours('signUp', signUps)),
    estimated(price, 'bounces and complaints, at most', hours('feedback', feedbackOf(counts))),
  ];
};

/** Every call of a function begins a trace, but for those that sampling leaves out. */
const traceUsage = (work: readonly Usage[]): Usage[] => {
  const always = sampling.perSecond * 60 * minutesInMonth;
  return work
    .filter(({ price }) => price === 'lambda.call')
    .map(({ what, quantity }) => {
      const traced = Math.min(quantity, always) + sampling.beyond * Math.max(0, quantity - always);
      return estimated('xray.trace', what, traced);
    });
};
