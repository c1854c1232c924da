/**
 * What one more article costs in an archive of 100, of 1,000 and of 10,000: publishing it here, against building the
 * site anew with Eleventy. One archive grows; at each size articles are published one by one and withdrawn again.
 *
 *     node tests/bench/publishing.ts [SIZES]
 *
 * SIZES are multiples of 100 with commas between them. Everything runs on this machine: S3 and DynamoDB, too, which
 * share the process.
 */
import { startPress } from '../publishing/press.ts';
import { dateOf, monthEnd, seedOf } from './archive.ts';
import { installEleventy } from './eleventy.ts';
import { printTable, spreadOf, tell, timed } from './measure.ts';

const sizes = (process.argv[2] ?? '100,1000,10000').split(',').map(Number);
const repeats = 10;
const builds = 3;

const requests = new Map<string, number>();
let clock = dateOf(0);
const press = await startPress({
  settings: { feedSize: 20 },
  now: () => clock,
  onRequest: (command) => requests.set(command, (requests.get(command) ?? 0) + 1),
});
const eleventy = await installEleventy();

const deliver = async (): Promise<void> => {
  while (press.pending.length > 0) {
    const failed = await press.deliver(press.pending.splice(0));
    if (failed.length > 0) throw new Error(`messages failed: ${JSON.stringify(press.warnings.at(-1))}`);
  }
};

const nameOf = (index: number): string => `article-${index}`;

/** Adds a month after the other, each when it is over: so all its articles are announced. */
const grow = async (from: number, to: number): Promise<void> => {
  if (from === to) return;
  const end = Math.min(to, monthEnd(from));
  clock = dateOf(end);
  const indexes = Array.from({ length: end - from }, (_, place) => from + place);
  await Promise.all(indexes.map((index) => press.upload(`${nameOf(index)}.md`, seedOf(index))));
  await deliver();
  for (const index of indexes) eleventy?.add(nameOf(index), seedOf(index));
  await grow(end, to);
};

/** Publishes the article that comes next, and withdraws it: milliseconds, and the requests to AWS by name. */
const publishOne = async (index: number, repeat: number) => {
  const key = `more-${index}-${repeat}.md`;
  clock = new Date(clock.getTime() + 1000);
  await press.upload(key, seedOf(index, { title: `One more ${repeat}` }));
  requests.clear();
  const cpu = process.cpuUsage();
  const elapsed = await timed(deliver);
  const { user, system } = process.cpuUsage(cpu);
  const counts = new Map(requests);
  await press.remove(key);
  await deliver();
  return { elapsed, processor: (user + system) / 1000, counts };
};

const countOf = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);

/** The one value of all, or all that there are. */
const same = (values: readonly number[]): string => [...new Set(values)].join(' or ');

const rebuild = async (index: number): Promise<string> => {
  if (!eleventy) return 'skipped';
  await eleventy.build();
  const times: number[] = [];
  for (let repeat = 0; repeat < builds; repeat += 1) {
    const name = `more-${index}-${repeat}`;
    eleventy.add(name, seedOf(index, { title: `One more ${repeat}` }));
    times.push(await timed(() => eleventy.build()));
    eleventy.remove(name);
  }
  return tell(spreadOf(times));
};

const rows: string[][] = [];
let details = '';
let have = 0;
for (const size of sizes) {
  await grow(have, size);
  have = size;
  const published = [];
  for (let repeat = 0; repeat < repeats; repeat += 1) published.push(await publishOne(size, repeat));
  const counts = published.map((one) => one.counts);
  rows.push([
    size.toLocaleString('en'),
    tell(spreadOf(published.map(({ elapsed }) => elapsed))),
    tell(spreadOf(published.map(({ processor }) => processor))),
    same(counts.map(countOf)),
    same(counts.map((count) => count.get('PutObjectCommand') ?? 0)),
    await rebuild(size),
  ]);
  const names = [...(counts.at(-1) ?? [])]
    .sort()
    .map(([name, count]) => `${name.replace('Command', '')} ${count}`);
  details += `\n${size.toLocaleString('en')}: ${names.join(', ')}`;
}
printTable(
  ['archive', 'publish one more', 'processor time', 'AWS requests', 'objects written', 'Eleventy, the same'],
  rows,
);
console.log(`Requests by name, for one article:${details}`);
eleventy?.stop();
await press.stop();
