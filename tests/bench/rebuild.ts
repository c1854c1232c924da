/**
 * What it takes to build a whole site again: after new settings, after new code that leaves every document as it is, and
 * by `seedpress rebuild`, which also reads every seed again.
 *
 *     node --expose-gc tests/bench/rebuild.ts [ARTICLES]
 *
 * S3 and DynamoDB are in memory. By the clock of the invocations, each of their requests takes its time, and so does the
 * processor of this machine.
 */
import { availableParallelism, cpus, loadavg } from 'node:os';
import { publishTimeoutSeconds } from '../../functions/platform/contract.ts';
import type { PublishServices } from '../../functions/publish/services.ts';
import { readPriceList, toDollars } from '../../infra/cli/cost/price-list.ts';
import { createInMemoryPublishFixture } from '../publish/in-memory-publish-fixture.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { printTable } from './measure.ts';
import { buildArchiveSeed, findMonthEnd, toPublicationDate } from './sample-archive.ts';
import { countItemBytes } from './wire-values.ts';

const articles = Number(process.argv[2] ?? 10_000);
/** Milliseconds: an assumption on how long S3 and DynamoDB take to answer within a region. */
const latencyMs = { s3: 20, dynamo: 5 };
/** As much as infra/constructs/publishing.ts gives `publish`. */
const gigabytes = 1769 / 1024;
const bytesPerRead = 4096;
const bytesPerWrite = 1024;

const clock = createVirtualClock(0);
const counts = new Map<string, number>();
const units = { read: 0, written: 0 };
let archiveTime = toPublicationDate(0);
let isMeasured = false;
let peakHeapBytes = 0;

const toUnits = (item: unknown, size: number): number =>
  Math.max(1, Math.ceil((typeof item === 'object' && item !== null ? countItemBytes(item) : 0) / size));

const fixture = await createInMemoryPublishFixture({
  settings: { feedSize: 20 },
  now: () => archiveTime,
  onRequest: async (name, about) => {
    if (!isMeasured) return;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (/^(?:BatchWrite|Update|Delete)$/.test(name))
      for (const item of about) units.written += toUnits(item, bytesPerWrite);
    peakHeapBytes = Math.max(peakHeapBytes, process.memoryUsage().heapUsed);
    await clock.sleep(name.includes('Object') ? latencyMs.s3 : latencyMs.dynamo);
  },
  onAnswer: (name, answer) => {
    if (!isMeasured) return;
    // A query is charged for the sum of its items, the others for each.
    if (name === 'Query') units.read += toUnits({ answer }, bytesPerRead);
    if (name === 'BatchGet' && Array.isArray(answer))
      for (const item of answer) units.read += toUnits(item, bytesPerRead);
    if (name === 'Get') units.read += toUnits(answer, bytesPerRead);
  },
});

/** Adds a month after the other, each when it is over: so all its articles are announced. */
const growArchive = async (): Promise<void> => {
  for (let from = 0; from < articles; ) {
    const end = Math.min(articles, findMonthEnd(from));
    archiveTime = toPublicationDate(end);
    for (; from < end; from += 1) await fixture.upload(`${from}.md`, buildArchiveSeed(from));
    while (fixture.pending.length > 0) {
      const failed = await fixture.deliver(fixture.pending.splice(0));
      if (failed.length > 0) throw new Error(`messages failed: ${JSON.stringify(fixture.warnings.at(-1))}`);
    }
  }
};

