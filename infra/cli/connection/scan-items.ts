import { paginateScan } from '@aws-sdk/lib-dynamodb';
import type { z } from 'zod';
import { keyAttributes } from '../../../functions/platform/contract.ts';
import type { CliServices } from './create-cli-services.ts';

export type ScannedTable = Pick<CliServices, 'dynamo' | 'tableName'>;

/** Reads the whole table for the items whose partition key has a prefix, a page at a time, in no particular order. */
export async function* scanItems<T>(
  { dynamo, tableName }: ScannedTable,
  prefix: string,
  schema: z.ZodType<T>,
): AsyncGenerator<readonly T[]> {
  const pages = paginateScan(
    { client: dynamo },
    {
      TableName: tableName,
      FilterExpression: 'begins_with(#pk, :prefix)',
      ExpressionAttributeNames: { '#pk': keyAttributes.partition },
      ExpressionAttributeValues: { ':prefix': prefix },
    },
  );
  for await (const { Items = [] } of pages) yield Items.map((item) => schema.parse(item));
}
