import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createStores } from '../../functions/runtime/create-stores.ts';
import { createInMemoryBuckets } from '../in-memory-buckets.ts';
import { createInMemoryTable } from '../in-memory-table.ts';
import { createPublishFixture, isGone, type PublishFixture, type PublishFixtureOptions } from './publish-fixture.ts';

/** Wired, as everywhere, and never asked. */
const unusedEndpoint = { endpoint: 'http://127.0.0.1:1', region: 'eu-west-1' };
const clients = {
  s3: new S3Client(unusedEndpoint),
  dynamo: DynamoDBDocumentClient.from(new DynamoDBClient(unusedEndpoint)),
  sqs: new SQSClient(unusedEndpoint),
};

/** A fixture without servers, for tests that start a thousand. */
export const createInMemoryPublishFixture = async (options: PublishFixtureOptions = {}): Promise<PublishFixture> => {
  const observe = async <T>(name: string, request: () => Promise<T>, about: readonly unknown[]): Promise<T> => {
    await options.onRequest?.(name, about);
    const answer = await request();
    options.onAnswer?.(name, answer);
    return answer;
  };
  const table = createInMemoryTable(observe);
  const buckets = createInMemoryBuckets(observe);
  return createPublishFixture(
    {
      clients,
      services: {
        ...createStores(table),
        buckets: {
          seeds: buckets.bucket('seeds'),
          site: buckets.bucket('site'),
          internal: buckets.bucket('internal'),
        },
      },
      table,
      put: async (bucket, key, body) => buckets.put(bucket, key, body),
      remove: async (bucket, key) => buckets.remove(bucket, key),
      read: async (bucket, key) => {
        const found = buckets.objects.get(`${bucket}/${key}`);
        return found && !isGone(found.metadata) ? new TextDecoder().decode(found.bytes) : undefined;
      },
      list: async (bucket) =>
        new Map(
          [...buckets.objects]
            .filter(([name, { metadata }]) => name.startsWith(`${bucket}/`) && !isGone(metadata))
            .map(([name, { etag }]) => [name.slice(bucket.length + 1), etag]),
        ),
      listItems: async () => new Map([...table.items.values()].map((item) => [`${item.pk} | ${item.sk}`, item])),
      onEvent: buckets.onEvent,
      stop: async () => {},
    },
    options,
  );
};
