import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startSmtpServer } from '../adapters/start-smtp-server.ts';
import { type CdkApp, createCdkApp, type StackOutputs } from './cdk-app.ts';
import { createSiteClient, type SiteClient, toClientOptions } from './site-client.ts';
import { type MiniStack, startMiniStack } from './start-ministack.ts';

/** Where the steps take place. */
export interface DeployContext {
  readonly aws: MiniStack;
  readonly app: CdkApp;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly dynamo: DynamoDBDocumentClient;
  readonly smtp: Awaited<ReturnType<typeof startSmtpServer>>;
  /** For files of the steps; it goes with the stage. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Deploys the app with these settings besides the project's own. */
  deploy(settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** What the last deployment made. @throws before the first */
  readOutputs(): StackOutputs;
  /** Looks at the deployed site as a reader does. */
  readonly request: SiteClient;
  close(): Promise<void>;
}

export type RegionContext = Omit<DeployContext, 'close'>;

/** An AWS and a mail server on this machine. */
type DeployMachine = Pick<DeployContext, 'aws' | 'smtp' | 'folder' | 'signal'>;

/** A region of the AWS, with the deployments that the app makes in it. */
export const createRegionContext = (machine: DeployMachine): RegionContext => {
  const { aws } = machine;
  const app = createCdkApp(machine);
  let outputs: StackOutputs | undefined;
  let visit: SiteClient | undefined;
  const requireDeployed = <T>(what: T | undefined): T => {
    if (!what) throw new Error('nothing is deployed yet');
    return what;
  };
  return {
    ...machine,
    app,
    s3: new S3Client(toClientOptions(aws)),
    sqs: new SQSClient(toClientOptions(aws)),
    dynamo: DynamoDBDocumentClient.from(new DynamoDBClient(toClientOptions(aws))),
    deploy: async (settings) => {
      outputs = await app.deploy(settings);
      visit = await createSiteClient(aws, { id: outputs.DistributionId, address: outputs.SiteAddress });
    },
    readOutputs: () => requireDeployed(outputs),
    request: (address, how) => requireDeployed(visit)(address, how),
  };
};

/** Starts an AWS and a mail server on this machine. */
export const createDeployContext = async (python: string, signal: AbortSignal): Promise<DeployContext> => {
  const folder = await mkdtemp(join(tmpdir(), 'seedpress-deploy-'));
  const closers = [() => rm(folder, { recursive: true, force: true, maxRetries: 3 })];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).toReversed()) await closer();
  };
  try {
    const smtp = await startSmtpServer();
    closers.push(() => smtp.close());
    const aws = await startMiniStack({ python, folder, signal });
    closers.push(() => aws.stop());
    return { ...createRegionContext({ aws, smtp, folder, signal }), close };
  } catch (error) {
    await close();
    throw error;
  }
};
