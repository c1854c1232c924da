/**
 * What an issue costs to send: subscribers addressed and delivered a second, requests, memory, and from these the
 * minutes and dollars of a million subscribers.
 *
 *     node tests/bench/newsletter.ts
 *
 * Each part runs in a process of its own, so that its memory is the function's alone, against a server in this one that
 * answers at once and sends nothing.
 */

import { execFile } from 'node:child_process';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { tally } from '../../functions/core/newsletter/delivery.ts';
import { deliveryBatchSchema } from '../../functions/core/newsletter/records.ts';
import { printTable } from './measure.ts';
import { type Counted, mostAtOnce, priceOf } from './newsletter-prices.ts';
import { startNullAws } from './null-aws.ts';

const sizes = [10_000, 50_000, 200_000];
const rates = [14, 200, 1000];
/** Enough for the counts of a rate. */
const sample = 1000;
const million = 1_000_000;
const unhindered = 1_000_000;
const script = fileURLToPath(new URL('send-issue.ts', import.meta.url));
/**
 * So little that what a process holds shows, and not what garbage lies about: one that held the roster, or grew with
 * it, would not get through.
 */
const heap = ['--max-old-space-size=64', '--max-semi-space-size=4'];
const printed = z.object({ milliseconds: z.number(), loaded: z.number(), peak: z.number() });

type Clock = { readonly perSecond: number; readonly clock: 'real' | 'virtual' };
const number = (value: number, digits = 0): string =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const dollars = (value: number): string => `$${value.toFixed(2)}`;

const run = async (endpoint: string, part: string, atOnce: number, clock: string) => {
  const args = [...heap, script, endpoint, part, String(atOnce), clock];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args);
  if (stderr) throw new Error(stderr);
  return printed.parse(JSON.parse(stdout));
};

/** Sends an issue to so many, and holds the ledger to it: everybody has it once. */
const measure = async (readers: number, { perSecond, clock }: Clock) => {
  const at = '2026-11-20T07:00:00.000Z';
  const issue = { number: 1, at, after: 0, upTo: 20 };
  const counts = { articles: 20, batches: 0, planned: 0, queued: 0 };
  const aws = await startNullAws({ readers, perSecond }, [
    { pk: 'CADENCE#daily', sk: 'CADENCE', number: 1, at, open: issue },
    {
      ...{ pk: 'ISSUE#daily-1', sk: 'ISSUE', cadence: 'daily', ...issue, ...counts },
      ...{ subject: 'News', state: 'addressing' },
    },
  ]);
  const composed = { ...(await run(aws.endpoint, 'compose', 1, 'real')), ...aws.take() };
  const atOnce = clock === 'virtual' ? 1 : mostAtOnce;
  const delivered = { ...(await run(aws.endpoint, 'deliver', atOnce, clock)), ...aws.take() };
  const { sent } = tally(aws.items('BATCHES#daily-1').map((item) => deliveryBatchSchema.parse(item)));
  await aws.close();
  if (sent !== readers || delivered.mails !== readers)
    throw new Error(`of ${readers} readers, ${sent} are sent and ${delivered.mails} mailed`);
  return { readers, composed, delivered };
};
type Measured = Awaited<ReturnType<typeof measure>>;

const load = (): string => `load ${loadavg()[0]?.toFixed(1)}`;

const began = performance.now();
console.log(
  `${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, Node ${process.version}, ${load()}`,
);

const bySize: Measured[] = [];
for (const size of sizes) bySize.push(await measure(size, { perSecond: unhindered, clock: 'real' }));
const speed = ({ readers }: Measured, { milliseconds }: { readonly milliseconds: number }): string =>
  number((readers * 1000) / milliseconds);
printTable(
  [
    'subscribers',
    'addressed a second',
    'delivered a second',
    'compose peak MB',
    'deliver peak MB',
    'loaded MB',
  ],
  bySize.map((one) => [
    number(one.readers),
    speed(one, one.composed),
    speed(one, one.delivered),
    number(one.composed.peak),
    number(one.delivered.peak),
    `${number(one.composed.loaded)}, ${number(one.delivered.loaded)}`,
  ]),
);

const byRate: { rate: number; one: Measured }[] = [];
for (const rate of rates)
  byRate.push({ rate, one: await measure(sample, { perSecond: rate, clock: 'virtual' }) });
const perThousand = (value: number, { readers }: Measured): number => (value * 1000) / readers;
const columns = [
  ...byRate.map(({ rate, one }) => ({ title: `at ${number(rate)} a second`, one })),
  ...bySize.slice(-1).map((one) => ({ title: `unhindered, ${mostAtOnce} at once`, one })),
];
const parts = ['composed', 'delivered'] as const;
const rowsOf = (part: (typeof parts)[number]): string[][] => {
  const names = [...new Set(columns.flatMap(({ one }) => Object.keys(one[part].requests)))].sort();
  const row = (title: string, value: (one: Measured) => number): string[] => [
    `${part === 'composed' ? 'compose' : 'deliver'}: ${title}`,
    ...columns.map(({ title, one }) =>
      // Composing knows no rate, and a small roster would show what it costs once.
      part === 'composed' && title !== columns.at(-1)?.title ? '' : number(perThousand(value(one), one), 1),
    ),
  ];
  return [
    ...names.map((name) => row(name, (one) => one[part].requests[name] ?? 0)),
    row('DynamoDB units read', (one) => one[part].read),
    row('DynamoDB units written', (one) => one[part].written),
  ];
};
printTable(['for 1,000 recipients', ...columns.map(({ title }) => title)], parts.flatMap(rowsOf));

/** What composing takes is that of the largest roster; what delivering takes, that of the rate. */
const countedOf = ({ readers, delivered }: Measured): Counted => {
  const most = bySize.at(-1);
  const each = (value: (composed: Measured['composed']) => number): number =>
    most ? value(most.composed) / most.readers : Number.NaN;
  return {
    read: each(({ read }) => read) + delivered.read / readers,
    written: each(({ written }) => written) + delivered.written / readers,
    sends:
      each(({ requests }) => requests.SendMessageBatch ?? 0) +
      (delivered.requests.SendMessage ?? 0) / readers,
    calls: (delivered.requests.SendBulkEmail ?? 0) / readers,
    composeSeconds: each(({ milliseconds }) => milliseconds / 1000),
  };
};
printTable(
  ['a million', 'minutes', 'calls to SES', 'DynamoDB', 'Lambda, at most', 'SQS', 'all three', 'SES'],
  byRate.map(({ rate, one }) => {
    const price = priceOf(million, rate, countedOf(one));
    return [
      `at ${number(rate)} a second`,
      number(million / rate / 60),
      number(price.calls),
      ...[price.dynamo, price.lambda, price.sqs, price.dynamo + price.lambda + price.sqs, price.ses].map(
        dollars,
      ),
    ];
  }),
);
console.log(`Measured in ${((performance.now() - began) / 1000).toFixed(0)} seconds, ${load()} at the end.`);
