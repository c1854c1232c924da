import fc from 'fast-check';
import { XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { parseSeed } from '../../functions/core/article/parse-seed.ts';
import { SeedRejected } from '../../functions/core/article.ts';
import type { FullEntry } from '../../functions/core/entry.ts';
import { buildArticleRecord } from '../../functions/core/lifecycle/build-article-record.ts';
import { decideLifecycle } from '../../functions/core/lifecycle/decide-lifecycle.ts';
import { toSeedVersion } from '../../functions/core/lifecycle/seed-version.ts';
import { buildFeeds, feedInput, feedPublication } from './feed/feed-fixture.ts';
import { atomReaders, jsonReaders, rssReaders } from './feed/feed-readers.ts';

const uploadedAt = '2026-11-20T12:00:00.000Z';
const site = 'https://harbour.example';

/** What a seed of these bytes becomes: an entry, or nothing where it is refused. */
const entryOf = (key: string, bytes: Uint8Array): FullEntry | undefined => {
  try {
    const article = parseSeed({ key, bytes, site, timeZone: feedPublication.timeZone, uploadedAt });
    const { version, body } = toSeedVersion(article, {
      publicationId: feedPublication.id,
      key,
      sequencer: '1',
      site,
    });
    const seed = { key, sequencer: '1', kind: 'seed' as const, uploadedAt, version };
    const filing = { id: version.id, seeds: [seed], now: '2200-01-01T00:00:00.000Z' };
    const claims = { slug: 'slug', arrival: 1 };
    const { entry } = buildArticleRecord(filing, decideLifecycle(filing), claims, feedPublication.timeZone);
    if (!entry) throw new Error('a readable seed was not filed');
    return { ...entry, html: body.html, text: body.text };
  } catch (error) {
    if (error instanceof SeedRejected) return undefined;
    throw error;
  }
};

const words = fc.lorem({ maxCount: 30 });
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.constantFrom(
    ']]>',
    '<![CDATA[',
    '&amp;lt;',
    '<b>AT&T</b>',
    '\u0000\u0008\uFFFE',
    '\uD800',
    '\u202E',
    '<script>alert(1)</script>',
    '<!--',
    '{{title}}',
    'â€œquotedâ€\u009D',
  ),
);
const prose = fc.array(fc.oneof(words, nasty), { minLength: 1, maxLength: 6 }).map((parts) => parts.join(' '));
const paragraphs = fc.array(prose, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('\n\n'));

const seeds = fc.oneof(
  fc.record({
    key: fc.constant('a.txt'),
    text: fc.tuple(prose, paragraphs).map(([title, body]) => `${title}\n\n${body}`),
  }),
  fc.record({
    key: fc.constant('a.md'),
    text: fc
      .tuple(prose, prose, paragraphs)
      .map(
        ([title, tag, body]) => `---\ntitle: ${JSON.stringify(title)}\ntags: [${JSON.stringify(tag)}]\n---\n\n${body}`,
      ),
  }),
  fc.record({
    key: fc.constant('a.html'),
    text: fc.tuple(prose, paragraphs).map(([title, body]) => `<title>${title}</title><h1>${title}</h1><p>${body}</p>`),
  }),
);

test('any text is either an article that every feed reader reads, or refused', async () => {
  let published = 0;
  await fc.assert(
    fc.asyncProperty(seeds, async ({ key, text }) => {
      const entry = entryOf(key, new TextEncoder().encode(text));
      if (!entry) return;
      published += 1;
      expect(entry.title).not.toBe('');
      expect(entry.summary).not.toBe('');
      const feeds = buildFeeds({ ...feedInput, entries: [entry] });
      expect(XMLValidator.validate(feeds.rss)).toBe(true);
      expect(XMLValidator.validate(feeds.atom)).toBe(true);
      for (const [document, readers] of [
        [feeds.rss, rssReaders],
        [feeds.atom, atomReaders],
        [feeds.json, jsonReaders],
      ] as const) {
        for (const [name, { parse }] of Object.entries(readers)) {
          expect(await parse(document), name).toHaveLength(1);
        }
      }
    }),
    { numRuns: 150 },
  );
  // A reader that refused everything would pass otherwise.
  expect(published).toBeGreaterThan(75);
});

test('any bytes are either an article or refused', () => {
  const keys = fc.constantFrom('a.txt', 'b.md', 'c.html', 'd.htm', 'e.markdown');
  fc.assert(
    fc.property(keys, fc.uint8Array({ maxLength: 400 }), (key, bytes) => {
      const entry = entryOf(key, bytes);
      if (entry) expect(entry.html.isWellFormed() && entry.title.isWellFormed()).toBe(true);
    }),
    { numRuns: 300 },
  );
});
