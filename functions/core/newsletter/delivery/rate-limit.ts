/** How fast mails may leave, shared by all that send. Instants in milliseconds since 1970. */
export interface RateLimit {
  /** Counts the changes: each is made on condition that there was none since it was decided. */
  readonly revision: number;
  /** When the next mail may leave. */
  readonly nextAt: number;
  /** What the mailer said it would take, less what was reserved since. */
  readonly limits?: { readonly perSecond: number; readonly leftToday: number; readonly readAt: number };
  /** Sending stands still until an operator resumes it. */
  readonly paused?: { readonly at: string; readonly reason: string };
}

/** What a reservation comes to. `count` recipients may be called at the instant `at`. */
export type Reservation =
  | { readonly kind: 'granted'; readonly count: number; readonly at: number; readonly rateLimit: RateLimit }
  /** The limits are not known, or old. */
  | { readonly kind: 'unread' }
  | { readonly kind: 'paused'; readonly reason: string }
  /** The day's quota is used up. */
  | { readonly kind: 'spent' }
  /** The rate is given away up to `at`. */
  | { readonly kind: 'busy'; readonly at: number };

/** Milliseconds. The limits are read once a minute: SES answers `GetAccount` once a second. */
const limitsTtlMs = 60_000;
/** Of the day's quota, what issues leave to confirmations and welcomes. */
const reservedMails = 10;

/**
 * Reserves a part of the send rate. A call must not be for more recipients than the account sends in a second: SES
 * may refuse the rest.
 * @param wanted recipients, at least one
 * @param latest the last instant that is of use
 */
export const reserve = (
  pace: RateLimit,
  { now, wanted, latest }: { readonly now: number; readonly wanted: number; readonly latest: number },
): Reservation => {
  const { limits, paused } = pace;
  if (paused) return { kind: 'paused', reason: paused.reason };
  if (!limits || now - limits.readAt >= limitsTtlMs) return { kind: 'unread' };
  const left = limits.leftToday - reservedMails;
  if (left < 1) return { kind: 'spent' };
  const at = Math.max(now, pace.nextAt);
  if (at > latest) return { kind: 'busy', at };
  const count = Math.min(wanted, left, Math.max(1, Math.floor(limits.perSecond)));
  const next = at + Math.ceil((count * 1000) / limits.perSecond);
  return {
    kind: 'granted',
    count,
    at,
    rateLimit: { ...pace, nextAt: next, limits: { ...limits, leftToday: limits.leftToday - count } },
  };
};
