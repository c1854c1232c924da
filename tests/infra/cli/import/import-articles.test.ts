import { expect, test } from 'vitest';
import { createArticleStore } from '../../../../functions/adapters/table/articles.ts';
import { createSeedStore } from '../../../../functions/adapters/table/seeds.ts';
import type { ReportLine } from '../../../../infra/cli/import/create-import-report.ts';
import { importArticles } from '../../../../infra/cli/import/import-articles.ts';
import { openImportSource } from '../../../../infra/cli/import/open-import-source.ts';
import { createSeedPlanner, type SeedPlanSettings } from '../../../../infra/cli/import/plan-seed.ts';
import type { ArticleImportCounts } from '../../../../infra/cli/import/upload-seed.ts';
import { createInMemoryBuckets } from '../../../in-memory-buckets.ts';
import { createInMemoryTable } from '../../../in-memory-table.ts';
import { toFixturePath } from './plan-source.ts';

const settings: SeedPlanSettings = {
  publicationId: 'harbour',
  timeZone: 'Europe/Lisbon',
  site: 'https://harbour.example',
  prefix: 'imported/',
  keepsCanonical: false,
  now: '2026-11-26T12:00:00.000Z',
  fallbackDate: '2026-11-01T12:00:00.000Z',
};

/** A publication in memory, whose bucket fails once the given number of objects was put into it. */
const createFailingTarget = (failAfter = Number.POSITIVE_INFINITY) => {
  const state = { failAfter, writes: 0 };
  const buckets = createInMemoryBuckets(async (name, request) => {
    if (name === 'PutObject' && state.writes++ >= state.failAfter) throw new Error('the bucket is away');
    return request();
  });
  const table = createInMemoryTable();
  const contents = () => new Map([...buckets.objects].map(([key, { etag }]) => [key.slice('seeds/'.length), etag]));
  const intake = {
    buckets: { seeds: buckets.bucket('seeds') },
    articles: createArticleStore(table),
    seeds: createSeedStore(table),
    list: async (prefix: string) => new Map([...contents()].filter(([key]) => key.startsWith(prefix))),
  };
  return { state, contents, intake, put: (key: string, body: string) => buckets.put('seeds', key, body) };
};

const importSeeds = async (
  { intake }: ReturnType<typeof createFailingTarget>,
  name: string,
  { write = true, replace = false, keepsCanonical = false } = {},
): Promise<{ counts: ArticleImportCounts; lines: ReportLine[] }> => {
  const lines: ReportLine[] = [];
  const source = await openImportSource(toFixturePath(name), undefined);
  const { prefix, timeZone } = settings;
  const { counts } = await importArticles(intake, {
    items: source.read({ timeZone, prefix, base: 'https://old.example' }),
    plan: createSeedPlanner({ ...settings, keepsCanonical }),
    prefix,
    write,
    replace,
    report: async (line) => void lines.push(line),
    show: () => undefined,
  });
  return { counts, lines };
};

test.each(['rss.xml', 'wordpress.xml', 'hugo', 'jekyll'])(
  '%s: broken off at any upload and run again, it comes to the same as at one go',
  async (name) => {
    const whole = createFailingTarget();
    await importSeeds(whole, name);
    const uploads = whole.contents().size;
    expect(uploads).toBeGreaterThan(2);
    for (let at = 0; at < uploads; at += 1) {
      const broken = createFailingTarget(at);
      await expect(importSeeds(broken, name)).rejects.toThrow('the bucket is away');
      broken.state.failAfter = Number.POSITIVE_INFINITY;
      broken.state.writes = 0;
      await importSeeds(broken, name);
      expect(broken.contents()).toEqual(whole.contents());
      expect(broken.state.writes).toBeLessThanOrEqual(uploads - at);
    }
  },
);

test('to tell what would come of it nothing is uploaded, and the counts are those of doing it', async () => {
  const publication = createFailingTarget();
  const would = await importSeeds(publication, 'hugo', { write: false });
  expect(publication.contents().size).toBe(0);
  expect(await importSeeds(publication, 'hugo')).toEqual(would);
  expect(would.counts).toMatchObject({ articles: 2, added: 2, pictures: 2 });
});

test('a seed and a picture that are there with other content stay, and are told, unless they are to be replaced', async () => {
  const publication = createFailingTarget();
  publication.put('imported/posts/trip/trip.md', 'Mine.');
  publication.put('imported/posts/trip/pier.png', 'mine');
  const before = publication.contents();
  const { counts, lines } = await importSeeds(publication, 'hugo');
  expect(counts).toMatchObject({ added: 1, kept: 1, pictures: 1 });
  expect(lines.filter(({ outcome }) => outcome === 'kept').map(({ reason }) => reason)).toEqual([
    'a picture or file exists with different content and stays; --replace replaces it',
    'it exists with different content and stays; --replace replaces it',
  ]);
  for (const [key, etag] of before) expect(publication.contents().get(key)).toBe(etag);
  expect((await importSeeds(publication, 'hugo', { replace: true })).counts).toMatchObject({
    replaced: 1,
    kept: 0,
  });
  expect((await importSeeds(publication, 'hugo')).counts).toMatchObject({
    added: 0,
    unchanged: 2,
    pictures: 0,
  });
});

test('a slug that another article has here is told', async () => {
  const publication = createFailingTarget();
  await publication.intake.articles.claimSlug('the-crane', 'urn:uuid:another');
  const { lines } = await importSeeds(publication, 'rss.xml');
  expect(lines).toContainEqual({
    place: 'entry 1',
    title: 'The crane that learned to wait',
    outcome: 'changed',
    reason: 'its slug is in use: its address gets a few more letters',
  });
});

test('the old address is named as the one to show only where that is asked for', async () => {
  const [plain, keeping] = [createFailingTarget(), createFailingTarget()];
  await importSeeds(plain, 'rss.xml');
  await importSeeds(keeping, 'rss.xml', { keepsCanonical: true });
  const seedIn = async ({ intake }: typeof plain): Promise<string> =>
    new TextDecoder().decode((await intake.buckets.seeds.get('imported/the-crane.md'))?.bytes);
  expect(await seedIn(plain)).not.toContain('canonical:');
  expect(await seedIn(keeping)).toContain('canonical: https://quay.example/2026/03/the-crane/\n');
});

test('articles are uploaded before more large ones are read', async () => {
  const { intake, state } = createFailingTarget();
  const readAtUpload: number[] = [];
  let read = 0;
  const items = async function* () {
    for (; read < 6; ) {
      read += 1;
      yield {
        kind: 'article' as const,
        place: `entry ${read}`,
        oldAddresses: [],
        remarks: [],
        article: {
          title: `Story ${read}`,
          authors: [],
          topics: [],
          body: { kind: 'html' as const, html: 'x'.repeat(5 * 1024 * 1024) },
        },
      };
    }
  };
  const { counts } = await importArticles(intake, {
    items: items(),
    plan: ({ place, article: { title } }) => ({
      kind: 'seed',
      place,
      title,
      key: `imported/${place}.md`,
      text: title,
      id: place,
      slug: place,
      oldAddresses: [],
      pictures: [],
      remarks: [],
    }),
    prefix: 'imported/',
    write: true,
    replace: false,
    report: async () => undefined,
    show: () => readAtUpload.push(read - state.writes),
  });
  expect(counts.added).toBe(6);
  expect(readAtUpload).toEqual([0, 0, 0]);
});
