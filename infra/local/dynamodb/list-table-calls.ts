import { z } from 'zod';
import { formatArn } from '../base/aws-account.ts';
import { ServiceError } from '../base/service-error.ts';
import type { AccessContext } from '../iam/policy-conditions.ts';
import type { TablePlan } from './plan-tables.ts';

/** What a request does to one table or index. */
export interface TableCall {
  readonly action: string;
  readonly resource: string;
  readonly context: AccessContext;
}

const itemSchema = z.record(z.string(), z.record(z.string(), z.unknown()));
type Item = z.infer<typeof itemSchema>;

const targetSchema = z.object({ TableName: z.string(), Key: itemSchema.optional(), Item: itemSchema.optional() });
const querySchema = z.object({
  TableName: z.string(),
  IndexName: z.string().optional(),
  KeyConditionExpression: z.string().default(''),
  ExpressionAttributeNames: z.record(z.string(), z.string()).default({}),
  ExpressionAttributeValues: itemSchema.default({}),
});
const batchGetSchema = z.object({ RequestItems: z.record(z.string(), z.object({ Keys: z.array(itemSchema) })) });
const batchWriteSchema = z.object({
  RequestItems: z.record(
    z.string(),
    z.array(
      z.object({
        PutRequest: z.object({ Item: itemSchema }).optional(),
        DeleteRequest: z.object({ Key: itemSchema }).optional(),
      }),
    ),
  ),
});
const transactionSchema = z.object({ TransactItems: z.array(z.record(z.string(), targetSchema)) });
/** The actions of a transaction's entries, where their names are others. */
const transactionActions: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  ConditionCheck: 'ConditionCheckItem',
};

type FindPartition = (table: string, index?: string) => string;

const createPartitionFinder =
  (tables: ReadonlyMap<string, TablePlan>): FindPartition =>
  (name, index) => {
    const table = tables.get(name);
    const indexes = [...(table?.GlobalSecondaryIndexes ?? []), ...(table?.LocalSecondaryIndexes ?? [])];
    const schema =
      index === undefined ? table?.KeySchema : indexes.find(({ IndexName }) => IndexName === index)?.KeySchema;
    return schema?.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';
  };

const buildCall = (action: string, table: string, keys: readonly (string | undefined)[], index?: string): TableCall => {
  const found = keys.flatMap((key) => key ?? []);
  return {
    action: `dynamodb:${action}`,
    resource: formatArn('dynamodb', `table/${table}${index === undefined ? '' : `/index/${index}`}`),
    context: found.length > 0 ? { 'dynamodb:leadingkeys': found } : {},
  };
};

const readKey = (item: Item | undefined, partition: string): string | undefined => {
  const [value] = Object.values(item?.[partition] ?? {});
  return value === undefined ? undefined : String(value);
};

/** @throws {ServiceError} where it does not see the key: without one, a condition of all keys would hold */
const listQueryCalls = (input: unknown, findPartition: FindPartition): TableCall[] => {
  const { TableName, IndexName, KeyConditionExpression, ExpressionAttributeNames, ExpressionAttributeValues } =
    querySchema.parse(input);
  const partition = findPartition(TableName, IndexName);
  const equalities = [...KeyConditionExpression.matchAll(/(#?\w+)\s?=\s?(:\w+)/g)];
  const [, , value = ''] =
    equalities.find(([, name = '']) => (ExpressionAttributeNames[name] ?? name) === partition) ?? [];
  const key = readKey({ [partition]: ExpressionAttributeValues[value] ?? {} }, partition);
  if (key === undefined)
    throw new ServiceError(
      400,
      'com.amazon.coral.validate#ValidationException',
      `The local DynamoDB does not see the partition key in the query ${KeyConditionExpression}.`,
    );
  return [buildCall('Query', TableName, [key], IndexName)];
};

type ListCalls = (input: unknown, findPartition: FindPartition) => TableCall[];

const listTransactionCalls: ListCalls = (input, findPartition) =>
  transactionSchema
    .parse(input)
    .TransactItems.flatMap((entry) =>
      Object.entries(entry).map(([kind, { TableName, Key, Item }]) =>
        buildCall(transactionActions[kind] ?? kind, TableName, [readKey(Key ?? Item, findPartition(TableName))]),
      ),
    );

const listers: Readonly<Record<string, ListCalls>> = {
  Query: listQueryCalls,
  Scan: (input) => {
    const { TableName, IndexName } = querySchema.parse(input);
    return [buildCall('Scan', TableName, [], IndexName)];
  },
  BatchGetItem: (input, findPartition) =>
    Object.entries(batchGetSchema.parse(input).RequestItems).map(([table, { Keys }]) =>
      buildCall(
        'BatchGetItem',
        table,
        Keys.map((key) => readKey(key, findPartition(table))),
      ),
    ),
  BatchWriteItem: (input, findPartition) =>
    Object.entries(batchWriteSchema.parse(input).RequestItems).map(([table, requests]) =>
      buildCall(
        'BatchWriteItem',
        table,
        requests.map(({ PutRequest, DeleteRequest }) =>
          readKey(PutRequest?.Item ?? DeleteRequest?.Key, findPartition(table)),
        ),
      ),
    ),
  TransactWriteItems: listTransactionCalls,
  TransactGetItems: listTransactionCalls,
};

/**
 * The calls that a policy has to allow for a request, each with the partition keys that it reads or writes: the
 * condition key `dynamodb:LeadingKeys`.
 * @throws {z.ZodError | ServiceError} for a request that it does not understand
 */
export const listTableCalls = (
  operation: string,
  input: unknown,
  tables: ReadonlyMap<string, TablePlan>,
): TableCall[] => {
  const findPartition = createPartitionFinder(tables);
  const lister = listers[operation];
  if (lister) return lister(input, findPartition);
  const { TableName, Key, Item } = targetSchema.parse(input);
  return [buildCall(operation, TableName, [readKey(Key ?? Item, findPartition(TableName))])];
};
