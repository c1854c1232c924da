import { countQuietMs } from '../core/newsletter/delivery/quiet-hours.ts';
import { type CallSlot, type RateLimit, reserveSlots } from '../core/newsletter/delivery/rate-limit.ts';
import type { DeliverServices } from './services.ts';

/** When the mailer may be called for how many recipients; or for how many seconds to wait, and why. */
export type SendSlot =
  | ({ readonly kind: 'granted' } & CallSlot)
  | { readonly kind: 'held'; readonly seconds: number; readonly reason: string };

export interface SlotRequest {
  readonly wanted: number;
  /** The last instant that is of use. */
  readonly latest: number;
}

/** SQS delays a message by no more. What is held for longer is checked again then. */
export const maxDelaySeconds = 900;
const maxAttempts = 50;

/** Reserves a part of the send rate for each of some calls. @returns the slot of a request */
export const reserveSendSlots = async (
  services: DeliverServices,
  requests: readonly SlotRequest[],
): Promise<(request: SlotRequest) => SendSlot> => {
  const { publication, rateLimit, now } = services;
  const hold = (seconds: number, reason: string) => (): SendSlot => ({ kind: 'held', seconds, reason });
  const quietMs = countQuietMs(publication, now());
  if (quietMs > 0) return hold(quietMs / 1000, 'quiet hours');
  const wanted = requests.map((request) => request.wanted);
  const latest = Math.min(...requests.map((request) => request.latest));
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const current = await rateLimit.get();
    const at = now().getTime();
    const holdForRate = (nextAt: number) => hold((nextAt - at) / 1000, 'the rate is reserved by others');
    const reservation = reserveSlots(current, { now: at, wanted, latest });
    switch (reservation.kind) {
      case 'limitsUnknown': {
        const failure = await refreshLimits(services, current, at);
        if (failure !== undefined) return hold(5, failure);
        break;
      }
      case 'granted': {
        if (!(await rateLimit.replace(current, reservation.rateLimit))) break;
        const slots = new Map(reservation.slots.map((slot, index) => [requests[index], slot]));
        const holdOthers = holdForRate(reservation.rateLimit.nextAt);
        return (request) => {
          const slot = slots.get(request);
          return slot ? { kind: 'granted', ...slot } : holdOthers();
        };
      }
      case 'rateExhausted':
        return holdForRate(reservation.at);
      case 'paused':
        return hold(maxDelaySeconds, `paused: ${reservation.reason}`);
      case 'quotaExhausted':
        return hold(maxDelaySeconds, "the day's quota is used up");
    }
  }
  return hold(5, 'others reserve at the same time');
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
