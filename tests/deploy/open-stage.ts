import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startSmtpServer } from '../adapters/smtp-server.ts';
import { type CdkApp, createCdkApp, type Outputs } from './cdk-app.ts';
import { type MiniStack, startMiniStack } from './start-ministack.ts';
import { clientOptions, openSite, type VisitSite } from './visit-site.ts';

/** Where the steps take place. */
export interface Stage {
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
  deployed(): Outputs;
  /** Looks at the deployed site as a reader does. */
  readonly visit: VisitSite;
  close(): Promise<void>;
}

/** Starts an AWS and a mail server on this machine. */
export const openStage = async (python: string, signal: AbortSignal): Promise<Stage> => {
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
    const app = createCdkApp({ aws, folder, signal });
    let outputs: Outputs | undefined;
    let visit: VisitSite | undefined;
    const deployed = <T>(what: T | undefined): T => {
      if (!what) throw new Error('nothing is deployed yet');
      return what;
    };
    return {
      aws,
      app,
      s3: new S3Client(clientOptions(aws)),
      sqs: new SQSClient(clientOptions(aws)),
      dynamo: DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions(aws))),
      smtp,
      folder,
      signal,
      deploy: async (settings) => {
        outputs = await app.deploy(settings);
        visit = await openSite(aws, { id: outputs.DistributionId, address: outputs.SiteAddress });
      },
      deployed: () => deployed(outputs),
      visit: (address, how) => deployed(visit)(address, how),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};
