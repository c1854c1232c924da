import type { ArticleRecord } from '../../functions/core/lifecycle/article-record.ts';
import { toListPositions } from '../../functions/core/lifecycle/list-positions.ts';
import { selectCadences } from '../../functions/core/publication.ts';
import { splitIntoParts } from '../../functions/core/site/list-parts.ts';
import { internalFolders } from '../../functions/platform/contract.ts';
import { baseSettings, type PublishFixture } from './publish-fixture.ts';

interface SeededArchive {
  readonly articles: number;
  readonly articlesPerMonth: number;
  /** The newest article is from this instant, in a month that is as full as the others. */
  readonly newest: Date;
  /** How many of them wait for the next issues. */
  readonly waiting?: number;
}

const topics = ['Harbour', 'Weather', 'Trade', 'Council', 'Fishing', 'Ferries', 'Culture', 'Sport'];
const bodyKey = 'seeded.json';

const toNamed = (name: string) => ({ name, slug: name.toLowerCase() });

const subtractMonths = (date: Date, months: number): Date =>
  new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, 1));

/** Writes the lists of an archive to the table, without publishing one article after the other. */
export const seedArchive = async (
  { services }: PublishFixture,
  { articles, articlesPerMonth, newest, waiting = 0 }: SeededArchive,
): Promise<void> => {
  const { build, buckets, buildVersion, cadenceStates, lists, publication, site } = services;
  const body = { html: '<p>Seeded.</p>', text: 'Seeded.', cut: [], mail: { html: '<p>Seeded.</p>' } };
  await buckets.internal.put(internalFolders.bodies + bodyKey, JSON.stringify(body), {
    contentType: 'application/json',
  });
  // Something newer can follow in each month.
  const elapsed = 0.9 * (newest.getTime() - subtractMonths(newest, 0).getTime());
  const records = Array.from({ length: articles }, (_, index): ArticleRecord => {
    const age = articles - 1 - index;
    const month = subtractMonths(newest, Math.floor(age / articlesPerMonth));
    const share = 1 - (age % articlesPerMonth) / articlesPerMonth;
    const published = new Date(month.getTime() + Math.floor(elapsed * share)).toISOString();
    const topic = (place: number) => toNamed(topics[place % topics.length] ?? '');
    const record = {
      id: `urn:example:${index}`,
      seedKeys: [`seeded/${index}.md`],
      state: 'published' as const,
      arrival: index + 1,
      entry: {
        id: `urn:example:${index}`,
        slug: `seeded-${index}`,
        title: `Seeded ${index}`,
        summary: 'Seeded.',
        authors: [toNamed('Ana')],
        editors: [],
        topics: [topic(index), topic(index + 3)],
        published,
        dateOnly: false,
        updated: published,
        wordCount: 1,
        email: true,
        revision: String(index),
        bodyKey,
        bodyLength: 20,
      },
    };
    return { ...record, positions: toListPositions(record, baseSettings.timeZone), stalePositions: [] };
  });
  await lists.place(records);
  const months = new Map(
    records.flatMap(({ positions }) =>
      positions.flatMap(({ list }) => (list.startsWith('MONTH#') ? [[list.slice('MONTH#'.length), list]] : [])),
    ),
  );
  // As if their documents had been built.
  for (const [name = '', list = ''] of months) {
    const parts = splitIntoParts(await lists.listPlacedEntries(list));
    await lists.saveManifests([
      {
        kind: 'month',
        name,
        manifest: {
          name,
          title: name,
          fingerprints: {},
          parts: {
            starts: parts.map(({ start }) => start),
            updates: parts.map(() => newest.toISOString()),
            count: parts.reduce((count, { entries }) => count + entries.length, 0),
          },
        },
      },
    ]);
  }
  await build.reserveArrivals(articles, false);
  for (const cadence of selectCadences(publication)) await cadenceStates.start(cadence, articles - waiting);
  await build.setBuildVersion({ buildVersion, site, isRebuilding: false });
};
