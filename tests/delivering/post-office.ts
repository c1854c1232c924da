import { AsyncLocalStorage } from 'node:async_hooks';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { createSesMailer } from '../../functions/adapters/ses-mailer.ts';
import { createBatchStore } from '../../functions/adapters/table/batches.ts';
import { createTableClient } from '../../functions/adapters/table/client.ts';
import { createSubscriberStore, keyOf } from '../../functions/adapters/table/subscribers.ts';
import type { DeliveryBatch } from '../../functions/core/newsletter/records.ts';
import { parsePublication } from '../../functions/core/publication.ts';
import { deliverMessages } from '../../functions/delivering/deliver-messages.ts';
import { recordFeedback } from '../../functions/delivering/record-feedback.ts';
import type { DeliveringServices } from '../../functions/delivering/services.ts';
import { createDeliveringServices } from '../../functions/runtime/delivering-services.ts';
import type { BusEvent } from '../../infra/local/events/bus-event.ts';
import type { QuotaSettings } from '../../infra/local/ses/quota.ts';
import { startSes } from '../../infra/local/ses/start-ses.ts';
import { startServers } from '../../infra/local/start-servers.ts';
import { settings } from '../publishing/press.ts';

const region = 'us-east-1';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const site = 'https://news.example';

/** A message of the deliveries queue and when it is due, in milliseconds since 1970. */
export interface Pending {
  readonly id: string;
  readonly body: string;
  readonly due: number;
}

/** What happens to one request of an invocation: nothing is heard of it, or it is done and nothing more is heard. */
export type Fault = {
  /** Counts from 1. */
  readonly at: number;
  readonly when: 'before' | 'after';
  /** `once`: that request alone fails; `killed`: so does all that comes after it, as where a process has died. */
  readonly how: 'once' | 'killed';
};

interface Invocation {
  readonly fault: Fault | undefined;
  requests: string[];
}

const invocations = new AsyncLocalStorage<Invocation>();

/** Lets the request of the invocation that its fault is for fail. */
const observed = async <T>(name: string, request: () => Promise<T>): Promise<T> => {
  const invocation = invocations.getStore();
  if (!invocation) return request();
  invocation.requests.push(name);
  const { fault, requests } = invocation;
  const count = requests.length;
  const isHit = fault !== undefined && count === fault.at;
  if (fault?.how === 'killed' && count > fault.at) throw new Error('killed before');
  if (isHit && fault.when === 'before') throw new Error(`${fault.how} at ${name}`);
  const answer = await request();
  if (isHit) throw new Error(`${fault.how} after ${name}`);
  return answer;
};

interface Observable {
  readonly middlewareStack: DynamoDBClient['middlewareStack'];
}

const observe = (client: Observable): void =>
  client.middlewareStack.add(
    (next, context) => (args) => observed(String(context.commandName), () => next(args)),
    { step: 'initialize', name: 'observe' },
  );

export interface OfficeOptions {
  readonly settings?: object;
  readonly quota?: Partial<QuotaSettings>;
}

/** Servers that many tests share; each test opens a post office of its own in them. */
export const startTown = async () => {
  const servers = await startServers({ buckets: ['desk'] });
  const s3 = new S3Client({ endpoint: servers.s3.endpoint, region, credentials, forcePathStyle: true });
  const dynamo = new DynamoDBClient({ endpoint: servers.dynamodb.endpoint, region, credentials });
  const sqs = new SQSClient({ endpoint: servers.sqs.endpoint, region, credentials });
  observe(dynamo);
  const document = DynamoDBDocumentClient.from(dynamo, { marshallOptions: { removeUndefinedValues: true } });
  let offices = 0;
  return {
    open: (options: OfficeOptions = {}) => {
      offices += 1;
      return openOffice({ s3, sqs, dynamo, document, table: `table-${offices}` }, options);
    },
    stop: async (): Promise<void> => {
      for (const client of [s3, dynamo, sqs]) client.destroy();
      await servers.close();
    },
  };
};

interface Clients {
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly dynamo: DynamoDBClient;
  readonly document: DynamoDBDocumentClient;
  readonly table: string;
}

export const letter = {
  subject: 'News of {{braces}}',
  html: '<html lang="en"><body><p>News</p><a href="{{unsubscribe}}">Leave</a> <a href="{{preferences}}">Choose</a></body></html>',
  text: 'News\n\nLeave: {{unsubscribe}}\nChoose: {{preferences}}\n',
};

