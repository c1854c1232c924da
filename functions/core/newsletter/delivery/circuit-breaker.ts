export interface DayCounts {
  readonly sent: number;
  readonly bounces: number;
  readonly complaints: number;
  readonly countsAtLastTrip?: { readonly bounces: number; readonly complaints: number };
}

/** Amazon reviews accounts at these rates: https://docs.aws.amazon.com/ses/latest/dg/reputation-dashboard-dg.html */
const maxRates = { bounces: 0.05, complaints: 0.001 } as const;

/** A day of fewer mails counts as one of this many, so that one reader's mistake does not silence a small list. */
const minSentMails = { bounces: 100, complaints: 2000 } as const;

const isOverLimit = (day: DayCounts, kind: 'bounces' | 'complaints'): boolean =>
  day[kind] > maxRates[kind] * Math.max(day.sent, minSentMails[kind]) &&
  // The operator resumed knowing these counts: sending stops again when they have doubled.
  day[kind] >= 2 * (day.countsAtLastTrip?.[kind] ?? 0);

const formatPercent = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;

export const findTripReason = (day: DayCounts): string | undefined => {
  const { sent, bounces, complaints } = day;
  if (isOverLimit(day, 'complaints'))
    return `${complaints} of ${sent} readers complained (${formatPercent(complaints, sent)}; the limit is 0.1 %)`;
  if (isOverLimit(day, 'bounces'))
    return `${bounces} of ${sent} mails bounced (${formatPercent(bounces, sent)}; the limit is 5 %)`;
  return undefined;
};
