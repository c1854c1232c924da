import { type Pace, quietFor, reserve } from '../core/newsletter/pace.ts';
import type { DeliveringServices } from './services.ts';

/** Leave to call the mailer for some recipients at an instant; or why not now, and for how many seconds. */
export type Slot =
  | { readonly kind: 'granted'; readonly count: number; readonly at: number }
  | { readonly kind: 'held'; readonly seconds: number; readonly reason: string };

/** Seconds. What is held for as long looks again: a message cannot be held back for longer. */
export const longestHold = 900;
/** How often a reservation is made anew when others reserve at the same time. */
const attempts = 50;

/**
 * Reserves a part of the send rate that all deliveries share.
 * @param latest milliseconds since 1970: a later slot is of no use
 */
export const reserveSlot = async (
  services: DeliveringServices,
  wanted: number,
  latest: number,
): Promise<Slot> => {
  const { publication, pace, now } = services;
  const quiet = quietFor(publication, now());
  if (quiet > 0) return { kind: 'held', seconds: quiet / 1000, reason: 'quiet hours' };
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const read = await pace.get();
    const at = now().getTime();
    const reserved = reserve(read, { now: at, wanted, latest });
    if (reserved.kind === 'unread') {
      const failed = await readLimits(services, read, at);
      if (failed !== undefined) return { kind: 'held', seconds: 5, reason: failed };
    } else if (reserved.kind === 'granted') {
      if (await pace.share(read, reserved.pace))
        return { kind: 'granted', count: reserved.count, at: reserved.at };
    } else if (reserved.kind === 'busy') {
      return { kind: 'held', seconds: (reserved.at - at) / 1000, reason: 'the rate is given away' };
    } else {
      const reason = reserved.kind === 'paused' ? `paused: ${reserved.reason}` : "the day's quota is used up";
      return { kind: 'held', seconds: longestHold, reason };
    }
  }
  return { kind: 'held', seconds: 5, reason: 'others reserve at the same time' };
};

/**
 * Asks the mailer for its limits, which one of all that deliver does at a time: SES answers once a second.
 * @returns why they could not be read; what is known goes on to hold for the others
 */
const readLimits = async (
  { pace, mailer }: DeliveringServices,
  read: Pace,
  readAt: number,
): Promise<string | undefined> => {
  if (read.limits) {
    const claimed = await pace.share(read, { next: read.next, limits: { ...read.limits, readAt } });
    if (!claimed) return undefined;
  }
  try {
    await pace.learn({ ...(await mailer.limits()), readAt });
    return undefined;
  } catch (error) {
    return `the limits could not be read: ${String(error)}`;
  }
};
