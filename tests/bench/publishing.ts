/**
 * What one more article costs in an archive of 100, of 1,000 and of 10,000, one that is filed in the archive and one that
 * is announced: publishing it here, against building the site anew with Eleventy and Hugo. One archive grows; at each size
 * articles are published one by one and withdrawn again.
 *
 *     node tests/bench/publishing.ts [SIZES]
 *
 * SIZES are multiples of 100 with commas between them. Everything runs on this machine: S3 and DynamoDB, too, which
 * share the process and answer at once; so it is measured again with every request held up, as if they were far away. The
 * longest chain is that of an archive of the same size in memory, where all requests take equally long.
 */
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPublishFixture } from '../publish/publish-fixture.ts';
import { traceOneArticle } from '../publish/trace-one-article.ts';
import { type ComparedSite, installEleventy } from './eleventy.ts';
import { findHugo } from './hugo.ts';
import { computeSpread, formatSpread, measureMs, printTable } from './measure.ts';
import { buildArchiveSeed, findMonthEnd, toPublicationDate } from './sample-archive.ts';

const sizes = (process.argv[2] ?? '100,1000,10000').split(',').map(Number);
const repeats = 10;
const builds = 3;
/** Milliseconds: an assumption on how long S3 and DynamoDB take to answer within a region. */
const latencyMs = { s3: 20, dynamo: 5 };

const requests = new Map<string, number>();
let clock = toPublicationDate(0);
let isFar = false;
const fixture = await startPublishFixture({
  settings: { feedSize: 20 },
  now: () => clock,
  onRequest: async (command) => {
    requests.set(command, (requests.get(command) ?? 0) + 1);
    if (isFar) await sleep(command.includes('Object') ? latencyMs.s3 : latencyMs.dynamo);
  },
});
const eleventy = await installEleventy();
const hugo = await findHugo();

const deliver = async (): Promise<void> => {
  while (fixture.pending.length > 0) {
    const failed = await fixture.deliver(fixture.pending.splice(0));
    if (failed.length > 0) throw new Error(`messages failed: ${JSON.stringify(fixture.warnings.at(-1))}`);
  }
};

const toArticleName = (index: number): string => `article-${index}`;

/** Adds a month after the other, each when it is over: so all its articles are announced. */
const growArchive = async (from: number, to: number): Promise<void> => {
  if (from === to) return;
  const end = Math.min(to, findMonthEnd(from));
  clock = toPublicationDate(end);
  const indexes = Array.from({ length: end - from }, (_, place) => from + place);
  await Promise.all(indexes.map((index) => fixture.upload(`${toArticleName(index)}.md`, buildArchiveSeed(index))));
  await deliver();
  for (const index of indexes)
    for (const site of [eleventy, hugo]) site?.add(toArticleName(index), buildArchiveSeed(index));
  await growArchive(end, to);
};

interface PublishMeasurement {
  readonly elapsed: number;
  readonly processor: number;
  readonly counts: ReadonlyMap<string, number>;
}

type ArticleKind = 'filed' | 'announced';

/** The server says when a file was uploaded: what is to be announced is of today. */
const uploadOne = async (index: number, name: string, kind: ArticleKind): Promise<void> => {
  clock = kind === 'announced' ? new Date(Date.now() + 1000) : new Date(clock.getTime() + 1000);
  const text = buildArchiveSeed(index, {
    title: `One more, ${name}`,
    ...(kind === 'announced' && { date: new Date() }),
  });
  await fixture.upload(`more/${index}-${name}.md`, text);
};

/** Publishes the article that comes next, and withdraws it: milliseconds, and the requests to AWS by name. */
const publishOne = async (index: number, name: string, kind: ArticleKind): Promise<PublishMeasurement> => {
  await uploadOne(index, name, kind);
  requests.clear();
  const before = process.cpuUsage();
  const elapsed = await measureMs(deliver);
  const { user, system } = process.cpuUsage(before);
  const counts = new Map(requests);
  await fixture.remove(`more/${index}-${name}.md`);
  await deliver();
  return { elapsed, processor: (user + system) / 1000, counts };
};

