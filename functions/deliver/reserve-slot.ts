import { countQuietMs } from '../core/newsletter/delivery/quiet-hours.ts';
import { type RateLimit, reserve } from '../core/newsletter/delivery/rate-limit.ts';
import type { DeliverServices } from './services.ts';

/** When and for how many recipients the mailer may be called; or for how many seconds to wait, and why. */
export type SendSlot =
  | { readonly kind: 'granted'; readonly count: number; readonly at: number }
  | { readonly kind: 'held'; readonly seconds: number; readonly reason: string };

/** SQS delays a message by no more. What is held for longer is checked again then. */
export const maxDelaySeconds = 900;
const maxAttempts = 50;

export const reserveSlot = async (services: DeliverServices, wanted: number, latest: number): Promise<SendSlot> => {
  const { publication, rateLimit, now } = services;
  const quietMs = countQuietMs(publication, now());
  if (quietMs > 0) return { kind: 'held', seconds: quietMs / 1000, reason: 'quiet hours' };
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const current = await rateLimit.get();
    const at = now().getTime();
    const reservation = reserve(current, { now: at, wanted, latest });
    switch (reservation.kind) {
      case 'limitsUnknown': {
        const failure = await refreshLimits(services, current, at);
        if (failure !== undefined) return { kind: 'held', seconds: 5, reason: failure };
        break;
      }
      case 'granted':
        if (await rateLimit.replace(current, reservation.rateLimit))
          return { kind: 'granted', count: reservation.count, at: reservation.at };
        break;
      case 'rateExhausted':
        return {
          kind: 'held',
          seconds: (reservation.at - at) / 1000,
          reason: 'the rate is reserved by others',
        };
      case 'paused':
        return { kind: 'held', seconds: maxDelaySeconds, reason: `paused: ${reservation.reason}` };
      case 'quotaExhausted':
        return { kind: 'held', seconds: maxDelaySeconds, reason: "the day's quota is used up" };
    }
  }
  return { kind: 'held', seconds: 5, reason: 'others reserve at the same time' };
};

/**
 * Reads the mailer's limits. Only one invocation does at a time, since SES answers `GetAccount` once a second; the
 * others continue with the old limits.
 * @returns why they could not be read
 */
const refreshLimits = async (
  { rateLimit, mailer }: DeliverServices,
  current: RateLimit,
  readAt: number,
): Promise<string | undefined> => {
  const { nextAt, limits } = current;
  if (limits && !(await rateLimit.replace(current, { nextAt, limits: { ...limits, readAt } }))) return undefined;
  try {
    await rateLimit.setLimits({ ...(await mailer.readLimits()), readAt });
    return undefined;
  } catch (error) {
    return `the limits could not be read: ${String(error)}`;
  }
};
