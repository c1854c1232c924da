import * as z from 'zod';
import { cadences } from '../../publication.ts';

/** `key` is a keyed hash of the address: it stays after erasure. `since` is the instant of the current state. */
const commonFields = { key: z.string(), since: z.string() };
const reachableFields = { ...commonFields, email: z.string(), cadence: z.enum(cadences) };

/**
 * One reader. Only a new sign-up and its confirmation lead back from unsubscribed, bounced or complained. Of an erased
 * reader nothing but the keyed hash is left, so that the address stays suppressed.
 */
export const subscriberSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('pending'),
    ...reachableFields,
    /** Was subscribed or signed up before. */
    isReturning: z.boolean(),
  }),
  z.object({
    state: z.literal('active'),
    ...reachableFields,
    paused: z.boolean(),
    softBounces: z.number(),
    /** For an imported subscriber: how they consented, in the other system's words. */
    consent: z.string().exactOptional(),
  }),
  z.object({ state: z.literal('unsubscribed'), ...reachableFields }),
  z.object({ state: z.literal('bounced'), ...reachableFields }),
  z.object({ state: z.literal('complained'), ...reachableFields }),
  z.object({ state: z.literal('erased'), ...commonFields }),
]);
export type Subscriber = z.infer<typeof subscriberSchema>;
