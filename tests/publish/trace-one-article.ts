import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';
import type { PublishFixture } from './publish-fixture.ts';
import { seedArchive } from './seed-archive.ts';
import { createRequestTracer, type RequestTrace } from './trace-requests.ts';

/** When all uploads in memory are. */
const newest = new Date(1_793_000_000_000);

const write = (title: string, more = ''): string =>
  `---\ntitle: ${title}\ntags: [Harbour, Council]\nauthor: Ana\n${more}\n---\n\nSome text of it, in two sentences. Here is the other.\n`;

const publishOne = async (
  fixture: PublishFixture,
  key: string,
  text: string,
  by: PublishFixture['services'] = fixture.services,
): Promise<void> => {
  await fixture.upload(key, text);
  await fixture.deliverAll(by);
};

/** Stated to be older than thirty days, so that they are in the archive alone: each the newest of its month. */
const toOld = (day: number): string => `date: 2026-09-${day}`;

export interface TracedArchive {
  readonly articles: number;
  readonly articlesPerMonth: number;
  /** Whether the article is announced, or filed in the archive. */
  readonly isAnnounced: boolean;
  /** Announced articles that no issue has had yet. */
  readonly waiting?: number;
  /** Whether another process publishes it than has built before. */
  readonly isNewProcess?: boolean;
}

/** Publishes one more article in an archive, and traces its requests. */
export const traceOneArticle = async ({
  articles,
  articlesPerMonth,
  isAnnounced,
  waiting = 0,
  isNewProcess = false,
}: TracedArchive): Promise<{ readonly traced: RequestTrace; readonly warnings: PublishFixture['warnings'] }> => {
  const { onRequest, trace } = createRequestTracer();
  const fixture = await createInMemoryPublishFixture({ settings: { feedSize: 20 }, now: () => newest, onRequest });
  await seedArchive(fixture, {
    articles,
    articlesPerMonth,
    waiting,
    newest: isAnnounced ? newest : new Date('2026-09-20T12:00:00.000Z'),
  });
  // The first one builds what the seeded archive lacks.
  await publishOne(fixture, 'first.md', write('First', isAnnounced ? '' : toOld(21)));
  const by = isNewProcess ? fixture.createFixtureServices() : fixture.services;
  const traced = await trace(() => publishOne(fixture, 'next.md', write('Next', isAnnounced ? '' : toOld(22)), by));
  return { traced, warnings: fixture.warnings };
};
