import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { createSesMailer } from '../../functions/adapters/ses-mailer.ts';
import { createTableClient } from '../../functions/adapters/table/client.ts';
import { parsePublication } from '../../functions/core/publication.ts';
import { createDeliveringServices } from '../../functions/runtime/delivering-services.ts';
import type { BusEvent } from '../../infra/local/events/bus-event.ts';
import type { QuotaSettings } from '../../infra/local/ses/quota.ts';
import { startSes } from '../../infra/local/ses/start-ses.ts';
import { startServers } from '../../infra/local/start-servers.ts';
import { settings } from '../publishing/press.ts';
import { observed } from './faults.ts';
import { type Copy, letter, openOffice } from './office.ts';

const region = 'us-east-1';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

interface Observable {
  readonly middlewareStack: DynamoDBClient['middlewareStack'];
}

const observe = (client: Observable): void =>
  client.middlewareStack.add(
    (next, context) => (args) => observed(String(context.commandName), () => next(args)),
    { step: 'initialize', name: 'observe' },
  );

export interface OfficeOptions {
  readonly letter?: { readonly subject: string; readonly html: string; readonly text: string };
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
      return openPostOffice({ s3, sqs, dynamo, document, table: `table-${offices}` }, options);
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

/** Delivery on real servers. */
const openPostOffice = async ({ s3, sqs, dynamo, document, table }: Clients, options: OfficeOptions) => {
  await createTable(dynamo, table);
  const publication = parsePublication({ ...settings, ...options.settings });
  return openOffice(async (givens) => {
    const ses = await startSes({ now: givens.now, quota: { perSecond: 10, ...options.quota } });
    const client = new SESv2Client({ endpoint: ses.endpoint, region, credentials, maxAttempts: 1 });
    observe(client);
    const events: BusEvent[] = [];
    ses.onEvent((event) => events.push(event));
    const services = createDeliveringServices({
      config: { publication, site: 'https://news.example', desk: 'desk', table, deliveriesQueue: 'unused' },
      dynamo: document,
      s3,
      sqs,
      mailer: createSesMailer(client, { sender: publication.sender, configurationSet: 'news' }),
      now: givens.now,
      log: givens.log,
    });
    return {
      services: { ...services, deliveries: givens.deliveries, sleep: givens.sleep },
      table: createTableClient(document, table),
      ses,
      events,
      copies: (): Copy[] =>
        ses.mails.list({ limit: 1000 }).map(({ id, to }) => {
          const { issue = '', key = '' } = ses.mails.get(id)?.tags ?? {};
          return { issue, key, to };
        }),
      putLetter: async (issue: string): Promise<void> => {
        await s3.send(
          new PutObjectCommand({
            Bucket: 'desk',
            Key: `issues/${issue}.json`,
            Body: JSON.stringify(options.letter ?? letter),
          }),
        );
      },
      /** Every item of the table, by its key. */
      items: async (): Promise<Map<string, Record<string, unknown>>> => {
        const { Items = [] } = await document.send(new ScanCommand({ TableName: table }));
        return new Map(Items.map((item) => [`${item.pk} | ${item.sk}`, item]));
      },
      close: async (): Promise<void> => {
        client.destroy();
        await ses.close();
      },
    };
  });
};

export type PostOffice = Awaited<ReturnType<typeof openPostOffice>>;

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
