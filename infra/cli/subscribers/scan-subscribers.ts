import { type Subscriber, subscriberSchema } from '../../../functions/core/newsletter/subscriber/subscriber-record.ts';
import { keyPrefixes } from '../../../functions/platform/contract.ts';
import { type ScannedTable, scanItems } from '../connection/scan-items.ts';

export type SubscriberState = Subscriber['state'];

/**
 * All subscribers in all states, a page at a time and in no order. It reads the whole table, articles included: no key
 * leads to subscribers who are not active, since no function asks for them.
 */
export const scanSubscribers = (table: ScannedTable): AsyncGenerator<readonly Subscriber[]> =>
  scanItems(table, keyPrefixes.subscriber, subscriberSchema);
