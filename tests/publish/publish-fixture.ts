import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { createBodyReader } from '../../functions/adapters/body-reader.ts';
import { createBuilderMemory } from '../../functions/adapters/table/builder-memory.ts';
import { createTableClient, type TableClient } from '../../functions/adapters/table/client.ts';
import { parseSeedVersion } from '../../functions/core/lifecycle/parse-seed-version.ts';
import { type Publication, parsePublication } from '../../functions/core/publication.ts';
import { createRender } from '../../functions/core/render.ts';
import { memoize } from '../../functions/core/text/memoize.ts';
import { answerMetadata, environmentVariables, recipientsIndex } from '../../functions/platform/contract.ts';
import { buildIfTriggered } from '../../functions/publish/build-if-triggered.ts';
import { handleUploadMessage } from '../../functions/publish/handle-upload-message.ts';
import type { PublishServices } from '../../functions/publish/services.ts';
import type { AwsClients } from '../../functions/runtime/clients.ts';
import { createStores } from '../../functions/runtime/create-stores.ts';
import { createPublishServices } from '../../functions/runtime/publish-services.ts';
import { createTables } from '../../infra/local/dynamodb/create-tables.ts';
import type { TablePlan } from '../../infra/local/dynamodb/plan-tables.ts';
import { startServers } from '../../infra/local/stack/start-servers.ts';
import { precompileTemplates } from '../../infra/theme/precompile-templates.ts';
import { invokeSqsHandler, type TestMessage } from '../invoke-sqs-handler.ts';
import { readCompiledTemplates } from '../request-build.ts';

export const baseSettings = {
  id: 'test-gazette',
  title: 'Test Gazette',
  description: 'News of tests.',
  language: 'en',
  timeZone: 'Europe/Lisbon',
  author: { name: 'The editors' },
  sender: { name: 'Test Gazette', email: 'editor@test.example' },
  postalAddress: '1 Test Street, Porto',
  feedSize: 5,
  digest: { daily: { hour: 7 }, weekly: { day: 'monday', hour: 7 } },
};

const region = 'eu-west-1';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const templates = await readCompiledTemplates();
/** One for all fixtures: compiling the templates takes longer than most schedules of a property test. */
const render = createRender(templates);

const parseSettings = memoize((settings: string) => parsePublication(JSON.parse(settings)));
/** The base settings with changes. Parsed once: most fixtures of a property test have the same. */
export const parseFixtureSettings = (...changes: readonly (object | undefined)[]): Publication =>
  parseSettings(JSON.stringify(Object.assign({}, baseSettings, ...changes)));

/** What a fixture is started with, besides the base settings. */
export interface PublishFixtureOptions {
  readonly settings?: object;
  readonly now?: () => Date;
  /**
   * Sees every request to AWS, by its name: to count it, to hold it up, or to fail it by throwing. In memory it also
   * sees the keys, items or objects that the request is about.
   */
  readonly onRequest?: (command: string, about: readonly unknown[]) => unknown;
  /** Likewise once the request has taken effect: throwing is to lose the answer. In memory it also sees that. */
  readonly onAnswer?: (command: string, answer?: unknown) => void;
}

/** Whether the site answers 410 with an object of this metadata. */
export const isGone = (metadata: Readonly<Record<string, string>> = {}): boolean => answerMetadata.gone in metadata;

/** What a fixture works on: servers, or memory. */
export interface PublishBackend {
  readonly clients: AwsClients;
  /** What stands in for the services that the clients would give. */
  readonly services: Partial<PublishServices>;
  readonly table: TableClient;
  /** Where the servers are, for an operator's command. */
  readonly environment?: Readonly<Record<string, string>>;
  put(bucket: string, key: string, body: string | Uint8Array): Promise<void>;
  remove(bucket: string, key: string): Promise<void>;
  /** An object's text, or undefined, also where the site answers 410 with it. */
  read(bucket: string, key: string): Promise<string | undefined>;
  /** Keys and ETags of a bucket, without those that the site answers 410 with. */
  list(bucket: string): Promise<Map<string, string>>;
  /** Every item of the table, by its key. */
  listItems(): Promise<Map<string, Record<string, unknown>>>;
  onEvent(listener: (event: { bucket: string; key: string; sequencer: string }) => void): void;
  stop(): Promise<void>;
}