/** One invocation after the other, each for as long as `publish` may run, until nothing is left to do. */
const measureRebuild = async (by: PublishServices) => {
  counts.clear();
  [units.read, units.written] = [0, 0];
  globalThis.gc?.();
  const heapBefore = process.memoryUsage().heapUsed;
  [peakHeapBytes, isMeasured] = [heapBefore, true];
  const begun = { clock: clock.now().getTime(), cpu: process.cpuUsage() };
  let [invocations, longestMs, processorMs] = [0, 0, 0];
  while (fixture.pending.length > 0) {
    const before = { clock: clock.now().getTime(), cpu: process.cpuUsage() };
    const readCpuMs = (): number => {
      const { user, system } = process.cpuUsage(before.cpu);
      return (user + system) / 1000;
    };
    const readElapsedMs = (): number => clock.now().getTime() - before.clock + readCpuMs();
    invocations += 1;
    const failed = await fixture.deliver(
      fixture.pending.splice(0, 10),
      by,
      () => publishTimeoutSeconds * 1000 - readElapsedMs(),
    );
    if (failed.length > 0) throw new Error(`messages failed: ${JSON.stringify(fixture.warnings.at(-1))}`);
    longestMs = Math.max(longestMs, readElapsedMs());
    processorMs += readCpuMs();
  }
  isMeasured = false;
  const { isRebuilding, requested, built } = await by.build.get();
  if (isRebuilding || requested !== built) throw new Error('the site is not built');
  const waitedMs = clock.now().getTime() - begun.clock;
  return {
    counts: new Map(counts),
    units: { ...units },
    invocations,
    longestMs,
    processorMs,
    waitedMs,
    heapMegabytes: (peakHeapBytes - heapBefore) / 1024 / 1024,
  };
};
type MeasuredRebuild = Awaited<ReturnType<typeof measureRebuild>>;

/** What `seedpress rebuild` asks of publish. */
const requestRebuild = async (): Promise<void> => {
  const keys = Array.from({ length: articles }, (_, index) => `${index}.md`);
  for (const { key, sequencer } of await fixture.services.seeds.getMany(keys))
    fixture.send({ source: 'aws.s3', detail: { bucket: { name: 'seeds' }, object: { key, sequencer } } });
  await fixture.services.build.requestFullRebuild('bench');
};

const list = readPriceList();
const price = ({ counts: requests, units: { read, written }, invocations, waitedMs, processorMs }: MeasuredRebuild) => {
  const count = (...names: string[]): number => names.reduce((sum, name) => sum + (requests.get(name) ?? 0), 0);
  return [
    ['s3.put', count('PutObject')],
    ['s3.get', count('GetObject', 'HeadObject')],
    ['dynamodb.read', read],
    ['dynamodb.written', written],
    ['lambda.call', invocations],
    ['lambda.gigabyteSecond', ((waitedMs + processorMs) / 1000) * gigabytes],
  ].reduce((sum, [name, quantity]) => sum + toDollars(list, String(name), Number(quantity)), 0);
};

const formatNumber = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 0 });
const format = (what: string, measured: MeasuredRebuild): string[] => [
  what,
  formatNumber([...measured.counts.values()].reduce((sum, count) => sum + count, 0)),
  formatNumber(measured.counts.get('PutObject') ?? 0),
  formatNumber(measured.counts.get('GetObject') ?? 0),
  formatNumber(measured.units.read),
  formatNumber(measured.units.written),
  String(measured.invocations),
  `${(measured.longestMs / 1000).toFixed(0)} s`,
  `${((measured.waitedMs + measured.processorMs) / 60_000).toFixed(1)} min`,
  `${(measured.processorMs / 60_000).toFixed(1)} min`,
  `${measured.heapMegabytes.toFixed(0)} MB`,
  `$${price(measured).toFixed(3)}`,
];

console.log(`${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}`);
await growArchive();
const rows: string[][] = [];
const measureAs = async (what: string, by: PublishServices): Promise<void> => {
  fixture.tick();
  const measured = await measureRebuild(by);
  rows.push(format(what, measured));
  console.log(what, Object.fromEntries(measured.counts));
};
await measureAs('another title', fixture.createFixtureServices({ title: 'Another' }));
await measureAs('other code, the same documents', fixture.createFixtureServices({ title: 'Another' }, 'other'));
await requestRebuild();
await measureAs('seedpress rebuild', fixture.createFixtureServices({ title: 'Another' }, 'other'));
printTable(
  [
    `${formatNumber(articles)} articles`,
    'requests',
    'objects written',
    'objects read',
    'units read',
    'units written',
    'invocations',
    'the longest',
    'time',
    'of it processor',
    'more heap',
    'cost',
  ],
  rows,
);
