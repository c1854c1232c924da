import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { region } from '../base/aws-account.ts';
import { type Clock, openClock } from '../base/clock.ts';
import { createCleanup } from '../base/create-cleanup.ts';
import { openDatabase } from '../base/database.ts';
import { type RunningDynamodb, startDynamodb } from '../dynamodb/start-dynamodb.ts';
import { type AccessControl, createAccessControl } from '../iam/create-access-control.ts';
import { type RunningS3, startS3 } from '../s3/start-s3.ts';
import { type RunningSes, type SesLimits, startSes } from '../ses/start-ses.ts';
import { openQueues, type QueueSettings, type Queues } from '../sqs/queues.ts';
import { type RunningSqs, startSqs } from '../sqs/start-sqs.ts';

export interface LocalServersOptions {
  /** An existing folder for the data, which is otherwise in memory or in a temporary folder. */
  readonly folder?: string;
  readonly s3Port?: number;
  readonly inboxPort?: number;
  readonly ses?: SesLimits;
  readonly buckets?: readonly string[];
  readonly queues?: readonly QueueSettings[];
  /** Requests to S3 wait for it. */
  readonly ready?: Promise<void>;
}

export interface LocalServers {
  readonly s3: RunningS3;
  readonly sqs: RunningSqs;
  readonly ses: RunningSes;
  readonly dynamodb: RunningDynamodb;
  readonly queues: Queues;
  readonly database: DatabaseSync;
  readonly clock: Clock;
  /** Asked by all servers. */
  readonly access: AccessControl;
  /** Directs default SDK clients to these servers. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * Starts all servers. S3, SQS and SES share one database, so that an upload or a bounce and its message are one
 * transaction.
 * @throws {PortInUseError | OutdatedTableError} and leaves nothing running
 */
export const startServers = async (options: LocalServersOptions = {}): Promise<LocalServers> => {
  const { folder, s3Port = 0, inboxPort = 0, buckets = [], ready } = options;
  const { sandbox = false, ...quota } = options.ses ?? {};
  const cleanup = createCleanup();
  const closeLater = <T extends { close(): unknown }>(opened: T): T => {
    cleanup.add(() => opened.close());
    return opened;
  };
  try {
    const database = closeLater(openDatabase(folder === undefined ? ':memory:' : join(folder, 'local.sqlite')));
    const clock = openClock(database);
    const access = createAccessControl();
    const queues = openQueues(database, () => clock.now().getTime());
    clock.onAdvance(queues.wake);
    for (const queue of options.queues ?? []) queues.add(queue);

    // Servers on ports that may be taken start first.
    const ses = closeLater(
      await startSes({ database, port: inboxPort, now: clock.now, quota, account: { sandbox }, access }),
    );
    const inFolder = folder === undefined ? {} : { folder };
    const s3Options = { database, port: s3Port, now: clock.now, buckets, access, ...inFolder, ...(ready && { ready }) };
    const s3 = closeLater(await startS3(s3Options));
    const sqs = closeLater(await startSqs(queues, { access }));
    const dynamodb = closeLater(await startDynamodb({ ...inFolder, access }));
    const { credentials } = dynamodb.clientConfig;
    const environment = {
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_ENDPOINT_URL_S3: s3.endpoint,
      AWS_ENDPOINT_URL_SQS: sqs.endpoint,
      AWS_ENDPOINT_URL_SESV2: ses.endpoint,
      AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint,
    };
    return { s3, sqs, ses, dynamodb, queues, database, clock, access, environment, close: cleanup.unwind };
  } catch (error) {
    await cleanup.unwind();
    throw error;
  }
};
