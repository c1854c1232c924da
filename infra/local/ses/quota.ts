import type { Mails } from './mail-store.ts';

export interface QuotaSettings {
  /** Recipients a second; what was not used within a second is lost. */
  readonly perSecond: number;
  /** Recipients in 24 hours. */
  readonly perDay: number;
}

const day = 24 * 60 * 60 * 1000;

/** Enforces the account's rate and daily quota, both counted in recipients. */
export const createQuota = ({ perSecond, perDay }: QuotaSettings, mails: Mails, now: () => Date) => {
  let saved = perSecond;
  let last = now().getTime();
  const sentLastDay = (): number => mails.countSince(now().getTime() - day);
  return {
    perSecond,
    perDay,
    sentLastDay,
    /** Takes one recipient's share, or says what is used up. */
    take: (): 'taken' | 'rate' | 'day' => {
      const at = now().getTime();
      saved = Math.min(perSecond, saved + (Math.max(0, at - last) / 1000) * perSecond);
      last = at;
      if (saved < 1) return 'rate';
      if (sentLastDay() >= perDay) return 'day';
      saved -= 1;
      return 'taken';
    },
  };
};

export type Quota = ReturnType<typeof createQuota>;
