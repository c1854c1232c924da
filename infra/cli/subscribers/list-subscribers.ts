import {
  isExpiredSignUp,
  type Subscriber,
  subscriberSchema,
} from '../../../functions/core/newsletter/subscriber/subscriber-record.ts';
import { keyPrefixes } from '../../../functions/platform/contract.ts';
import { type ScannedTable, scanItems } from '../connection/scan-items.ts';

/** By state, and by the topics that active ones chose. */
export const countSubscribers = async (
  table: ScannedSubscribers,
): Promise<{
  readonly states: Readonly<Record<SubscriberState, number>>;
  readonly topics: Readonly<Record<string, number>>;
}> => {
  const counts = { active: 0, pending: 0, unsubscribed: 0, bounced: 0, complained: 0, moving: 0, erased: 0 };
  const topics = new Map<string, number>();
  for await (const page of scanSubscribers(table))
    for (const subscriber of page) {
      counts[subscriber.state] += 1;
      for (const slug of subscriber.state === 'active' ? (subscriber.topics ?? []) : [])
        topics.set(slug, (topics.get(slug) ?? 0) + 1);
    }
  return { states: counts, topics: Object.fromEntries(topics) };
};

export interface ListedSubscriber {
  readonly key: string;
  readonly since: string;
  readonly email?: string;
  readonly cadence?: string;
}

export async function* listSubscribers(
  table: ScannedSubscribers,
  { state, addresses }: { readonly state: SubscriberState; readonly addresses: boolean },
): AsyncGenerator<ListedSubscriber> {
  for await (const page of scanSubscribers(table))
    for (const subscriber of page) {
      if (subscriber.state !== state) continue;
      const { key, since } = subscriber;
      if (subscriber.state === 'erased') yield { key, since };
      else {
        const { email, cadence } = subscriber;
        yield {
          key,
          since,
          ...(cadence !== undefined && { cadence }),
          ...(email !== undefined && { email: addresses ? email : maskAddress(email) }),
        };
      }
    }
}

/** An address that tells little to those who do not know it: `a…@reader.example`. */
const maskAddress = (address: string): string => address.replace(/^(.)[^@]*/, '$1…');

export type SubscriberState = Subscriber['state'];

export type ScannedSubscribers = ScannedTable & { readonly now: () => Date };

/**
 * All subscribers in all states, a page at a time and in no order. It reads the whole table, articles included: no key
 * leads to subscribers who are not active, since no function asks for them.
 */
export async function* scanSubscribers(table: ScannedSubscribers): AsyncGenerator<readonly Subscriber[]> {
  for await (const page of scanItems(table, keyPrefixes.subscriber, subscriberSchema))
    yield page.filter((subscriber) => !isExpiredSignUp(subscriber, table.now()));
}
