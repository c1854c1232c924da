import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { type Subscriber, subscriberSchema } from '../../../functions/core/newsletter/records.ts';
import { ledgerKeys, tableKeys } from '../../../functions/runtime/contract.ts';
import type { Ledger } from '../newsletter/open-ledger.ts';

/**
 * Everybody on the list, whatever their state, a page at a time and in no order that means anything. It reads the whole
 * table, articles and all: no key leads to those who are not active, since no function asks for them.
 */
export async function* scanSubscribers({
  dynamo,
  tableName,
}: Pick<Ledger, 'dynamo' | 'tableName'>): AsyncGenerator<readonly Subscriber[]> {
  const pages = paginateScan(
    { client: dynamo },
    {
      TableName: tableName,
      FilterExpression: 'begins_with(#pk, :prefix)',
      ExpressionAttributeNames: { '#pk': tableKeys.partition },
      ExpressionAttributeValues: { ':prefix': ledgerKeys.subscriber },
    },
  );
  for await (const { Items = [] } of pages) yield Items.map((item) => subscriberSchema.parse(item));
}