const publishRepeatedly = async (
  index: number,
  kind: ArticleKind,
  distance: 'near' | 'far',
): Promise<PublishMeasurement[]> => {
  const published: PublishMeasurement[] = [];
  isFar = distance === 'far';
  for (let repeat = 0; repeat < repeats; repeat += 1)
    published.push(await publishOne(index, `${distance} ${repeat}`, kind));
  isFar = false;
  return published;
};

/** The first announced article begins a month and a year, which changes more. It stays while others come and go. */
const measureKind = async (index: number, kind: ArticleKind) => {
  const before = clock;
  if (kind === 'announced') {
    await uploadOne(index, 'first', kind);
    await deliver();
  }
  const near = await publishRepeatedly(index, kind, 'near');
  const far = await publishRepeatedly(index, kind, 'far');
  if (kind === 'announced') {
    await fixture.remove(`more/${index}-first.md`);
    await deliver();
  }
  clock = before;
  const { traced } = await traceOneArticle({
    articles: index,
    articlesPerMonth: 50,
    isAnnounced: kind === 'announced',
  });
  return { near, far, longestChain: traced.longestChain };
};

const measureWholeBuild = async (site: ComparedSite | undefined, index: number): Promise<string> => {
  if (!site) return 'skipped';
  await site.build();
  const times: number[] = [];
  for (let repeat = 0; repeat < builds; repeat += 1) {
    const name = `more-${index}-${repeat}`;
    site.add(name, buildArchiveSeed(index, { title: `One more, ${repeat}` }));
    times.push(await measureMs(() => site.build()));
    site.remove(name);
  }
  return formatSpread(computeSpread(times));
};

const countRequests = ({ counts }: PublishMeasurement): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);

/** The one value of all, or all that there are. */
const formatDistinct = (values: readonly (number | string)[]): string => [...new Set(values)].join(' or ');

const formatRequestCounts = ({ counts }: PublishMeasurement): string =>
  [...counts]
    .sort()
    .map(([name, count]) => `${name.replace('Command', '')} ${count}`)
    .join(', ');

const rows: string[][] = [];
const names: Record<ArticleKind, string[]> = { filed: [], announced: [] };
let archiveSize = 0;
for (const size of sizes) {
  await growArchive(archiveSize, size);
  archiveSize = size;
  const built = [await measureWholeBuild(eleventy, size), await measureWholeBuild(hugo, size)];
  for (const kind of ['filed', 'announced'] as const) {
    const { near, far, longestChain } = await measureKind(size, kind);
    const all = [...near, ...far];
    rows.push([
      `${size.toLocaleString('en')}, ${kind}`,
      formatDistinct(all.map(countRequests)),
      String(longestChain),
      formatDistinct(all.map(({ counts }) => counts.get('PutObjectCommand') ?? 0)),
      formatSpread(computeSpread(near.map(({ elapsed }) => elapsed))),
      formatSpread(computeSpread(near.map(({ processor }) => processor))),
      formatSpread(computeSpread(far.map(({ elapsed }) => elapsed))),
      ...built,
    ]);
    console.log(`${rows.at(-1)?.join(' | ')}, load ${loadavg()[0]?.toFixed(1)}`);
    names[kind].push(...all.map(formatRequestCounts));
  }
}
printTable(
  [
    'archive',
    'AWS requests',
    'longest chain',
    'objects written',
    'time',
    'of it processor',
    'time, AWS far',
    'Eleventy builds anew',
    'Hugo builds anew',
  ],
  rows,
);
for (const kind of ['filed', 'announced'] as const) {
  console.log(`AWS requests by name, ${kind}: ${formatDistinct(names[kind])}`);
  if (new Set(names[kind]).size > 1) {
    console.error('The requests for one more article are not the same in every archive.');
    process.exitCode = 1;
  }
}
eleventy?.stop();
hugo?.stop();
await fixture.stop();
