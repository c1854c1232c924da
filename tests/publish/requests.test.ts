import { expect, test } from 'vitest';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';
import type { PublishFixture } from './publish-fixture.ts';
import { seedArchive } from './seed-archive.ts';
import { createRequestTracer, formatCounts } from './trace-requests.ts';

/** When all uploads in memory are. */
const newest = new Date(1_793_000_000_000);

const write = (title: string, more = ''): string =>
  `---\ntitle: ${title}\ntags: [Harbour, Council]\nauthor: Ana\n${more}\n---\n\nSome text of it, in two sentences. Here is the other.\n`;

/** Stated to be older than thirty days, so it is in its archive alone; the newest of its month. */
const old = 'date: 2026-09-25';

const publishOne = async (fixture: PublishFixture, key: string, text: string): Promise<void> => {
  await fixture.upload(key, text);
  await fixture.deliverAll();
};

test.each([
  [100, 50],
  [1_000, 50],
])(
  'one more article of %i, with %i a month, takes few requests, and few one after the other',
  async (articles, articlesPerMonth) => {
    const { onRequest, trace } = createRequestTracer();
    const fixture = await createInMemoryPublishFixture({ settings: { feedSize: 20 }, now: () => newest, onRequest });
    await seedArchive(fixture, { articles, articlesPerMonth, newest });
    // The first ones of their months build what the seeded archive lacks.
    await publishOne(fixture, 'first.md', write('First'));
    await publishOne(fixture, 'first-old.md', write('First old', old));

    const filed = await trace(() => publishOne(fixture, 'old.md', write('Old', old)));
    const announced = await trace(() => publishOne(fixture, 'new.md', write('New')));
    expect(filed.requests.length, formatCounts(filed)).toBeLessThanOrEqual(70);
    expect(announced.requests.length, formatCounts(announced)).toBeLessThanOrEqual(86);
    expect(Math.max(filed.longestChain, announced.longestChain)).toBeLessThanOrEqual(31);
    expect(fixture.warnings).toEqual([]);
  },
);
