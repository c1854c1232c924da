import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { createBucket } from '../adapters/bucket.ts';
import { createQueue } from '../adapters/queue.ts';
import { createArticleStore } from '../adapters/table/articles.ts';
import { createBuildStore } from '../adapters/table/build.ts';
import { createTableClient } from '../adapters/table/client.ts';
import { createIssueStore } from '../adapters/table/issues.ts';
import { createListStore } from '../adapters/table/lists.ts';
import { createSeedStore } from '../adapters/table/seeds.ts';
import { createWebSubClient } from '../adapters/websub.ts';
import { fingerprint } from '../core/identity.ts';
import { createRender, type TemplateSources } from '../core/render.ts';
import { type Log, type RunCorrelated, runUncorrelated } from '../platform/logger.ts';
import type { PublishServices } from '../publish/services.ts';
import type { PublishConfig } from './environment.ts';
import type { CaptureClient } from './tracing.ts';

/** The SDK's clients; outside AWS they find their servers by `AWS_ENDPOINT_URL_…`. */
export interface AwsClients {
  readonly s3: S3Client;
  readonly dynamo: DynamoDBDocumentClient;
  readonly sqs: SQSClient;
}

/** The table's client, alone: a function that uses nothing else starts without the others. */
export const createDynamoClient = (capture: CaptureClient): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(capture(new DynamoDBClient()), {
    marshallOptions: { removeUndefinedValues: true },
  });

/** @param capture has the calls of each client traced */
export const createClients = (
  { clients }: Pick<PublishConfig, 'clients'>,
  capture: CaptureClient,
): AwsClients => ({
  s3: capture(new S3Client(clients.s3)),
  dynamo: createDynamoClient(capture),
  sqs: capture(new SQSClient(clients.sqs)),
});

/** The templates that were compiled beside the bundle. */
export const readTemplates = (file: string): TemplateSources =>
  z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8')));

export interface PublishWiring {
  readonly config: Omit<PublishConfig, 'clients'>;
  readonly clients: AwsClients;
  readonly templates: TemplateSources;
  /** Name of the code that runs: another code makes every document anew. */
  readonly codeFingerprint: string;
  readonly log: Log;
  readonly runCorrelated?: RunCorrelated;
}

/** Wires what publishing needs, once per cold start. */
export const createPublishServices = (wiring: PublishWiring): PublishServices => {
  const {
    config,
    clients,
    templates,
    codeFingerprint: code,
    log,
    runCorrelated: about = runUncorrelated,
  } = wiring;
  const table = createTableClient(clients.dynamo, config.table);
  return {
    publication: config.publication,
    site: config.site,
    buildVersion: fingerprint(
      JSON.stringify(config.publication),
      config.site,
      JSON.stringify(templates),
      code,
    ),
    render: createRender(templates),
    buckets: {
      seeds: createBucket(clients.s3, config.buckets.seeds),
      site: createBucket(clients.s3, config.buckets.site),
      internal: createBucket(clients.s3, config.buckets.internal),
    },
    seeds: createSeedStore(table),
    articles: createArticleStore(table),
    lists: createListStore(table),
    issues: createIssueStore(table),
    build: createBuildStore(table),
    uploadsQueue: createQueue(clients.sqs, config.uploadsQueue),
    webSub: createWebSubClient(),
    now: () => new Date(),
    createId: randomUUID,
    log,
    runCorrelated: about,
  };
};
