/**
 * A process that addresses an issue as compose-issue does, or delivers it as deliver does, with real SDK clients, and
 * prints the milliseconds and megabytes it took. Started by newsletter.ts.
 *
 *     node tests/bench/send-issue.ts ENDPOINT compose|deliver [AT_ONCE [virtual]]
 *
 * A virtual clock passes where delivery would wait for the send rate; it is for one delivery at a time.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createSesMailer } from '../../functions/adapters/ses-mailer.ts';
import { composeIssue } from '../../functions/compose-issue/compose-issue.ts';
import { parsePublication } from '../../functions/core/publication.ts';
import { handleDeliveryMessage } from '../../functions/deliver/handle-delivery-message.ts';
import { createComposeIssueServices } from '../../functions/runtime/compose-issue-services.ts';
import { createDeliverServices } from '../../functions/runtime/deliver-services.ts';

const [endpoint = '', part, atOnce = '1', clock] = process.argv.slice(2);
const issue = 'daily-1';
const [minute, hour] = [60_000, 3_600_000];
let passedMs = 0;
const now = (): Date => new Date(Date.now() + passedMs);

const clientOptions = {
  endpoint,
  region: 'eu-west-1',
  credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
};
const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions), {
  marshallOptions: { removeUndefinedValues: true },
});
const sqs = new SQSClient({ ...clientOptions, md5: false });
const ses = new SESv2Client({ ...clientOptions, maxAttempts: 1 });
const s3 = new S3Client(clientOptions);

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
const mailer = createSesMailer(ses, { sender: publication.sender, configurationSet: 'news' });
const site = 'https://news.example';
const deliveriesQueue = `${endpoint}/1/deliveries`;
const ignore = (): void => {};
const log = { info: ignore, warn: console.error, error: console.error, count: ignore };

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
/** As long as one of twenty articles. */
const html = `<html><body>${'<p>News of the harbour.</p>'.repeat(1500)}<a href="{{unsubscribe}}">Leave</a> <a href="{{preferences}}">Choose</a></body></html>`;
const issueEmail = {
  subject: 'News',
  html,
  text: `${'News of the harbour.\n'.repeat(300)}{{unsubscribe}}\n`,
};
const delivering = {
  ...createDeliverServices({
    config: { publication, siteAddress: site, internalBucket: 'internal', table: 'table', deliveriesQueue },
    clients: { dynamo, s3, sqs },
    mailer,
    log,
    now,
  }),
  issueMails: { read: async () => issueEmail },
  ...(clock === 'virtual' && {
    sleep: async (milliseconds: number) => {
      passedMs += milliseconds;
    },
  }),
};

const readPeakMegabytes = (): number => process.resourceUsage().maxRSS / 1024;
const loadedMegabytes = readPeakMegabytes();
const start = performance.now();

const deliverAll = async (): Promise<void> => {
  const batches = (await composing.issues.get(issue))?.batches ?? 0;
  let next = 1;
  const deliver = async (): Promise<void> => {
    for (let batch = next; batch <= batches; batch = next) {
      next += 1;
      await handleDeliveryMessage(delivering, { issue, batch }, () => minute);
    }
  };
  await Promise.all(Array.from({ length: Number(atOnce) }, deliver));
};
if (part === 'compose') await composeIssue(composing, { cadence: 'daily' }, () => hour);
else await deliverAll();
const milliseconds = performance.now() - start;
console.log(JSON.stringify({ milliseconds, loaded: loadedMegabytes, peak: readPeakMegabytes() }));
