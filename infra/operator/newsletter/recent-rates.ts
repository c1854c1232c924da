import type { NewsletterStores } from './open-ledger.ts';

/** Days that are told of, with the present one. */
const shownDays = 7;

/** Bounces and complaints by the day on which the mails left, newest first, of those on which any did. */
export const readRecentRates = async ({
  rateLimit: pace,
  now,
}: Pick<NewsletterStores, 'rateLimit' | 'now'>) => {
  const dates = Array.from({ length: shownDays }, (_, back) =>
    new Date(now().getTime() - back * 24 * 60 * 60 * 1000).toISOString().slice(0, 10),
  );
  const counted = await Promise.all(
    dates.map(async (day) => {
      const { sent, bounces, complaints } = await pace.getDay(day);
      return { day, sent, bounces, complaints };
    }),
  );
  return counted.filter(({ sent, bounces, complaints }) => sent + bounces + complaints > 0);
};

export type DayRates = Awaited<ReturnType<typeof readRecentRates>>[number];

const formatPercent = (part: number, whole: number): string =>
  `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;

/** `2026-11-24: 6 of 100 bounced (6.00 %; the limit is 5 %), 0 complained (0.00 %; 0.1 %)`. */
export const formatDayRates = ({ day, sent, bounces, complaints }: DayRates): string =>
  `${day}: ${bounces} of ${sent} bounced (${formatPercent(bounces, sent)}; the limit is 5 %), ${complaints} complained (${formatPercent(complaints, sent)}; the limit is 0.1 %)`;