/** Delivery on real servers, with a clock and a queue in the test's hands. */
const openOffice = async ({ s3, sqs, dynamo, document, table }: Clients, options: OfficeOptions) => {
  await createTable(dynamo, table);
  let clock = Date.parse('2026-11-02T12:00:00Z');
  const now = () => new Date(clock);
  const ses = await startSes({ now, quota: { perSecond: 10, ...options.quota } });
  const sesClient = new SESv2Client({ endpoint: ses.endpoint, region, credentials, maxAttempts: 1 });
  observe(sesClient);
  const events: BusEvent[] = [];
  ses.onEvent((event) => events.push(event));
  const publication = parsePublication({ ...settings, ...options.settings });
  const logged: { level: string; message: string; fields: unknown }[] = [];
  const counts: Partial<Record<string, number>> = {};
  const pending: Pending[] = [];
  let messages = 0;
  const send = (message: object, seconds = 0): void => {
    messages += 1;
    pending.push({ id: String(messages), body: JSON.stringify(message), due: clock + seconds * 1000 });
  };
  const mailer = createSesMailer(sesClient, { sender: publication.sender, configurationSet: 'news' });
  const services: DeliveringServices = {
    ...createDeliveringServices({
      config: { publication, site, desk: 'desk', table, deliveriesQueue: 'unused' },
      dynamo: document,
      s3,
      sqs,
      mailer,
      now,
      log: {
        info: (message, fields) => logged.push({ level: 'info', message, fields }),
        warn: (message, fields) => logged.push({ level: 'warn', message, fields }),
        error: (message, error) => logged.push({ level: 'error', message, fields: String(error) }),
        count: (metric, times) => {
          counts[metric] = (counts[metric] ?? 0) + times;
        },
      },
    }),
    deliveries: {
      send: (message, seconds) => observed('SendMessage', async () => send(message, seconds)),
    },
    sleep: async (milliseconds) => {
      clock += milliseconds;
    },
  };
  const tables = createTableClient(document, table);
  const batches = createBatchStore(tables);
  const subscribers = createSubscriberStore(tables);
  const keyring = await services.keys.get();

  const office = {
    services,
    batches,
    subscribers,
    ses,
    pending,
    events,
    logged,
    counts,
    send,
    now,
    pass: (seconds: number): void => {
      clock += seconds * 1000;
    },
    keyOf: (email: string): string => keyOf(email, keyring),
    addReader: async (email: string): Promise<string> => {
      const key = keyOf(email, keyring);
      const at = now().toISOString();
      await subscribers.apply(key, { kind: 'signUp', key, email, cadence: 'daily', at });
      await subscribers.apply(key, { kind: 'confirm', since: at, at });
      return key;
    },
    /** Writes an issue's letter and its batches, and queues them. */
    issue: async (issue: string, emails: readonly (readonly string[])[]): Promise<void> => {
      await s3.send(
        new PutObjectCommand({ Bucket: 'desk', Key: `issues/${issue}.json`, Body: JSON.stringify(letter) }),
      );
      for (const [index, recipients] of emails.entries()) {
        const batch = index + 1;
        await batches.add({
          issue,
          batch,
          state: 'queued',
          attempt: 0,
          recipients: recipients.map((email) => ({
            key: keyOf(email, keyring),
            email,
            outcome: 'waiting',
          })),
        });
        send({ issue, batch });
      }
    },
    /** One invocation for one message; true where the message is done with. Gives the names of its requests too. */
    deliver: async (message: Pending, fault?: Fault, timeLeft = 60_000) => {
      const invocation: Invocation = { fault, requests: [] };
      const begun = clock;
      const failed = await invocations.run(invocation, () =>
        deliverMessages(services, [message], () => timeLeft - (clock - begun)),
      );
      const isKilled = fault?.how === 'killed' && invocation.requests.length >= fault.at;
      return { done: failed.length === 0 && !isKilled, requests: invocation.requests };
    },
    /** Delivers whatever waits, when it is due, until nothing waits. Gives the names of the requests. */
    settle: async (): Promise<string[]> => {
      const requests: string[] = [];
      for (let rounds = 0; pending.length > 0; rounds += 1) {
        if (rounds > 500) throw new Error('delivery does not come to an end');
        pending.sort((a, b) => a.due - b.due);
        const [message] = pending.splice(0, 1);
        if (!message) break;
        clock = Math.max(clock, message.due);
        const delivered = await office.deliver(message);
        requests.push(...delivered.requests);
        if (!delivered.done) throw new Error(`a message failed: ${JSON.stringify(logged.at(-1))}`);
      }
      return requests;
    },
    feed: async (event: unknown = undefined): Promise<void> => {
      const told = event === undefined ? events.splice(0) : [event];
      for (const one of told) await recordFeedback(services, one);
    },
    ledger: (issue: string): Promise<DeliveryBatch[]> => batches.some(issue, 1, 999_999),
    items: async (): Promise<Map<string, Record<string, unknown>>> => {
      const { Items = [] } = await document.send(new ScanCommand({ TableName: table }));
      return new Map(Items.map((item) => [`${item.pk} | ${item.sk}`, item]));
    },
    close: async (): Promise<void> => {
      sesClient.destroy();
      await ses.close();
    },
  };
  return office;
};

export type Office = Awaited<ReturnType<typeof openOffice>>;

const createTable = (dynamo: DynamoDBClient, table: string) =>
  dynamo.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
    }),
  );
