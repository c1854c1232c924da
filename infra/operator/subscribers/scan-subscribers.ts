import { type Subscriber, subscriberSchema } from '../../../functions/core/newsletter/records.ts';
import { ledgerKeys } from '../../../functions/runtime/contract.ts';
import type { Ledger } from '../newsletter/open-ledger.ts';
import { scanTable } from '../scan-table.ts';

/** Everybody on the list, whatever their state: no key leads to those who are not active, since no function asks for them. */
export const scanSubscribers = (
  ledger: Pick<Ledger, 'dynamo' | 'tableName'>,
): AsyncGenerator<readonly Subscriber[]> => scanTable(ledger, ledgerKeys.subscriber, subscriberSchema);
