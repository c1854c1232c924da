import { expect, test } from 'vitest';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';
import type { PublishFixture } from './publish-fixture.ts';
import { seedArchive } from './seed-archive.ts';
import { createRequestTracer, formatCounts } from './trace-requests.ts';

/** When all uploads in memory are. */
const newest = new Date(1_793_000_000_000);

const write = (title: string, more = ''): string =>
  `---\ntitle: ${title}\ntags: [Harbour, Council]\nauthor: Ana\n${more}\n---\n\nSome text of it, in two sentences. Here is the other.\n`;

const publishOne = async (fixture: PublishFixture, key: string, text: string): Promise<void> => {
  await fixture.upload(key, text);
  await fixture.deliverAll();
};

/** Stated to be older than thirty days, so that they are in the archive alone: each the newest of its month. */
const toOld = (day: number): string => `date: 2026-09-${day}`;

test.each([
  ['announced', newest, '', 56],
  ['filed in the archive', new Date('2026-09-20T12:00:00.000Z'), toOld(22), 45],
] as const)(
  'one more article that is %s costs the same in every archive',
  async (_, newestSeeded, more, maxRequests) => {
    const counts = new Set<string>();
    for (const [articles, articlesPerMonth] of [
      [100, 50],
      [1_000, 50],
      [6_000, 5_000],
    ] as const) {
      const { onRequest, trace } = createRequestTracer();
      const fixture = await createInMemoryPublishFixture({ settings: { feedSize: 20 }, now: () => newest, onRequest });
      await seedArchive(fixture, { articles, articlesPerMonth, newest: newestSeeded });
      // The first one builds what the seeded archive lacks.
      await publishOne(fixture, 'first.md', write('First', more && toOld(21)));
      const traced = await trace(() => publishOne(fixture, 'next.md', write('Next', more)));
      counts.add(formatCounts(traced));
      expect(traced.requests.length, formatCounts(traced)).toBeLessThanOrEqual(maxRequests);
      expect(traced.longestChain).toBeLessThanOrEqual(16);
      expect(fixture.warnings).toEqual([]);
    }
    expect([...counts]).toHaveLength(1);
  },
);
