import { expect, test } from 'vitest';
import { createArticleStore } from '../../../../functions/adapters/table/articles.ts';
import { createSeedStore } from '../../../../functions/adapters/table/seeds.ts';
import {
  type ImportCounts,
  importArticles,
  type ReportLine,
} from '../../../../infra/operator/importing/import-articles.ts';
import { openSource } from '../../../../infra/operator/importing/open-source.ts';
import { createPlanner, type PlanSettings } from '../../../../infra/operator/importing/plan-seed.ts';
import { createMemoryBuckets } from '../../../memory-bucket.ts';
import { createMemoryTable } from '../../../memory-table.ts';
import { fixture } from './plan-source.ts';

const settings: PlanSettings = {
  ...{ publicationId: 'harbour', timeZone: 'Europe/Lisbon', site: 'https://harbour.example' },
  ...{ prefix: 'imported/', keepsCanonical: false },
  ...{ now: '2026-11-26T12:00:00.000Z', modified: '2026-11-01T12:00:00.000Z' },
};

/** A publication in memory, whose bucket fails once the given number of objects was put into it. */
const openPublication = (failAfter = Number.POSITIVE_INFINITY) => {
  const state = { failAfter, writes: 0 };
  const buckets = createMemoryBuckets(async (name, request) => {
    if (name === 'PutObject' && state.writes++ >= state.failAfter) throw new Error('the bucket is away');
    return request();
  });
  const table = createMemoryTable();
  const contents = () =>
    new Map([...buckets.objects].map(([key, { etag }]) => [key.slice('seeds/'.length), etag]));
  const intake = {
    buckets: { seeds: buckets.bucket('seeds') },
    articles: createArticleStore(table),
    seeds: createSeedStore(table),
    list: async (prefix: string) => new Map([...contents()].filter(([key]) => key.startsWith(prefix))),
  };
  return { state, contents, intake, put: (key: string, body: string) => buckets.put('seeds', key, body) };
};

const take = async (
  { intake }: ReturnType<typeof openPublication>,
  name: string,
  { write = true, replace = false, keepsCanonical = false } = {},
): Promise<{ counts: ImportCounts; lines: ReportLine[] }> => {
  const lines: ReportLine[] = [];
  const source = await openSource(fixture(name), undefined);
  const { prefix, timeZone } = settings;
  const { counts } = await importArticles(intake, {
    found: source.read({ timeZone, prefix, base: 'https://old.example' }),
    plan: createPlanner({ ...settings, keepsCanonical }),
    ...{ prefix, write, replace },
    report: async (line) => void lines.push(line),
    show: () => undefined,
  });
  return { counts, lines };
};

test.each(['rss.xml', 'wordpress.xml', 'hugo', 'jekyll'])(
  '%s: broken off at any upload and run again, it comes to the same as at one go',
  async (name) => {
    const whole = openPublication();
    await take(whole, name);
    const uploads = whole.contents().size;
    expect(uploads).toBeGreaterThan(2);
    for (let at = 0; at < uploads; at += 1) {
      const broken = openPublication(at);
      await expect(take(broken, name)).rejects.toThrow('the bucket is away');
      broken.state.failAfter = Number.POSITIVE_INFINITY;
      broken.state.writes = 0;
      await take(broken, name);
      expect(broken.contents()).toEqual(whole.contents());
      expect(broken.state.writes).toBeLessThanOrEqual(uploads - at);
    }
  },
);

test('to tell what would come of it nothing is uploaded, and the counts are those of doing it', async () => {
  const publication = openPublication();
  const would = await take(publication, 'hugo', { write: false });
  expect(publication.contents().size).toBe(0);
  expect(await take(publication, 'hugo')).toEqual(would);
  expect(would.counts).toMatchObject({ articles: 2, added: 2, pictures: 2 });
});

test('a seed and a picture that are there with other content stay, and are told, unless they are to be replaced', async () => {
  const publication = openPublication();
  publication.put('imported/posts/trip/trip.md', 'Mine.');
  publication.put('imported/posts/trip/pier.png', 'mine');
  const before = publication.contents();
  const { counts, lines } = await take(publication, 'hugo');
  expect(counts).toMatchObject({ added: 1, kept: 1, pictures: 1 });
  expect(lines.filter(({ outcome }) => outcome === 'kept').map(({ reason }) => reason)).toEqual([
    'a picture of it is there with other content, which stays: --replace',
    'it is there with other content, which stays: --replace',
  ]);
  for (const [key, etag] of before) expect(publication.contents().get(key)).toBe(etag);
  expect((await take(publication, 'hugo', { replace: true })).counts).toMatchObject({ replaced: 1, kept: 0 });
  expect((await take(publication, 'hugo')).counts).toMatchObject({ added: 0, unchanged: 2, pictures: 0 });
});

test('a slug that another article has here is told', async () => {
  const publication = openPublication();
  await publication.intake.articles.claimSlug('the-crane', 'urn:uuid:another');
  const { lines } = await take(publication, 'rss.xml');
  expect(lines).toContainEqual({
    ...{ place: 'entry 1', title: 'The crane that learned to wait', outcome: 'changed' },
    reason: 'its slug is taken here: its address gets a few letters more',
  });
});

test('the old address is named as the one to show only where that is asked for', async () => {
  const [plain, keeping] = [openPublication(), openPublication()];
  await take(plain, 'rss.xml');
  await take(keeping, 'rss.xml', { keepsCanonical: true });
  const seedIn = async ({ intake }: typeof plain): Promise<string> =>
    new TextDecoder().decode((await intake.buckets.seeds.get('imported/the-crane.md'))?.bytes);
  expect(await seedIn(plain)).not.toContain('canonical:');
  expect(await seedIn(keeping)).toContain('canonical: https://quay.example/2026/03/the-crane/\n');
});
