import * as z from 'zod';
import { cadences } from '../../publication.ts';
import { consentSchema } from './consent.ts';
import { passedCadenceSchema, progressSchema } from './progress.ts';
import { confirmationTtlMs } from './token.ts';

/** `key` is a keyed hash of the address: it stays after erasure. `since` is the instant of the current state. */
const commonFields = { key: z.string(), since: z.string() };
/** In the table it is text, which a condition of a write can compare as a whole. */
const storedAsText = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' ? JSON.parse(value) : value), schema);

/** They stay when the reader leaves: whoever comes back is mailed nothing twice. */
const ledgerFields = {
  progress: storedAsText(progressSchema).exactOptional(),
  /** Oldest first. */
  passed: storedAsText(z.array(passedCadenceSchema)).exactOptional(),
};
/** Slugs of the topics that they chose; absent where they want all articles. */
const chosenTopics = storedAsText(z.array(z.string())).exactOptional();
const reachableFields = { ...commonFields, email: z.string(), cadence: z.enum(cadences), ...consentSchema.shape };
const activeFields = {
  ...reachableFields,
  ...ledgerFields,
  topics: chosenTopics,
  paused: z.boolean(),
  /** When the pause ends; absent where it ends only by the reader. */
  pausedUntil: z.string().exactOptional(),
  softBounces: z.number(),
  /** What they chose, where the publication does not offer it any more: they get a quieter cadence. */
  chosenCadence: z.enum(cadences).exactOptional(),
};
/** The address goes some time after they left: only the keyed hash then keeps them off. */
const leftFields = {
  ...commonFields,
  ...ledgerFields,
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
  z.object({ state: z.literal('pending'), ...reachableFields, topics: chosenTopics }),
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

export type ActiveSubscriber = Extract<Subscriber, { state: 'active' }>;

/** Whether a reader gets no issue at an instant, by their own choice. */
export const isPaused = ({ paused, pausedUntil }: ActiveSubscriber, now: string): boolean =>
  paused && (pausedUntil === undefined || now < pausedUntil);

export const toSignUpExpiry = ({ since }: Pick<Subscriber, 'since'>): number => Date.parse(since) + confirmationTtlMs;

/** DynamoDB may take days to delete an expired sign-up: until then, it counts as deleted. */
export const isExpiredSignUp = (subscriber: Subscriber, now: Date): boolean =>
  subscriber.state === 'pending' && toSignUpExpiry(subscriber) < now.getTime();
