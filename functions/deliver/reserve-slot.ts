import { countQuietMs } from '../core/newsletter/delivery/quiet-hours.ts';
import { type RateLimit, reserve } from '../core/newsletter/delivery/rate-limit.ts';
import type { DeliverServices } from './services.ts';

/** Leave to call the mailer for some recipients at an instant; or why not now, and for how many seconds. */
export type SendSlot =
  | { readonly kind: 'granted'; readonly count: number; readonly at: number }
  | { readonly kind: 'held'; readonly seconds: number; readonly reason: string };

/** Seconds. What is held for as long looks again: a message cannot be held back for longer. */
export const maxDelaySeconds = 900;
/** How often a reservation is made anew when others reserve at the same time. */
const maxAttempts = 50;

/**
 * Reserves a part of the send rate that all deliveries share.
 * @param latest milliseconds since 1970: a later slot is of no use
 */
export const reserveSlot = async (
  services: DeliverServices,
  wanted: number,
  latest: number,
): Promise<SendSlot> => {
  const { publication, rateLimit: pace, now } = services;
  const quiet = countQuietMs(publication, now());
  if (quiet > 0) return { kind: 'held', seconds: quiet / 1000, reason: 'quiet hours' };
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const read = await pace.get();
    const at = now().getTime();
    const reserved = reserve(read, { now: at, wanted, latest });
    if (reserved.kind === 'limitsUnknown') {
      const failed = await refreshLimits(services, read, at);
      if (failed !== undefined) return { kind: 'held', seconds: 5, reason: failed };
    } else if (reserved.kind === 'granted') {
      if (await pace.replace(read, reserved.rateLimit))
        return { kind: 'granted', count: reserved.count, at: reserved.at };
    } else if (reserved.kind === 'rateExhausted') {
      return { kind: 'held', seconds: (reserved.at - at) / 1000, reason: 'the rate is given away' };
    } else {
      const reason = reserved.kind === 'paused' ? `paused: ${reserved.reason}` : "the day's quota is used up";
      return { kind: 'held', seconds: maxDelaySeconds, reason };
    }
  }
  return { kind: 'held', seconds: 5, reason: 'others reserve at the same time' };
};

/**
 * Asks the mailer for its limits, which one of all that deliver does at a time: SES answers once a second.
 * @returns why they could not be read; what is known goes on to hold for the others
 */
const refreshLimits = async (
  { rateLimit: pace, mailer }: DeliverServices,
  read: RateLimit,
  readAt: number,
): Promise<string | undefined> => {
  if (read.limits) {
    const claimed = await pace.replace(read, { nextAt: read.nextAt, limits: { ...read.limits, readAt } });
    if (!claimed) return undefined;
  }
  try {
    await pace.setLimits({ ...(await mailer.readLimits()), readAt });
    return undefined;
  } catch (error) {
    return `the limits could not be read: ${String(error)}`;
  }
};
