import { type AwsClients, createClients } from '../../../functions/runtime/clients.ts';
import { readClientConfig } from '../../../functions/runtime/environment.ts';
import type { Connection } from './connection.ts';

/**
 * What an SDK client needs to reach the publication: nothing on AWS, where the operator's own credentials and region
 * apply; locally those of the run, whatever this process's environment says.
 */
export const toClientSettings = (
  environment: Connection['environment'],
  service: 'S3' | 'SQS' | 'SESV2' | 'DYNAMODB',
) => {
  const { AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = environment;
  const endpoint = environment[`AWS_ENDPOINT_URL_${service}`];
  if (!endpoint || !AWS_REGION || !AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) return {};
  const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
  return { endpoint, region: AWS_REGION, credentials };
};

export const createCliClients = (environment: Connection['environment']): AwsClients => {
  const { s3, sqs } = readClientConfig(environment);
  return createClients({
    s3: { ...s3, ...toClientSettings(environment, 'S3') },
    sqs: { ...sqs, ...toClientSettings(environment, 'SQS') },
    dynamo: toClientSettings(environment, 'DYNAMODB'),
  });
};
