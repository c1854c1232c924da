/**
 * What an issue costs to send: subscribers addressed and delivered a second, requests, memory, and from these the
 * minutes and dollars of a million subscribers.
 *
 *     node tests/bench/newsletter.ts [--sizes N,N] [--recipients N]
 *
 * `--sizes` are of the lists that are sent as fast as this machine can, `--recipients` of the one that is sent at 1,000
 * a second: a million by default. Its clock is virtual: it passes where delivery waits, and stands still while this
 * machine works.
 * Each part runs in a process of its own, so that its memory is the function's alone, against a server in this one that
 * answers at once and sends nothing.
 */

import { execFile } from 'node:child_process';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { z } from 'zod';
import { countDeliveryOutcomes } from '../../functions/core/newsletter/delivery/delivery-batch.ts';
import { deliveryBatchSchema } from '../../functions/core/newsletter/delivery/delivery-batch-record.ts';
import {
  batchesPartition,
  createAddressingIssue,
  type IssueSenderOptions,
  type RequestLatencies,
} from './issue-sender.ts';
import { printTable } from './measure.ts';
import { computeIssuePrice, concurrentDeliveries, type MeasuredPerRecipient } from './newsletter-prices.ts';
import { startNullAws } from './null-aws.ts';

const rates = [14, 200, 1000];
/** Enough for the counts of a rate. */
const sampleReaders = 10_000;
const million = 1_000_000;
const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,50000,200000' },
    recipients: { type: 'string', default: '1000000' },
  },
});
const sizes = options.sizes.split(',').map(Number);
/** Of SES for a call, and of DynamoDB and SQS for a request. */
const latencies: RequestLatencies = { call: 300, others: 5 };
const unlimitedRate = 1_000_000;
const script = fileURLToPath(new URL('send-issue.ts', import.meta.url));
/**
 * So little that what a process holds shows, and not what garbage lies about: one that held the roster, or grew with
 * it, would not get through.
 */
const heap = ['--max-old-space-size=64', '--max-semi-space-size=4'];
const printed = z.object({
  milliseconds: z.number(),
  loaded: z.number(),
  peak: z.number(),
  /** Of delivering, by its clock. */
  seconds: z.number().default(0),
  mostCalls: z.number().default(0),
});

const formatNumber = (value: number, digits = 0): string =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const formatDollars = (value: number): string => `$${value.toFixed(2)}`;

const run = async (endpoint: string, part: string, sender: IssueSenderOptions) => {
  const { invocations, clock, groups = 1, latencies } = sender;
  const times = latencies ? [String(latencies.call), String(latencies.others)] : [];
  const args = [...heap, script, endpoint, part, String(invocations), clock, String(groups), ...times];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args);
  if (stderr) throw new Error(stderr);
  return printed.parse(JSON.parse(stdout));
};

/** Sends an issue to so many, and holds the ledger to it: everybody has it once. */
const measure = async (readers: number, perSecond: number, sender: Omit<IssueSenderOptions, 'invocations'>) => {
  const aws = await startNullAws({ readers, perSecond, groups: sender.groups ?? 1 }, createAddressingIssue());
  const composed = {
    ...(await run(aws.endpoint, 'compose', { invocations: 1, clock: 'real', groups: sender.groups ?? 1 })),
    ...aws.readCounts(),
  };
  const delivered = {
    ...(await run(aws.endpoint, 'deliver', { ...sender, invocations: concurrentDeliveries })),
    ...aws.readCounts(),
  };
  const { sent } = countDeliveryOutcomes(aws.items(batchesPartition).map((item) => deliveryBatchSchema.parse(item)));
  await aws.close();
  if (sent !== readers || delivered.mails !== readers)
    throw new Error(`of ${readers} readers, ${sent} are sent and ${delivered.mails} mailed`);
  return { readers, composed, delivered };
};
type Measured = Awaited<ReturnType<typeof measure>>;

const formatLoad = (): string => `load ${loadavg()[0]?.toFixed(1)}`;

const began = performance.now();
console.log(`${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, Node ${process.version}, ${formatLoad()}`);

const bySize: Measured[] = [];
for (const size of sizes) bySize.push(await measure(size, unlimitedRate, { clock: 'real' }));
const formatSpeed = ({ readers }: Measured, { milliseconds }: { readonly milliseconds: number }): string =>
  formatNumber((readers * 1000) / milliseconds);
printTable(
  ['subscribers', 'addressed a second', 'delivered a second', 'compose peak MB', 'deliver peak MB', 'loaded MB'],
  bySize.map((one) => [
    formatNumber(one.readers),
    formatSpeed(one, one.composed),
    formatSpeed(one, one.delivered),
    formatNumber(one.composed.peak),
    formatNumber(one.delivered.peak),
    `${formatNumber(one.composed.loaded)}, ${formatNumber(one.delivered.loaded)}`,
  ]),
);

