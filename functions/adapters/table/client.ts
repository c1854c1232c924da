import { setTimeout as sleep } from 'node:timers/promises';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  type BatchWriteCommandInput,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  paginateQuery,
  QueryCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { z } from 'zod';
import { mapInParallel } from '../../platform/concurrency.ts';
import { splitIntoChunks } from '../../platform/split-into-chunks.ts';

/** Key of an item. Only the files in this folder build keys. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

export interface PartitionRange {
  readonly pk: string;
  /** The sort keys: those with a prefix, or a range with both ends. */
  readonly prefix?: string;
  /** Only together with `upTo`. */
  readonly from?: string;
  readonly upTo?: string;
  readonly newestFirst?: boolean;
  readonly limit?: number;
}

export interface IndexRange {
  readonly index: { readonly name: string; readonly partition: string; readonly sort: string };
  readonly partition: string;
  readonly after?: string | undefined;
  readonly limit: number;
}

type WriteRequests = NonNullable<BatchWriteCommandInput['RequestItems']>[string];
type ItemWrite = { readonly put: object & ItemKey } | { readonly delete: ItemKey };

/** Parts of one read or write of many items that are under way at once. */
const maxBatchesInParallel = 8;

/** The table's requests. Every read of the table is strongly consistent and parsed by a schema. */
export const createTableClient = (dynamo: DynamoDBDocumentClient, table: string) => ({
  get: async <T>(key: ItemKey, schema: z.ZodType<T>): Promise<T | undefined> => {
    const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
    return Item && schema.parse(Item);
  },

  getMany: async <T>(keys: readonly ItemKey[], schema: z.ZodType<T>): Promise<T[]> => {
    const readChunk = async (chunk: ItemKey[]): Promise<T[]> => {
      const found: T[] = [];
      let pending: Record<string, { Keys: ItemKey[]; ConsistentRead: boolean }> = {
        [table]: { Keys: chunk, ConsistentRead: true },
      };
      for (let attempt = 0; (pending[table]?.Keys.length ?? 0) > 0; attempt += 1) {
        if (attempt > 0) await backOff(attempt);
        const answer = await dynamo.send(new BatchGetCommand({ RequestItems: pending }));
        for (const item of answer.Responses?.[table] ?? []) found.push(schema.parse(item));
        const rest = answer.UnprocessedKeys?.[table]?.Keys ?? [];
        pending = { [table]: { Keys: rest.map(({ pk, sk }) => ({ pk, sk })), ConsistentRead: true } };
      }
      return found;
    };
    return (await mapInParallel(splitIntoChunks(keys, 100), readChunk, maxBatchesInParallel)).flat();
  },

  query: async <T>(range: PartitionRange, schema: z.ZodType<T>): Promise<T[]> => {
    const found: T[] = [];
    const limit = range.limit ?? Number.POSITIVE_INFINITY;
    const pages = paginateQuery(
      { client: dynamo },
      { TableName: table, ConsistentRead: true, ScanIndexForward: !range.newestFirst, ...buildKeyCondition(range) },
    );
    for await (const { Items } of pages) {
      for (const item of Items ?? []) found.push(schema.parse(item));
      if (found.length >= limit) break;
    }
    return found.slice(0, limit);
  },

  queryIndex: async <T>(range: IndexRange, schema: z.ZodType<T>): Promise<T[]> => {
    const { index, partition, after, limit } = range;
    const { Items = [] } = await dynamo.send(
      new QueryCommand({
        TableName: table,
        IndexName: index.name,
        Limit: limit,
        KeyConditionExpression:
          after === undefined ? '#partition = :partition' : '#partition = :partition AND #sort > :after',
        ExpressionAttributeNames: {
          '#partition': index.partition,
          ...(after !== undefined && { '#sort': index.sort }),
        },
        ExpressionAttributeValues: { ':partition': partition, ...(after !== undefined && { ':after': after }) },
      }),
    );
    return Items.map((item) => schema.parse(item));
  },

  /** Puts and deletes items, 25 in a request, in any order. Not atomic: callers must be able to repeat it. */
  writeMany: async (writes: readonly ItemWrite[]): Promise<void> => {
    const writeChunk = async (chunk: ItemWrite[]): Promise<void> => {
      let pending: WriteRequests = chunk.map((write) =>
        'put' in write ? { PutRequest: { Item: write.put } } : { DeleteRequest: { Key: write.delete } },
      );
      for (let attempt = 0; pending.length > 0; attempt += 1) {
        if (attempt > 0) await backOff(attempt);
        const answer = await dynamo.send(new BatchWriteCommand({ RequestItems: { [table]: pending } }));
        pending = answer.UnprocessedItems?.[table] ?? [];
      }
    };
    await mapInParallel(splitIntoChunks(writes, 25), writeChunk, maxBatchesInParallel);
  },

  /** Updates an item; gives its new attributes, or undefined where the condition does not hold. */
  update: async (
    key: ItemKey,
    change: Omit<UpdateCommandInput, 'TableName' | 'Key'>,
  ): Promise<Record<string, unknown> | undefined> => {
    try {
      const answer = await dynamo.send(
        new UpdateCommand({ TableName: table, Key: key, ReturnValues: 'ALL_NEW', ...change }),
      );
      return answer.Attributes ?? {};
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  },

  /** @returns whether the item had the value */
  deleteIf: async (key: ItemKey, attribute: string, value: string): Promise<boolean> => {
    try {
      await dynamo.send(
        new DeleteCommand({
          TableName: table,
          Key: key,
          ConditionExpression: '#attribute = :value',
          ExpressionAttributeNames: { '#attribute': attribute },
          ExpressionAttributeValues: { ':value': value },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  },
});

export type TableClient = ReturnType<typeof createTableClient>;

const buildKeyCondition = ({ pk, prefix, from, upTo, limit }: PartitionRange) => ({
  KeyConditionExpression:
    prefix !== undefined
      ? 'pk = :pk AND begins_with(sk, :prefix)'
      : upTo !== undefined
        ? `pk = :pk AND ${from === undefined ? 'sk <= :upTo' : 'sk BETWEEN :from AND :upTo'}`
        : 'pk = :pk',
  ExpressionAttributeValues: {
    ':pk': pk,
    ...(prefix !== undefined && { ':prefix': prefix }),
    ...(prefix === undefined && upTo !== undefined && { ':upTo': upTo, ...(from !== undefined && { ':from': from }) }),
  },
  ...(limit !== undefined && { Limit: limit }),
});

/** DynamoDB asks for exponential backoff before unprocessed keys and items are sent again. */
const backOff = (attempt: number): Promise<void> => sleep(Math.min(1000, 20 * 2 ** attempt));
