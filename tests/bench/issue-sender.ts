import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createSesMailer } from '../../functions/adapters/ses-mailer.ts';
import { composeIssue } from '../../functions/compose-issue/compose-issue.ts';
import { formatReaderClass, type LetterPlan } from '../../functions/core/newsletter/issue/letters.ts';
import { parsePublication } from '../../functions/core/publication.ts';
import { createDeliveryHandler } from '../../functions/deliver/create-delivery-handler.ts';
import { batchesPerInvocation } from '../../functions/platform/contract.ts';
import { createComposeIssueServices } from '../../functions/runtime/compose-issue-services.ts';
import { createDeliverServices } from '../../functions/runtime/deliver-services.ts';
import { createSqsHandler } from '../../functions/runtime/sqs.ts';
import { runWithoutPause } from '../deliver/observe-request.ts';
import { createVirtualClock, type VirtualClock } from '../virtual-clock.ts';
import { listTopicsOfGroup } from './computed-recipients.ts';

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
/** Which letter each group of readers gets: the first gets the first, and each of the others one of its own. */
const planLetters = (groups: number): LetterPlan => {
  const others = Array.from({ length: groups - 1 }, (_, index) => index + 1);
  const toClass = (group: number): string =>
    formatReaderClass({ after: 0, topics: listTopicsOfGroup(group) }, [], { cadence: 'daily', regularAfter: 0 });
  return {
    repeated: [],
    entries: [],
    classes: Object.fromEntries(others.map((group) => [toClass(group), { letter: group }])),
    letters: others.map(() => ({ articles: [], corrections: [], hasMore: false })),
  };
};

/** As the issue was frozen. It is given, as the mail is. */
const buildDraftObject = (groups: number) => {
  const draft = { ...issueEmail, json: '', page: '', articles: [], plan: planLetters(groups) };
  return { size: 0, modified: '', etag: '', bytes: new TextEncoder().encode(JSON.stringify(draft)) };
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

/** Milliseconds: how long SES is said to take for a call, and every other request. */
export interface RequestLatencies {
  readonly call: number;
  readonly others: number;
}

export interface IssueSenderOptions {
  /** A virtual clock stands still while requests are under way, and passes where delivery would wait. */
  readonly clock: 'real' | 'virtual';
  /** Invocations of `deliver` at a time. */
  readonly invocations: number;
  /** How many different choices of topics the readers made. */
  readonly groups?: number;
  /** By the clock. */
  readonly latencies?: RequestLatencies;
}

export interface DeliveryFigures {
  /** By the clock. */
  readonly seconds: number;
  /** Calls to SES that were under way at once. */
  readonly mostCalls: number;
  /** Invocations, one after the other and side by side. */
  readonly invoked: number;
}

const realClock: Pick<VirtualClock, 'now' | 'sleep'> = {
  now: () => new Date(),
  sleep: (milliseconds) => sleep(milliseconds),
};

/** Lets each request of a client take its time, and counts those that are under way. */
const createRequestTimer = ({ sleep: wait }: Pick<VirtualClock, 'sleep'>, latencies?: RequestLatencies) => {
  const calls = { running: 0, most: 0 };
  const time = async <T>(isCall: boolean, request: () => Promise<T>): Promise<T> => {
    if (!isCall) {
      if (latencies) await wait(latencies.others);
      return runWithoutPause(request);
    }
    calls.running += 1;
    calls.most = Math.max(calls.most, calls.running);
    try {
      if (latencies) await wait(latencies.call);
      return await runWithoutPause(request);
    } finally {
      calls.running -= 1;
    }
  };
  return { calls, time };
};

/** The messages of so many batches, and those that wait. */
const createBenchQueue = ({ now, sleep: wait }: Pick<VirtualClock, 'now' | 'sleep'>, batches: number) => {
  const delayed: { readonly message: object; readonly due: number }[] = [];
  let queued = 0;
  const receive = async (): Promise<object[]> => {
    const time = now().getTime();
    const due = delayed.filter((each) => each.due <= time).slice(0, batchesPerInvocation);
    for (const each of due) delayed.splice(delayed.indexOf(each), 1);
    const messages = due.map(({ message }) => message);
    while (messages.length < batchesPerInvocation && queued < batches) {
      queued += 1;
      messages.push({ issue, batch: queued });
    }
    if (messages.length > 0 || delayed.length === 0) return messages;
    await wait(Math.max(0, Math.min(...delayed.map((each) => each.due)) - time));
    return receive();
  };
  return {
    receive,
    delay: (messages: readonly object[], seconds: number): void => {
      const due = now().getTime() + seconds * 1000;
      delayed.push(...messages.map((message) => ({ message, due })));
    },
  };
};

/**
 * Composes an issue as compose-issue does from its recipients on, and delivers it as deliver does, with real SDK
 * clients.
 */
export const createIssueSender = (
  endpoint: string,
  { clock: kind, invocations, latencies, groups = 1 }: IssueSenderOptions,
) => {
  const clock = kind === 'virtual' ? createVirtualClock(Date.parse('2026-11-20T07:00:00Z')) : realClock;
  const { now } = clock;
  const { calls, time } = createRequestTimer(clock, latencies);
  const options = { endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } };
  const table = new DynamoDBClient(options);
  const sqs = new SQSClient({ ...options, md5: false });
  const ses = new SESv2Client({ ...options, maxAttempts: 1 });
  table.middlewareStack.add((next) => (args) => time(false, () => next(args)));
  sqs.middlewareStack.add((next) => (args) => time(false, () => next(args)));
  ses.middlewareStack.add(
    (next, { commandName }) =>
      (args) =>
        time(commandName === 'SendBulkEmailCommand', () => next(args)),
  );
  const dynamo = DynamoDBDocumentClient.from(table, { marshallOptions: { removeUndefinedValues: true } });
  const s3 = new S3Client(options);
  const mailer = createSesMailer(ses, {
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
      const internal = { ...composing.buckets.internal, get: async () => buildDraftObject(groups) };
      const given = { ...composing, buckets: { ...composing.buckets, internal } };
      return composeIssue(given, { cadence: 'daily' }, () => hour);
    },

    deliver: async (): Promise<DeliveryFigures> => {
      const { batches = 0 } = (await composing.issues.get(issue)) ?? {};
      const begun = now().getTime();
      const queue = createBenchQueue(clock, batches);
      let invoked = 0;
      const deliverAll = async (): Promise<void> => {
        const handler = createDeliveryHandler({
          ...services,
          issueMails: { read: async () => issueEmail },
          sleep: clock.sleep,
          deliveriesQueue: {
            ...services.deliveriesQueue,
            sendMany: async (messages, seconds = 0) => {
              await services.deliveriesQueue.sendMany(messages, seconds);
              queue.delay(messages, seconds);
            },
          },
        });
        const handle = createSqsHandler({ log, failureMessage: 'a batch failed', ...handler });
        for (let messages = await queue.receive(); messages.length > 0; messages = await queue.receive()) {
          invoked += 1;
          const until = now().getTime() + minute;
          const Records = messages.map((message) => ({ messageId: '', body: JSON.stringify(message) }));
          const { batchItemFailures } = await handle(
            { Records },
            { getRemainingTimeInMillis: () => until - now().getTime() },
          );
          if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} batches failed`);
        }
      };
      await Promise.all(Array.from({ length: invocations }, deliverAll));
      return { seconds: (now().getTime() - begun) / 1000, mostCalls: calls.most, invoked };
    },
  };
};