/** The same lists, whose readers made so many different choices of topics. */
const groups = 20;
const byGroups: Measured[] = [];
for (const size of sizes.slice(0, 2)) byGroups.push(await measure(size, unlimitedRate, { clock: 'real', groups }));
const countCalls = ({ delivered }: Measured): number => delivered.requests.SendBulkEmail ?? 0;
printTable(
  ['subscribers', 'calls to SES', `with ${groups} choices of topics`, 'more'],
  byGroups.map((grouped, index) => {
    const [plain, calls] = [bySize[index], countCalls(grouped)];
    const before = plain ? countCalls(plain) : Number.NaN;
    const more = ((calls - before) * 100) / before;
    return [...[grouped.readers, before, calls].map((count) => formatNumber(count)), `${formatNumber(more, 1)} %`];
  }),
);

const fastRate = 1000;
const atRate = await measure(Number(options.recipients), fastRate, { clock: 'virtual', latencies });
printTable(
  [
    'subscribers',
    'addressed a second',
    'delivered a second, by the clock',
    'calls at once',
    'compose peak MB',
    'deliver peak MB',
  ],
  [
    [
      formatNumber(atRate.readers),
      formatSpeed(atRate, atRate.composed),
      formatNumber(atRate.readers / atRate.delivered.seconds),
      formatNumber(atRate.delivered.mostCalls),
      formatNumber(atRate.composed.peak),
      formatNumber(atRate.delivered.peak),
    ],
  ],
);

const byRate: { rate: number; one: Measured }[] = [];
for (const rate of rates)
  byRate.push({ rate, one: await measure(sampleReaders, rate, { clock: 'virtual', latencies }) });
const toPerThousand = (value: number, { readers }: Measured): number => (value * 1000) / readers;
const columns = [
  ...byRate.map(({ rate, one }) => ({ title: `at ${formatNumber(rate)} a second`, one })),
  { title: `${formatNumber(atRate.readers)} at ${formatNumber(fastRate)} a second`, one: atRate },
];
const parts = ['composed', 'delivered'] as const;
const buildRows = (part: (typeof parts)[number]): string[][] => {
  const names = [...new Set(columns.flatMap(({ one }) => Object.keys(one[part].requests)))].sort();
  const row = (title: string, value: (one: Measured) => number): string[] => [
    `${part === 'composed' ? 'compose' : 'deliver'}: ${title}`,
    ...columns.map(({ title, one }) =>
      // Composing knows no rate, and a small roster would show what it costs once.
      part === 'composed' && title !== columns.at(-1)?.title ? '' : formatNumber(toPerThousand(value(one), one), 1),
    ),
  ];
  return [
    ...names.map((name) => row(name, (one) => one[part].requests[name] ?? 0)),
    row('DynamoDB units read', (one) => one[part].read),
    row('DynamoDB units written', (one) => one[part].written),
  ];
};
printTable(['for 1,000 recipients', ...columns.map(({ title }) => title)], parts.flatMap(buildRows));

/** What composing takes is that of the largest roster; what delivering takes, that of the rate. */
const toPerRecipient = ({ readers, delivered }: Measured): MeasuredPerRecipient => {
  const each = (value: (composed: Measured['composed']) => number): number => value(atRate.composed) / atRate.readers;
  return {
    read: each(({ read }) => read) + delivered.read / readers,
    written: each(({ written }) => written) + delivered.written / readers,
    queueSends:
      each(({ requests }) => requests.SendMessageBatch ?? 0) + (delivered.requests.SendMessageBatch ?? 0) / readers,
    sesCalls: (delivered.requests.SendBulkEmail ?? 0) / readers,
    composeSeconds: each(({ milliseconds }) => milliseconds / 1000),
  };
};
printTable(
  ['a million mails', 'minutes', 'calls to SES', 'DynamoDB', 'Lambda, at most', 'SQS', 'total without SES', 'SES'],
  byRate.map(({ rate, one }) => {
    const price = computeIssuePrice(million, rate, toPerRecipient(one));
    return [
      `at ${formatNumber(rate)} a second`,
      formatNumber(million / rate / 60),
      formatNumber(price.calls),
      ...[price.dynamo, price.lambda, price.sqs, price.dynamo + price.lambda + price.sqs, price.ses].map(formatDollars),
    ];
  }),
);
console.log(`Measured in ${((performance.now() - began) / 1000).toFixed(0)} seconds, ${formatLoad()} at the end.`);
