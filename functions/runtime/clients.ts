import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { CaptureClient } from './tracing.ts';

export interface AwsClients {
  readonly s3: S3Client;
  readonly dynamo: DynamoDBDocumentClient;
  readonly sqs: SQSClient;
}

export interface ClientConfig {
  readonly s3: S3ClientConfig;
  readonly sqs: SQSClientConfig;
  readonly dynamo?: DynamoDBClientConfig;
}

const doNotCapture: CaptureClient = (client) => client;

/** The table's client alone: a function that needs no other starts faster without them. */
export const createDynamoClient = (capture = doNotCapture, config: DynamoDBClientConfig = {}): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(capture(new DynamoDBClient(config)), {
    marshallOptions: { removeUndefinedValues: true },
  });

export const createClients = (config: ClientConfig, capture = doNotCapture): AwsClients => ({
  s3: capture(new S3Client(config.s3)),
  dynamo: createDynamoClient(capture, config.dynamo),
  sqs: capture(new SQSClient(config.sqs)),
});