/** The services of publishing in a world: uploads become messages that a test delivers as it likes. */
export const createPublishFixture = (backend: PublishBackend, options: PublishFixtureOptions = {}) => {
  const pending: TestMessage[] = [];
  const issueRequests: { readonly message: object; readonly delaySeconds: number }[] = [];
  const warnings: { message: string; fields: object }[] = [];
  let messages = 0;
  const send = (message: object): void => {
    messages += 1;
    pending.push({ id: String(messages), body: JSON.stringify(message) });
  };
  backend.onEvent(({ bucket, key, sequencer }) => {
    if (bucket !== 'seeds') return;
    send({ source: 'aws.s3', detail: { bucket: { name: bucket }, object: { key, sequencer } } });
  });
  /** Like a new process: nothing is kept of what others have read. */
  const createServicesFor = (
    changed: object = {},
    code = 'test',
    restyled?: Readonly<Record<string, string>>,
  ): PublishServices => {
    const wired = createPublishServices({
      config: {
        publication: parseFixtureSettings(options.settings, changed),
        siteAddress: 'https://news.example',
        seedsBucket: 'seeds',
        siteBucket: 'site',
        internalBucket: 'internal',
        table: 'table',
        uploadsQueue: 'unused',
      },
      clients: backend.clients,
      // Without templates of its own, a fixture renders with those of all.
      templates: restyled ? { ...templates, ...precompileTemplates(restyled) } : {},
      themeFiles: {},
      documentCode: code,
      seedParser: { parse: async (seed) => parseSeedVersion(seed), close: () => {} },
      log: {
        info: () => {},
        count: () => {},
        warn: (message, fields = {}) => warnings.push({ message, fields }),
        error: (message, error) => warnings.push({ message, fields: { error: String(error) } }),
      },
    });
    const services = { ...wired, ...backend.services };
    return {
      ...services,
      ...createBuilderMemory(createStores(backend.table)),
      bodies: createBodyReader(services),
      ...(restyled === undefined && { render }),
      uploadsQueue: { send: async (message) => send(message) },
      issuesQueue: {
        send: async (message, delaySeconds = 0) => void issueRequests.push({ message, delaySeconds }),
      },
      ...(options.now && { now: options.now }),
    };
  };
  const services = createServicesFor();

  const fixture = {
    services,
    createFixtureServices: createServicesFor,
    pending,
    /** What was sent to the issues queue, and for how long it is held back. */
    issueRequests,
    warnings,
    send,
    upload: (key: string, body: string | Uint8Array): Promise<void> => backend.put('seeds', key, body),
    remove: (key: string): Promise<void> => backend.remove('seeds', key),
    /** Delivers messages in the order given; what fails stays with the caller. */
    deliver: (
      batch: readonly TestMessage[],
      by: PublishServices = services,
      getTimeLeftMs: () => number = () => 60_000,
    ) =>
      invokeSqsHandler(
        {
          log: by.log,
          concurrency: 10,
          handleMessage: (message, getTimeLeft) => handleUploadMessage(by, message, getTimeLeft),
          finishBatch: (handled, getTimeLeft) => buildIfTriggered(by, handled, getTimeLeft),
        },
        batch,
        getTimeLeftMs,
      ),
    /** Delivers whatever waits, and what that leads to, until nothing waits. */
    deliverAll: async (by: PublishServices = services): Promise<void> => {
      while (pending.length > 0) {
        const failed = new Set(await fixture.deliver(pending.slice(0, 10), by));
        const delivered = pending.splice(0, 10);
        pending.push(...delivered.filter(({ id }) => failed.has(id)));
        if (failed.size > 0) throw new Error(`messages failed: ${JSON.stringify(warnings.at(-1))}`);
      }
    },
    tick: (): void => send({ source: 'aws.events', time: new Date(0).toISOString() }),
    read: backend.read,
    list: backend.list,
    listItems: backend.listItems,
    table: backend.table,
    clients: backend.clients,
    templates,
    /** Variables of all functions, as an operator's command finds them. */
    environment: {
      [environmentVariables.publication]: JSON.stringify({ ...baseSettings, ...options.settings }),
      [environmentVariables.siteAddress]: services.site,
      [environmentVariables.seedsBucket]: 'seeds',
      [environmentVariables.siteBucket]: 'site',
      [environmentVariables.internalBucket]: 'internal',
      [environmentVariables.table]: 'table',
      ...backend.environment,
    },
    stop: backend.stop,
  };
  return fixture;
};

