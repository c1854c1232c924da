import * as z from 'zod';
import { cadences } from '../../publication.ts';
import { consentSchema } from './consent.ts';
import { confirmationTtlMs } from './token.ts';

/** `key` is a keyed hash of the address: it stays after erasure. `since` is the instant of the current state. */
const commonFields = { key: z.string(), since: z.string() };
const reachableFields = { ...commonFields, email: z.string(), cadence: z.enum(cadences), ...consentSchema.shape };

/**
 * One reader. A pending one expires. Only the confirmation of a new sign-up leads back from unsubscribed, bounced,
 * complained or erased; until then, the sign-up changes nothing. Of an erased reader only the keyed hash is left.
 */
export const subscriberSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('pending'), ...reachableFields }),
  z.object({
    state: z.literal('active'),
    ...reachableFields,
    paused: z.boolean(),
    softBounces: z.number(),
  }),
  z.object({ state: z.literal('unsubscribed'), ...reachableFields }),
  z.object({ state: z.literal('bounced'), ...reachableFields }),
  z.object({ state: z.literal('complained'), ...reachableFields }),
  z.object({ state: z.literal('erased'), ...commonFields }),
]);
export type Subscriber = z.infer<typeof subscriberSchema>;

export const toSignUpExpiry = ({ since }: Pick<Subscriber, 'since'>): number => Date.parse(since) + confirmationTtlMs;

/** DynamoDB may take days to delete an expired sign-up: until then, it counts as deleted. */
export const isExpiredSignUp = (subscriber: Subscriber, now: Date): boolean =>
  subscriber.state === 'pending' && toSignUpExpiry(subscriber) < now.getTime();
