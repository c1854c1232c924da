/**
 * As much of DynamoDB, SQS and SES as an issue needs on its way, over HTTP: the table in memory with a computed roster,
 * a queue that forgets what it takes, and a mailer that takes everything. Requests are counted, and DynamoDB's units.
 */
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { serve } from '../../infra/local/http-server.ts';
import { holds, type Places, updated } from '../expressions.ts';
import { createRoster } from './roster.ts';
import { bytesOf, plain, wired } from './wire-values.ts';

type Item = Record<string, unknown>;
interface Reply {
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
type Body = z.infer<typeof bodySchema>;
const bulkSchema = z.object({ BulkEmailEntries: z.array(z.unknown()) });
const keySchema = z.object({ pk: z.string(), sk: z.string() });

const done = (body: object): Reply => ({ status: 200, body });

/**
 * @param readers how many the roster has
 * @param perSecond what the mailer says it would take
 * @param first what the table has at first
 */
export const startNullAws = async (
  { readers, perSecond }: { readonly readers: number; readonly perSecond: number },
  first: readonly (Item & { readonly pk: string; readonly sk: string })[],
) => {
  const roster = createRoster(readers);
  const partitions = new Map<string, Map<string, Item>>();
  const units = { read: 0, written: 0 };
  const requests = new Map<string, number>();
  let mails = 0;
  const partition = (pk: string): Map<string, Item> => {
    const found = partitions.get(pk) ?? new Map<string, Item>();
    partitions.set(pk, found);
    return found;
  };
  for (const item of first) partition(item.pk).set(item.sk, item);

  const find = (key: unknown): object | undefined => {
    const { pk, sk } = keySchema.parse(plain(key));
    return sk === 'SUBSCRIBER' ? roster.reader(pk.slice('SUBSCRIBER#'.length)) : partition(pk).get(sk);
  };
  const readStrongly = (item: object | undefined): void => {
    units.read += Math.max(1, Math.ceil(bytesOf(item ?? {}) / 4096));
  };

  const query = ({ IndexName, Limit, ExpressionAttributeValues }: Body): Reply => {
    const values = plain(ExpressionAttributeValues);
    const found = IndexName
      ? roster.page(
          String(values[':partition']).slice(-1),
          values[':after'] === undefined ? undefined : String(values[':after']).slice('SUBSCRIBER#'.length),
          Limit,
        )
      : [...partition(String(values[':pk'])).values()].slice(-Limit);
    const read = found.reduce((sum, item) => sum + bytesOf(item), 0);
    // Of an index, half the price: it is read eventually consistent.
    units.read += Math.max(1, Math.ceil(read / 4096)) / (IndexName ? 2 : 1);
    return done({ Items: found.map(wired), Count: found.length });
  };

  const update = (body: Body): Reply => {
    const key = keySchema.parse(plain(body.Key));
    const before = partition(key.pk).get(key.sk);
    const places: Places = {
      names: body.ExpressionAttributeNames,
      values: plain(body.ExpressionAttributeValues),
      used: new Set(),
    };
    const { ConditionExpression: condition } = body;
    if (condition !== undefined && !holds(before ?? {}, condition, places)) {
      units.written += Math.max(1, Math.ceil(bytesOf(before ?? {}) / 1024));
      const __type = 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException';
      return { status: 400, body: { __type, message: 'The conditional request failed' } };
    }
    const after = { ...updated({ ...before, ...key }, body.UpdateExpression, places), ...key };
    units.written += Math.ceil(Math.max(bytesOf(before ?? {}), bytesOf(after)) / 1024);
    partition(key.pk).set(key.sk, after);
    return done(body.ReturnValues === 'NONE' ? {} : { Attributes: wired(after) });
  };

  const answerTable = (operation: string, body: Body): Reply => {
    if (operation === 'GetItem') {
      const item = find(body.Key);
      readStrongly(item);
      return done(item ? { Item: wired(item) } : {});
    }
    if (operation === 'BatchGetItem') {
      const answers = Object.entries(body.RequestItems).map(([table, { Keys }]) => {
        const items = Keys.map(find);
        for (const item of items) readStrongly(item);
        return [table, items.flatMap((item) => (item ? [wired(item)] : []))];
      });
      return done({ Responses: Object.fromEntries(answers), UnprocessedKeys: {} });
    }
    if (operation === 'Query') return query(body);
    if (operation === 'UpdateItem') return update(body);
    throw new Error(`${operation} is not known here`);
  };

  const answer = async (request: IncomingMessage): Promise<Reply> => {
    const [service, operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
    const sent = await text(request);
    const name = operation || (request.url === '/v2/email/account' ? 'GetAccount' : 'SendBulkEmail');
    requests.set(name, (requests.get(name) ?? 0) + 1);
    if (service?.startsWith('DynamoDB')) return answerTable(operation, bodySchema.parse(JSON.parse(sent)));
    if (service === 'AmazonSQS') return done({ MessageId: 'taken', Successful: [], Failed: [] });
    if (name === 'GetAccount')
      return done({ SendingEnabled: true, SendQuota: { Max24HourSend: -1, MaxSendRate: perSecond } });
    const { BulkEmailEntries } = bulkSchema.parse(JSON.parse(sent));
    mails += BulkEmailEntries.length;
    const results = BulkEmailEntries.map((_, place) => ({ Status: 'SUCCESS', MessageId: `mail-${place}` }));
    return done({ BulkEmailEntryResults: results });
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
    take: () => {
      const taken = { requests: Object.fromEntries(requests), ...units, mails };
      requests.clear();
      [units.read, units.written, mails] = [0, 0, 0];
      return taken;
    },
    items: (pk: string): Item[] => [...partition(pk).values()],
    close: server.close,
  };
};
