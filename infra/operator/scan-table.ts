import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { z } from 'zod';
import { tableKeys } from '../../functions/runtime/contract.ts';

interface ScannedTable {
  readonly dynamo: DynamoDBDocumentClient;
  readonly tableName: string;
}

/**
 * Every item whose partition key begins so, a page at a time and in no order that means anything. It reads the whole
 * table: it is for questions that no key answers, which no function asks.
 */
export async function* scanTable<T>(
  { dynamo, tableName }: ScannedTable,
  prefix: string,
  schema: z.ZodType<T>,
): AsyncGenerator<readonly T[]> {
  const pages = paginateScan(
    { client: dynamo },
    {
      TableName: tableName,
      FilterExpression: 'begins_with(#pk, :prefix)',
      ExpressionAttributeNames: { '#pk': tableKeys.partition },
      ExpressionAttributeValues: { ':prefix': prefix },
    },
  );
  for await (const { Items = [] } of pages) yield Items.map((item) => schema.parse(item));
}
