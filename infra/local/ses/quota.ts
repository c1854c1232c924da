import { createTokenBucket } from '../base/create-token-bucket.ts';
import type { MailStore } from './mail-store.ts';

export interface QuotaSettings {
  /** Recipients a second. */
  readonly perSecond: number;
  /** Recipients in 24 hours. */
  readonly perDay: number;
}

const dayMs = 24 * 60 * 60 * 1000;

export const createQuota = ({ perSecond, perDay }: QuotaSettings, mails: MailStore, now: () => Date) => {
  const bucket = createTokenBucket({ perSecond, capacity: perSecond }, now);
  const countSentLastDay = (): number => mails.countSince(now().getTime() - dayMs);
  return {
    perSecond,
    perDay,
    countSentLastDay,
    /** Takes the token of one recipient, or returns which limit is reached. */
    takeToken: (): 'taken' | 'rate' | 'day' => {
      if (!bucket.hasToken()) return 'rate';
      if (countSentLastDay() >= perDay) return 'day';
      bucket.take();
      return 'taken';
    },
  };
};

export type Quota = ReturnType<typeof createQuota>;
