import { S3Client } from '@aws-sdk/client-s3';
import { onTestFinished } from 'vitest';
import type { S3Event } from '../../../../infra/local/s3/bucket-store.ts';
import { type RunningS3, type S3Options, startS3 } from '../../../../infra/local/s3/start-s3.ts';

export interface S3Fixture {
  readonly s3: RunningS3;
  readonly client: S3Client;
  readonly events: S3Event[];
}

/** A client as Lambdas have it: defaults, an endpoint and credentials that mean nothing. */
export const createTestS3Client = (endpoint: string): S3Client =>
  new S3Client({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });

/** A running S3 with one bucket, `box`, closed when the test ends. */
export const startS3Fixture = async (options: S3Options = {}): Promise<S3Fixture> => {
  const s3 = await startS3({ buckets: ['box', 'other'], ...options });
  const client = createTestS3Client(s3.endpoint);
  const events: S3Event[] = [];
  s3.onEvent((event) => events.push(event));
  onTestFinished(async () => {
    client.destroy();
    await s3.close();
  });
  return { s3, client, events };
};
