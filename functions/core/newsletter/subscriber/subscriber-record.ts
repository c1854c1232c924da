import * as z from 'zod';
import { cadences } from '../../publication.ts';
import { consentSchema } from './consent.ts';
import { confirmationTtlMs } from './token.ts';

/** `key` is a keyed hash of the address: it stays after erasure. `since` is the instant of the current state. */
const commonFields = { key: z.string(), since: z.string() };
const reachableFields = { ...commonFields, email: z.string(), cadence: z.enum(cadences), ...consentSchema.shape };
const activeFields = { ...reachableFields, paused: z.boolean(), softBounces: z.number() };
/** The address goes some time after they left: only the keyed hash then keeps them off. */
const leftFields = {
  ...commonFields,
  ...consentSchema.shape,
  email: z.string().exactOptional(),
  cadence: z.enum(cadences).exactOptional(),
  /** The key of the address that they have now. */
  movedTo: z.string().exactOptional(),
};

/**
 * One reader. A pending one expires. Only the confirmation of a new sign-up leads back from unsubscribed, bounced,
 * complained or erased; until then, the sign-up changes nothing. Of an erased reader only the keyed hash is left.
 *
 * A moving one has confirmed another address and gets nothing at this one. The record ends once they are active there.
 */
export const subscriberSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('pending'), ...reachableFields }),
  z.object({ state: z.literal('active'), ...activeFields }),
  z.object({
    state: z.literal('moving'),
    ...activeFields,
    movedTo: z.string(),
    newEmail: z.string(),
    requestedAt: z.string(),
  }),
  z.object({ state: z.literal('unsubscribed'), ...leftFields }),
  z.object({ state: z.literal('bounced'), ...leftFields }),
  z.object({ state: z.literal('complained'), ...leftFields }),
  z.object({ state: z.literal('erased'), ...commonFields }),
]);
export type Subscriber = z.infer<typeof subscriberSchema>;
export type SubscriberInState<State extends Subscriber['state'] = Subscriber['state']> = Subscriber & {
  readonly state: State;
};
export type LeftSubscriber = SubscriberInState<'unsubscribed' | 'bounced' | 'complained'>;

export const toSignUpExpiry = ({ since }: Pick<Subscriber, 'since'>): number => Date.parse(since) + confirmationTtlMs;

/** DynamoDB may take days to delete an expired sign-up: until then, it counts as deleted. */
export const isExpiredSignUp = (subscriber: Subscriber, now: Date): boolean =>
  subscriber.state === 'pending' && toSignUpExpiry(subscriber) < now.getTime();
