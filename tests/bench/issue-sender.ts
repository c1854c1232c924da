import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createSesMailer } from '../../functions/adapters/ses-mailer.ts';
import { composeIssue } from '../../functions/compose-issue/compose-issue.ts';
import { parsePublication } from '../../functions/core/publication.ts';
import { createDeliveryHandler } from '../../functions/deliver/create-delivery-handler.ts';
import { batchesPerInvocation } from '../../functions/platform/contract.ts';
import { createComposeIssueServices } from '../../functions/runtime/compose-issue-services.ts';
import { createDeliverServices } from '../../functions/runtime/deliver-services.ts';
import { createSqsHandler } from '../../functions/runtime/sqs.ts';

const issue = 'daily-1';
const site = 'https://news.example';
const [minute, hour] = [60_000, 3_600_000];

const publication = parsePublication({
  id: 'bench-gazette',
  title: 'Bench Gazette',
  description: 'News of measurements.',
  language: 'en',
  timeZone: 'Europe/Lisbon',
  author: { name: 'The editors' },
  sender: { name: 'Bench Gazette', email: 'editor@bench.example' },
  postalAddress: '1 Bench Street, Porto',
  digest: { daily: { hour: 7 } },
});
/** As long as one of twenty articles. */
const html = `<html><body>${'<p>News of the harbour.</p>'.repeat(1500)}<a href="{{unsubscribe}}">Leave</a> <a href="{{preferences}}">Choose</a></body></html>`;
const issueEmail = {
  subject: 'News',
  html,
  text: `${'News of the harbour.\n'.repeat(300)}{{unsubscribe}}\n`,
};
/** As the issue was frozen, with one letter. It is given, as the mail is. */
const draftObject = {
  size: 0,
  modified: '',
  etag: '',
  bytes: new TextEncoder().encode(JSON.stringify({ ...issueEmail, json: '', page: '', articles: [] })),
};
const ignore = (): void => {};
const log = { info: ignore, warn: console.error, error: console.error, count: ignore };

/** The table's items of an issue whose mail is written, and whose recipients are next. */
export const createAddressingIssue = () => {
  const at = '2026-11-20T07:00:00.000Z';
  const open = { number: 1, at, after: 0, upTo: 20 };
  const counts = { articles: 20, batches: 0, planned: 0, queued: 0, revision: 0 };
  return [
    { pk: 'CADENCE#daily', sk: 'CADENCE', number: 1, at, open },
    { pk: `ISSUE#${issue}`, sk: 'ISSUE', cadence: 'daily', ...open, ...counts, subject: 'News', state: 'addressing' },
  ];
};

/** Where its batches are. */
export const batchesPartition = `BATCHES#${issue}`;

export interface IssueSenderOptions {
  /** A virtual clock passes where delivery would wait for the send rate. */
  readonly clock: 'real' | 'virtual';
  /** Invocations of `deliver` at a time. */
  readonly invocations: number;
}

/**
 * Composes an issue as compose-issue does from its recipients on, and delivers it as deliver does, with real SDK
 * clients.
 */
export const createIssueSender = (endpoint: string, { clock, invocations }: IssueSenderOptions) => {
  let passedMs = 0;
  const now = (): Date => new Date(Date.now() + passedMs);
  const options = { endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } };
  const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient(options), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const sqs = new SQSClient({ ...options, md5: false });
  const s3 = new S3Client(options);
  const mailer = createSesMailer(new SESv2Client({ ...options, maxAttempts: 1 }), {
    sender: publication.sender,
    configurationSet: 'news',
  });
  const deliveriesQueue = `${endpoint}/1/deliveries`;
  const composing = createComposeIssueServices({
    config: {
      publication,
      siteAddress: site,
      siteBucket: 'site',
      internalBucket: 'internal',
      table: 'table',
      issuesQueue: `${endpoint}/1/issues`,
      deliveriesQueue,
      uploadsQueue: `${endpoint}/1/uploads`,
    },
    clients: { dynamo, sqs, s3 },
    mailer,
    templates: {},
    log,
  });
  const services = createDeliverServices({
    config: { publication, siteAddress: site, internalBucket: 'internal', table: 'table', deliveriesQueue },
    clients: { dynamo, s3, sqs },
    mailer,
    log,
    now,
  });

  return {
    compose: () => {
      const internal = { ...composing.buckets.internal, get: async () => draftObject };
      const given = { ...composing, buckets: { ...composing.buckets, internal } };
      return composeIssue(given, { cadence: 'daily' }, () => hour);
    },

    deliver: async (): Promise<void> => {
      const { batches = 0 } = (await composing.issues.get(issue)) ?? {};
      const delayed: object[] = [];
      let queued = 0;
      const receive = (): object[] => {
        const messages = delayed.splice(0, batchesPerInvocation);
        while (messages.length < batchesPerInvocation && queued < batches) {
          queued += 1;
          messages.push({ issue, batch: queued });
        }
        return messages;
      };
      const deliverAll = async (): Promise<void> => {
        const handler = createDeliveryHandler({
          ...services,
          issueMails: { read: async () => issueEmail },
          deliveriesQueue: {
            ...services.deliveriesQueue,
            sendMany: async (messages, seconds) => {
              await services.deliveriesQueue.sendMany(messages, seconds);
              delayed.push(...messages);
            },
          },
          ...(clock === 'virtual' && {
            sleep: async (milliseconds: number) => {
              passedMs += milliseconds;
            },
          }),
        });
        const handle = createSqsHandler({ log, failureMessage: 'a batch failed', ...handler });
        for (let messages = receive(); messages.length > 0; messages = receive()) {
          const Records = messages.map((message) => ({ messageId: '', body: JSON.stringify(message) }));
          const { batchItemFailures } = await handle({ Records }, { getRemainingTimeInMillis: () => minute });
          if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} batches failed`);
        }
      };
      await Promise.all(Array.from({ length: invocations }, deliverAll));
    },
  };
};
