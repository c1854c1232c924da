import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { readPublishConfig } from '../../../functions/runtime/environment.ts';
import type { AwsClients } from '../../../functions/runtime/publish-services.ts';
import type { Connection } from './connection.ts';

/**
 * What an SDK client of a service needs to reach the publication: nothing on AWS, where the operator's own credentials
 * and region hold; locally the run's, whatever this process's environment says.
 */
export const toClientSettings = (
  { environment }: Pick<Connection, 'environment'>,
  service: 'S3' | 'SQS' | 'SESV2' | 'DYNAMODB',
) => {
  const { AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = environment;
  const endpoint = environment[`AWS_ENDPOINT_URL_${service}`];
  if (!endpoint || !AWS_REGION || !AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) return {};
  const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
  return { endpoint, region: AWS_REGION, credentials };
};

/** The clients that `createServices` and its like take. */
export const createCliClients = (connection: Pick<Connection, 'environment'>): AwsClients => {
  const { clients } = readPublishConfig(connection.environment);
  return {
    s3: new S3Client({ ...clients.s3, ...toClientSettings(connection, 'S3') }),
    sqs: new SQSClient({ ...clients.sqs, ...toClientSettings(connection, 'SQS') }),
    dynamo: DynamoDBDocumentClient.from(new DynamoDBClient(toClientSettings(connection, 'DYNAMODB')), {
      marshallOptions: { removeUndefinedValues: true },
    }),
  };
};
