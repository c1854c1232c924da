export interface Pause {
  readonly at: string;
  readonly reason: string;
  /** Issues are not composed either: the table may not know yet what readers have. */
  readonly holdsComposing?: boolean;
}

/** How fast mails may be sent, shared by everything that sends. Instants in milliseconds since 1970. */
export interface RateLimit {
  /** Incremented by each change, which is conditional on the revision it was decided from. */
  readonly revision: number;
  readonly nextAt: number;
  /** The mailer's limits, less what has been reserved since they were read. */
  readonly limits?: { readonly perSecond: number; readonly leftToday: number; readonly readAt: number };
  readonly paused?: Pause;
}

export type Reservation =
  | { readonly kind: 'granted'; readonly count: number; readonly at: number; readonly rateLimit: RateLimit }
  /** The limits have not been read, or too long ago. */
  | { readonly kind: 'limitsUnknown' }
  | { readonly kind: 'paused'; readonly reason: string }
  | { readonly kind: 'quotaExhausted' }
  | { readonly kind: 'rateExhausted'; readonly at: number };

/** Milliseconds. SES answers `GetAccount` at most once a second. */
const limitsTtlMs = 60_000;
/** The part of the day's quota that issues leave for confirmations and welcomes. */
const reservedMails = 10;

/**
 * Reserves a part of the send rate. A call must not be for more recipients than the account sends in a second: SES
 * may refuse the rest.
 * @param wanted recipients, at least one
 * @param latest the last instant that is of use
 */
export const reserve = (
  rateLimit: RateLimit,
  { now, wanted, latest }: { readonly now: number; readonly wanted: number; readonly latest: number },
): Reservation => {
  const { limits, paused } = rateLimit;
  if (paused) return { kind: 'paused', reason: paused.reason };
  if (!limits || now - limits.readAt >= limitsTtlMs) return { kind: 'limitsUnknown' };
  const left = limits.leftToday - reservedMails;
  if (left < 1) return { kind: 'quotaExhausted' };
  const at = Math.max(now, rateLimit.nextAt);
  if (at > latest) return { kind: 'rateExhausted', at };
  const count = Math.min(wanted, left, Math.max(1, Math.floor(limits.perSecond)));
  return {
    kind: 'granted',
    count,
    at,
    rateLimit: {
      ...rateLimit,
      nextAt: at + Math.ceil((count * 1000) / limits.perSecond),
      limits: { ...limits, leftToday: limits.leftToday - count },
    },
  };
};

/** Milliseconds. The recipients of calls that begin within this time are read at once. */
const roundMs = 1000;

/** When and for how many recipients the mailer may be called. */
export interface CallSlot {
  readonly count: number;
  readonly at: number;
  /** The begin of the first call of its round. */
  readonly roundAt: number;
}

export type SlotsReservation =
  | { readonly kind: 'granted'; readonly slots: readonly CallSlot[]; readonly rateLimit: RateLimit }
  | Exclude<Reservation, { kind: 'granted' }>;

/**
 * Reserves a part of the send rate for several calls, one after the other: the calls of a fast account overlap.
 * @param wanted recipients of each call
 * @returns slots for the first of them, as many as there are
 */
export const reserveSlots = (
  rateLimit: RateLimit,
  { now, wanted, latest }: { readonly now: number; readonly wanted: readonly number[]; readonly latest: number },
): SlotsReservation => {
  const slots: CallSlot[] = [];
  let reserved = rateLimit;
  for (const each of wanted) {
    const reservation = reserve(reserved, { now, wanted: each, latest });
    if (reservation.kind !== 'granted')
      return slots.length > 0 ? { kind: 'granted', slots, rateLimit: reserved } : reservation;
    const { count, at } = reservation;
    const roundAt = slots.at(-1)?.roundAt ?? at;
    slots.push({ count, at, roundAt: at - roundAt < roundMs ? roundAt : at });
    reserved = reservation.rateLimit;
  }
  return { kind: 'granted', slots, rateLimit: reserved };
};
