/**
 * As much of DynamoDB, SQS and SES as an issue needs on its way, over HTTP: the table in memory with a computed roster,
 * a queue that forgets what it takes, and a mailer that takes everything. Requests are counted, and DynamoDB's units.
 */
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { serve } from '../../infra/local/base/http-server.ts';
import { applyUpdate, type ExpressionAttributes, isConditionMet } from '../dynamodb-expressions.ts';
import { createComputedRecipients } from './computed-recipients.ts';
import { countItemBytes, fromWireAttributes, toWireAttributes } from './wire-values.ts';

type Item = Record<string, unknown>;
interface NullAwsReply {
  readonly status: number;
  readonly body: object;
}

const keysSchema = z.object({ Keys: z.array(z.unknown()) });
const bodySchema = z.object({
  Key: z.unknown().default({}),
  RequestItems: z.record(z.string(), keysSchema).default({}),
  IndexName: z.string().optional(),
  Limit: z.number().default(1),
  UpdateExpression: z.string().default(''),
  ConditionExpression: z.string().optional(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).default({}),
  ExpressionAttributeValues: z.unknown().default({}),
  ReturnValues: z.string().default('NONE'),
});
type DynamoRequestBody = z.infer<typeof bodySchema>;
const bulkSchema = z.object({ BulkEmailEntries: z.array(z.unknown()) });
const keySchema = z.object({ pk: z.string(), sk: z.string() });

export interface NullAwsOptions {
  /** How many the roster has. */
  readonly readers: number;
  /** How many different choices of topics they made. */
  readonly groups?: number;
  /** What the mailer says it would take. */
  readonly perSecond: number;
}

const toReply = (body: object): NullAwsReply => ({ status: 200, body });

/** @param initialItems what the table has at first */
export const startNullAws = async (
  { readers, groups, perSecond }: NullAwsOptions,
  initialItems: readonly (Item & { readonly pk: string; readonly sk: string })[],
) => {
  const recipients = createComputedRecipients(readers, groups);
  const partitions = new Map<string, Map<string, Item>>();
  const units = { read: 0, written: 0 };
  const requests = new Map<string, number>();
  let mails = 0;
  const getPartition = (pk: string): Map<string, Item> => {
    const found = partitions.get(pk) ?? new Map<string, Item>();
    partitions.set(pk, found);
    return found;
  };
  for (const item of initialItems) getPartition(item.pk).set(item.sk, item);

  const find = (key: unknown): object | undefined => {
    const { pk, sk } = keySchema.parse(fromWireAttributes(key));
    return sk === 'SUBSCRIBER' ? recipients.buildReader(pk.slice('SUBSCRIBER#'.length)) : getPartition(pk).get(sk);
  };
  const countStrongRead = (item: object | undefined): void => {
    units.read += Math.max(1, Math.ceil(countItemBytes(item ?? {}) / 4096));
  };

  const query = ({ IndexName, Limit, ExpressionAttributeValues }: DynamoRequestBody): NullAwsReply => {
    const values = fromWireAttributes(ExpressionAttributeValues);
    const found = IndexName
      ? recipients.listPage(
          String(values[':partition']).slice(-1),
          values[':after'] === undefined ? undefined : String(values[':after']).slice('SUBSCRIBER#'.length),
          Limit,
        )
      : [...getPartition(String(values[':pk'])).values()].slice(-Limit);
    const read = found.reduce((sum, item) => sum + countItemBytes(item), 0);
    // Of an index, half the price: it is read eventually consistent.
    units.read += Math.max(1, Math.ceil(read / 4096)) / (IndexName ? 2 : 1);
    return toReply({ Items: found.map(toWireAttributes), Count: found.length });
  };

  const update = (body: DynamoRequestBody): NullAwsReply => {
    const key = keySchema.parse(fromWireAttributes(body.Key));
    const before = getPartition(key.pk).get(key.sk);
    const places: ExpressionAttributes = {
      names: body.ExpressionAttributeNames,
      values: fromWireAttributes(body.ExpressionAttributeValues),
      used: new Set(),
    };
    const { ConditionExpression: condition } = body;
    if (condition !== undefined && !isConditionMet(before ?? {}, condition, places)) {
      units.written += Math.max(1, Math.ceil(countItemBytes(before ?? {}) / 1024));
      const __type = 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException';
      return { status: 400, body: { __type, message: 'The conditional request failed' } };
    }
    const after = { ...applyUpdate({ ...before, ...key }, body.UpdateExpression, places), ...key };
    units.written += Math.ceil(Math.max(countItemBytes(before ?? {}), countItemBytes(after)) / 1024);
    getPartition(key.pk).set(key.sk, after);
    return toReply(body.ReturnValues === 'NONE' ? {} : { Attributes: toWireAttributes(after) });
  };

  const answerTable = (operation: string, body: DynamoRequestBody): NullAwsReply => {
    if (operation === 'GetItem') {
      const item = find(body.Key);
      countStrongRead(item);
      return toReply(item ? { Item: toWireAttributes(item) } : {});
    }
    if (operation === 'BatchGetItem') {
      const answers = Object.entries(body.RequestItems).map(([table, { Keys }]) => {
        const items = Keys.map(find);
        for (const item of items) countStrongRead(item);
        return [table, items.flatMap((item) => (item ? [toWireAttributes(item)] : []))];
      });
      return toReply({ Responses: Object.fromEntries(answers), UnprocessedKeys: {} });
    }
    if (operation === 'Query') return query(body);
    if (operation === 'UpdateItem') return update(body);
    throw new Error(`${operation} is not known here`);
  };

  const answer = async (request: IncomingMessage): Promise<NullAwsReply> => {
    const [service, operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
    const sent = await text(request);
    const name = operation || (request.url === '/v2/email/account' ? 'GetAccount' : 'SendBulkEmail');
    requests.set(name, (requests.get(name) ?? 0) + 1);
    if (service?.startsWith('DynamoDB')) return answerTable(operation, bodySchema.parse(JSON.parse(sent)));
    if (service === 'AmazonSQS') return toReply({ MessageId: 'taken', Successful: [], Failed: [] });
    if (name === 'GetAccount')
      return toReply({ SendingEnabled: true, SendQuota: { Max24HourSend: -1, MaxSendRate: perSecond } });
    const { BulkEmailEntries } = bulkSchema.parse(JSON.parse(sent));
    mails += BulkEmailEntries.length;
    const results = BulkEmailEntries.map((_, place) => ({ Status: 'SUCCESS', MessageId: `mail-${place}` }));
    return toReply({ BulkEmailEntryResults: results });
  };

  const server = await serve((request, response) => {
    answer(request).then(
      ({ status, body }) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
      (error: unknown) => {
        console.error(error);
        response.writeHead(500).end();
      },
    );
  }, 0);

  return {
    endpoint: server.endpoint,
    /** What was asked for since this was called last: requests by operation, DynamoDB's request units, mails. */
    readCounts: () => {
      const taken = { requests: Object.fromEntries(requests), ...units, mails };
      requests.clear();
      [units.read, units.written, mails] = [0, 0, 0];
      return taken;
    },
    items: (pk: string): Item[] => [...getPartition(pk).values()],
    close: server.close,
  };
};
