/**
 * What one more article costs in an archive of 100, of 1,000 and of 10,000: publishing it here, against building the
 * site anew with Eleventy. One archive grows; at each size articles are published one by one and withdrawn again.
 *
 *     node tests/bench/publishing.ts [SIZES]
 *
 * SIZES are multiples of 100 with commas between them. Everything runs on this machine: S3 and DynamoDB, too, which
 * share the process and answer at once; so it is measured again with every request held up, as if they were far away.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { startPress } from '../publishing/press.ts';
import { dateOf, monthEnd, seedOf } from './archive.ts';
import { installEleventy } from './eleventy.ts';
import { printTable, spreadOf, tell, timed } from './measure.ts';

const sizes = (process.argv[2] ?? '100,1000,10000').split(',').map(Number);
const repeats = 10;
const builds = 3;
/** Milliseconds: an assumption on how long S3 and DynamoDB take to answer within a region. */
const waits = { s3: 20, dynamo: 5 };

const requests = new Map<string, number>();
let clock = dateOf(0);
let isFar = false;
const press = await startPress({
  settings: { feedSize: 20 },
  now: () => clock,
  onRequest: async (command) => {
    requests.set(command, (requests.get(command) ?? 0) + 1);
    if (isFar) await sleep(command.includes('Object') ? waits.s3 : waits.dynamo);
  },
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

interface Published {
  readonly elapsed: number;
  readonly processor: number;
  readonly counts: ReadonlyMap<string, number>;
}

/** Publishes the article that comes next, and withdraws it: milliseconds, and the requests to AWS by name. */
const publishOne = async (index: number, name: string): Promise<Published> => {
  clock = new Date(clock.getTime() + 1000);
  await press.upload(`more/${index}-${name}.md`, seedOf(index, { title: `One more, ${name}` }));
  requests.clear();
  const before = process.cpuUsage();
  const elapsed = await timed(deliver);
  const { user, system } = process.cpuUsage(before);
  const counts = new Map(requests);
  await press.remove(`more/${index}-${name}.md`);
  await deliver();
  return { elapsed, processor: (user + system) / 1000, counts };
};

const publishSome = async (index: number, kind: 'near' | 'far'): Promise<Published[]> => {
  const published: Published[] = [];
  isFar = kind === 'far';
  for (let repeat = 0; repeat < repeats; repeat += 1)
    published.push(await publishOne(index, `${kind} ${repeat}`));
  isFar = false;
  return published;
};

const rebuild = async (index: number): Promise<string> => {
  if (!eleventy) return 'skipped';
  await eleventy.build();
  const times: number[] = [];
  for (let repeat = 0; repeat < builds; repeat += 1) {
    const name = `more-${index}-${repeat}`;
    eleventy.add(name, seedOf(index, { title: `One more, ${repeat}` }));
    times.push(await timed(() => eleventy.build()));
    eleventy.remove(name);
  }
  return tell(spreadOf(times));
};

const countOf = ({ counts }: Published): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);

/** The one value of all, or all that there are. */
const same = (values: readonly (number | string)[]): string => [...new Set(values)].join(' or ');

const byName = ({ counts }: Published): string =>
  [...counts]
    .sort()
    .map(([name, count]) => `${name.replace('Command', '')} ${count}`)
    .join(', ');

const rows: string[][] = [];
const names: string[] = [];
let have = 0;
for (const size of sizes) {
  await grow(have, size);
  have = size;
  const near = await publishSome(size, 'near');
  const far = await publishSome(size, 'far');
  const all = [...near, ...far];
  rows.push([
    size.toLocaleString('en'),
    same(all.map(countOf)),
    same(all.map(({ counts }) => counts.get('PutObjectCommand') ?? 0)),
    tell(spreadOf(near.map(({ elapsed }) => elapsed))),
    tell(spreadOf(near.map(({ processor }) => processor))),
    tell(spreadOf(far.map(({ elapsed }) => elapsed))),
    await rebuild(size),
  ]);
  names.push(...all.map(byName));
}
printTable(
  [
    'archive',
    'AWS requests',
    'objects written',
    'time',
    'of it processor',
    'time, AWS far',
    'Eleventy builds anew',
  ],
  rows,
);
console.log(`AWS requests by name: ${same(names)}`);
if (new Set(names).size > 1) {
  console.error('The requests for one more article are not the same in every archive.');
  process.exitCode = 1;
}
eleventy?.stop();
await press.stop();
