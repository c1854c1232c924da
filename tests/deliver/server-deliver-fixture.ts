import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { createSesMailer } from '../../functions/adapters/ses-mailer.ts';
import { createTableClient } from '../../functions/adapters/table/client.ts';
import { parsePublication } from '../../functions/core/publication.ts';
import { createDeliverServices } from '../../functions/runtime/deliver-services.ts';
import type { BusEvent } from '../../infra/local/events/bus-event.ts';
import type { QuotaSettings } from '../../infra/local/ses/quota.ts';
import { startSes } from '../../infra/local/ses/start-ses.ts';
import { startServers } from '../../infra/local/stack/start-servers.ts';
import { baseSettings } from '../publish/publish-fixture.ts';
import { createDeliverFixture, issueEmail, type SentMessage } from './deliver-fixture.ts';
import { observeRequest, runWithoutPause } from './observe-request.ts';

const region = 'us-east-1';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

interface ObservableClient {
  readonly middlewareStack: DynamoDBClient['middlewareStack'];
}

const observeClient = (client: ObservableClient): void =>
  client.middlewareStack.add(
    (next, context) => (args) => observeRequest(String(context.commandName), () => next(args)),
    { step: 'initialize', name: 'observe' },
  );

export interface DeliverFixtureOptions {
  readonly issueEmail?: { readonly subject: string; readonly html: string; readonly text: string };
  readonly settings?: object;
  readonly quota?: Partial<QuotaSettings>;
}

/** Servers that many tests share; each test has a fixture of its own in them. */
export const startDeliverServers = async () => {
  const servers = await startServers({ buckets: ['internal'] });
  const s3 = new S3Client({ endpoint: servers.s3.endpoint, region, credentials, forcePathStyle: true });
  const dynamo = new DynamoDBClient(servers.dynamodb.clientConfig);
  const sqs = new SQSClient({ endpoint: servers.sqs.endpoint, region, credentials });
  observeClient(dynamo);
  const document = DynamoDBDocumentClient.from(dynamo, { marshallOptions: { removeUndefinedValues: true } });
  let fixtures = 0;
  return {
    createFixture: (options: DeliverFixtureOptions = {}) => {
      fixtures += 1;
      return createServerDeliverFixture({ s3, sqs, dynamo, document, table: `table-${fixtures}` }, options);
    },
    stop: async (): Promise<void> => {
      for (const client of [s3, dynamo, sqs]) client.destroy();
      await servers.close();
    },
  };
};

interface DeliverClients {
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly dynamo: DynamoDBClient;
  readonly document: DynamoDBDocumentClient;
  readonly table: string;
}

/** Delivery on real servers. */
const createServerDeliverFixture = async (
  { s3, sqs, dynamo, document, table }: DeliverClients,
  options: DeliverFixtureOptions,
) => {
  await createTable(dynamo, table);
  const publication = parsePublication({ ...baseSettings, ...options.settings });
  return createDeliverFixture(async (givens) => {
    const ses = await startSes({ now: givens.now, quota: { perSecond: 10, ...options.quota } });
    const client = new SESv2Client({ endpoint: ses.endpoint, region, credentials, maxAttempts: 1 });
    observeClient(client);
    const events: BusEvent[] = [];
    ses.onEvent((event) => events.push(event));
    const services = createDeliverServices({
      config: {
        publication,
        siteAddress: 'https://news.example',
        internalBucket: 'internal',
        table,
        deliveriesQueue: 'unused',
      },
      clients: { dynamo: document, s3, sqs },
      mailer: createSesMailer(client, { sender: publication.sender, configurationSet: 'news' }),
      now: givens.now,
      log: givens.log,
    });
    return {
      services: {
        ...services,
        issueMails: { read: (issue) => runWithoutPause(() => services.issueMails.read(issue)) },
        deliveriesQueue: givens.deliveriesQueue,
        sleep: givens.sleep,
      },
      table: createTableClient(document, table),
      ses,
      events,
      listSentMessages: (): SentMessage[] =>
        ses.mails.list({ limit: 1000 }).map(({ id, to }) => {
          const { issue = '', key = '' } = ses.mails.get(id)?.tags ?? {};
          return { issue, key, to };
        }),
      writeIssueEmail: async (issue: string): Promise<void> => {
        await s3.send(
          new PutObjectCommand({
            Bucket: 'internal',
            Key: `issues/${issue}.json`,
            Body: JSON.stringify(options.issueEmail ?? issueEmail),
          }),
        );
      },
      /** Every item of the table, by its key. */
      listItems: async (): Promise<Map<string, Record<string, unknown>>> => {
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

export type ServerDeliverFixture = Awaited<ReturnType<typeof createServerDeliverFixture>>;

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