/** A fixture on real servers. */
export const startPublishFixture = async (options: PublishFixtureOptions = {}) => {
  const servers = await startServers({
    buckets: ['seeds', 'site', 'internal'],
    queues: [{ name: 'unread' }],
  });
  const unread = servers.sqs.toQueueUrl('unread');
  const s3 = new S3Client({ endpoint: servers.s3.endpoint, region, credentials, forcePathStyle: true });
  const observed = new S3Client({ endpoint: servers.s3.endpoint, region, credentials, forcePathStyle: true });
  const dynamo = new DynamoDBClient(servers.dynamodb.clientConfig);
  const sqs = new SQSClient({ endpoint: servers.sqs.endpoint, region, credentials });
  observeS3(observed, options);
  observeDynamo(dynamo, options);
  await createTables([tablePlan], servers.dynamodb.clientConfig);
  const document = DynamoDBDocumentClient.from(dynamo, { marshallOptions: { removeUndefinedValues: true } });
  const world: PublishBackend = {
    clients: { s3: observed, dynamo: document, sqs },
    services: {},
    table: createTableClient(document, 'table'),
    environment: {
      ...servers.environment,
      [environmentVariables.uploadsQueue]: unread,
      [environmentVariables.issuesQueue]: unread,
      [environmentVariables.deliveriesQueue]: unread,
    },
    put: async (Bucket, Key, Body) => {
      await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
    },
    remove: async (Bucket, Key) => {
      await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    },
    read: async (bucket, key) => {
      try {
        const { Body, Metadata } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        const text = await Body?.transformToString();
        return isGone(Metadata) ? undefined : text;
      } catch {
        return undefined;
      }
    },
    list: async (bucket) => {
      const found = new Map<string, string>();
      let token: string | undefined;
      do {
        const page = await s3.send(new ListObjectsV2Command({ Bucket: bucket, ContinuationToken: token }));
        for (const { Key = '', ETag = '' } of page.Contents ?? []) {
          const isPage = bucket === 'site' && Key.startsWith('articles/');
          const head = isPage ? await s3.send(new HeadObjectCommand({ Bucket: bucket, Key })) : undefined;
          if (!isGone(head?.Metadata)) found.set(Key, ETag);
        }
        token = page.NextContinuationToken;
      } while (token);
      return found;
    },
    listItems: async () => {
      const found = new Map<string, Record<string, unknown>>();
      for await (const { Items = [] } of paginateScan({ client: document }, { TableName: 'table' }))
        for (const item of Items) found.set(`${item.pk} | ${item.sk}`, item);
      return found;
    },
    onEvent: (listener) => void servers.s3.onEvent(listener),
    stop: async () => {
      for (const client of [s3, observed, dynamo, sqs]) client.destroy();
      await servers.close();
    },
  };
  return createPublishFixture(world, options);
};

export type PublishFixture = ReturnType<typeof createPublishFixture>;

const tablePlan: TablePlan = {
  TableName: 'table',
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
    { AttributeName: recipientsIndex.partition, AttributeType: 'S' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: recipientsIndex.name,
      KeySchema: [
        { AttributeName: recipientsIndex.partition, KeyType: 'HASH' },
        { AttributeName: recipientsIndex.sort, KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};

type RequestObservers = Pick<PublishFixtureOptions, 'onRequest' | 'onAnswer'>;

const observeS3 = (client: S3Client, { onRequest, onAnswer }: RequestObservers): void =>
  client.middlewareStack.add(
    (next, context) => async (args) => {
      await onRequest?.(String(context.commandName), []);
      const answer = await next(args);
      onAnswer?.(String(context.commandName));
      return answer;
    },
    { step: 'initialize', name: 'observe' },
  );

const observeDynamo = (client: DynamoDBClient, { onRequest, onAnswer }: RequestObservers): void =>
  client.middlewareStack.add(
    (next, context) => async (args) => {
      await onRequest?.(String(context.commandName), []);
      const answer = await next(args);
      onAnswer?.(String(context.commandName));
      return answer;
    },
    { step: 'initialize', name: 'observe' },
  );
