import {
  type Subscriber,
  subscriberSchema,
} from '../../../functions/core/newsletter/subscriber/subscriber-record.ts';
import { newsletterKeyPrefixes } from '../../../functions/platform/contract.ts';
import { type ScannedTable, scanItems } from '../connection/scan-items.ts';

/**
 * Everybody on the list, whatever their state, a page at a time and in no order that means anything. It reads the whole
 * table, articles and all: no key leads to those who are not active, since no function asks for them.
 */
export const scanSubscribers = (ledger: ScannedTable): AsyncGenerator<readonly Subscriber[]> =>
  scanItems(ledger, newsletterKeyPrefixes.subscriber, subscriberSchema);
