import type { MailStore } from './mail-store.ts';

export interface QuotaSettings {
  /** Recipients a second. */
  readonly perSecond: number;
  /** Recipients in 24 hours. */
  readonly perDay: number;
}

const dayMs = 24 * 60 * 60 * 1000;

export const createQuota = ({ perSecond, perDay }: QuotaSettings, mails: MailStore, now: () => Date) => {
  let tokens = perSecond;
  let last = now().getTime();
  const countSentLastDay = (): number => mails.countSince(now().getTime() - dayMs);
  return {
    perSecond,
    perDay,
    countSentLastDay,
    /** Takes the token of one recipient, or returns which limit is reached. */
    takeToken: (): 'taken' | 'rate' | 'day' => {
      const at = now().getTime();
      tokens = Math.min(perSecond, tokens + (Math.max(0, at - last) / 1000) * perSecond);
      last = at;
      if (tokens < 1) return 'rate';
      if (countSentLastDay() >= perDay) return 'day';
      tokens -= 1;
      return 'taken';
    },
  };
};

export type Quota = ReturnType<typeof createQuota>;
