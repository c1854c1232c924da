import type { ScannedTable } from '../connection/scan-items.ts';
import { type SubscriberState, scanSubscribers } from './scan-subscribers.ts';

export const countSubscribers = async (table: ScannedTable): Promise<Record<SubscriberState, number>> => {
  const counts = { active: 0, pending: 0, unsubscribed: 0, bounced: 0, complained: 0, erased: 0 };
  for await (const page of scanSubscribers(table)) for (const { state } of page) counts[state] += 1;
  return counts;
};

export interface ListedSubscriber {
  readonly key: string;
  readonly since: string;
  readonly email?: string;
  readonly cadence?: string;
}

export async function* listSubscribers(
  table: ScannedTable,
  { state, addresses }: { readonly state: SubscriberState; readonly addresses: boolean },
): AsyncGenerator<ListedSubscriber> {
  for await (const page of scanSubscribers(table))
    for (const subscriber of page) {
      if (subscriber.state !== state) continue;
      const { key, since } = subscriber;
      if (subscriber.state === 'erased') yield { key, since };
      else {
        const { email, cadence } = subscriber;
        yield { key, since, cadence, email: addresses ? email : maskAddress(email) };
      }
    }
}

/** An address that tells little to those who do not know it: `a…@reader.example`. */
const maskAddress = (address: string): string => address.replace(/^(.)[^@]*/, '$1…');
