import type { CliServices } from '../connection/create-cli-services.ts';
import { scanSubscribers } from './scan-subscribers.ts';
import type { SubscriberState } from './subscriber-states.ts';

/** How many subscribers there are in each state. */
export const countSubscribers = async (
  ledger: Pick<CliServices, 'dynamo' | 'tableName'>,
): Promise<Record<SubscriberState, number>> => {
  const counts = { active: 0, pending: 0, unsubscribed: 0, bounced: 0, complained: 0, erased: 0 };
  for await (const page of scanSubscribers(ledger)) for (const { state } of page) counts[state] += 1;
  return counts;
};

/** A subscriber as a list shows them; of one who was erased there is the key alone. */
export interface ListedSubscriber {
  readonly key: string;
  readonly since: string;
  readonly email?: string;
  readonly cadence?: string;
}

/** Those who are in a state, with their addresses whole or masked. */
export async function* listSubscribers(
  ledger: Pick<CliServices, 'dynamo' | 'tableName'>,
  { state, addresses }: { readonly state: SubscriberState; readonly addresses: boolean },
): AsyncGenerator<ListedSubscriber> {
  for await (const page of scanSubscribers(ledger))
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

/** An address that is known again by who knows it, and tells others little: `a…@reader.example`. */
const maskAddress = (address: string): string => address.replace(/^(.)[^@]*/, '$1…');
