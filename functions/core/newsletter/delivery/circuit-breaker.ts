/** What is known of the mails that left on one day, by whenever the feedback came. */
export interface DayCounts {
  readonly sent: number;
  readonly bounces: number;
  readonly complaints: number;
  /** What there was of each when it last stopped the sending. */
  readonly countsAtLastTrip?: { readonly bounces: number; readonly complaints: number };
}

/** Amazon looks into accounts at these rates: https://docs.aws.amazon.com/ses/latest/dg/reputation-dashboard-dg.html */
const maxRates = { bounces: 0.05, complaints: 0.001 } as const;

/**
 * A day of fewer mails is judged as one of so many: it takes six bounces or three complaints to stop anything, so
 * that one reader's mistake does not silence a small list.
 */
const minSentMails = { bounces: 100, complaints: 2000 } as const;

const isOverLimit = (day: DayCounts, what: 'bounces' | 'complaints'): boolean =>
  day[what] > maxRates[what] * Math.max(day.sent, minSentMails[what]) &&
  // Whoever resumed did so in the knowledge of what stopped it: it stops again when that has doubled.
  day[what] >= 2 * (day.countsAtLastTrip?.[what] ?? 0);

const formatPercent = (part: number, whole: number): string =>
  `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;

/** Why sending must stop, by the feedback on one day's mails; undefined while all is well. */
export const findTripReason = (day: DayCounts): string | undefined => {
  const { sent, bounces, complaints } = day;
  if (isOverLimit(day, 'complaints'))
    return `${complaints} of ${sent} readers complained (${formatPercent(complaints, sent)}; the limit is 0.1 %)`;
  if (isOverLimit(day, 'bounces'))
    return `${bounces} of ${sent} mails bounced (${formatPercent(bounces, sent)}; the limit is 5 %)`;
  return undefined;
};
