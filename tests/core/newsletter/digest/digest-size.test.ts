import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxDigestBytes } from '../../../../functions/core/newsletter/digest/build-digest.ts';
import { sitePaths, toSiteUrl } from '../../../../functions/core/site-paths.ts';
import { buildNumberedEntries, buildTestDigest, digestInput, digestSite, sampleEntry } from './digest-fixture.ts';

const shapes = fc.record({
  title: fc.oneof(
    fc.string({ minLength: 1, maxLength: 300, unit: 'grapheme' }),
    fc.constantFrom('&'.repeat(300), '"'.repeat(300), '字'.repeat(300), '{'.repeat(300), 'Short'),
  ),
  summary: fc.string({ minLength: 1, maxLength: 300, unit: 'grapheme' }),
  paragraph: fc.constantFrom(
    '<p>Short.</p>',
    sampleEntry.html,
    `<p>${'字'.repeat(200)}</p>`,
    `<p>{{${'{'.repeat(90)}</p>`,
  ),
  times: fc.oneof(fc.nat(8), fc.nat(120), fc.constant(2_000)),
});

const findPositions = (html: string, addresses: readonly string[]): number[] =>
  addresses.map((address) => html.lastIndexOf(`href="${address}"`));

describe('a digest of any articles', () => {
  it('is at most 90 KB, keeps their order, and counts those that it leaves out', () => {
    fc.assert(
      fc.property(fc.array(shapes, { maxLength: 100, size: 'max' }), fc.boolean(), (written, more) => {
        const entries = buildNumberedEntries(written.length).map((base, position) => {
          const { title = '', summary = '', paragraph = '', times = 0 } = written[position] ?? {};
          return { ...base, title, summary, html: paragraph.repeat(times + 1), text: summary };
        });
        const { html, subject, json } = buildTestDigest({ ...digestInput, entries, hasMore: more });
        expect(Buffer.byteLength(html)).toBeLessThanOrEqual(maxDigestBytes);
        expect(subject.length).toBeLessThanOrEqual(120);
        expect(JSON.parse(json)).toMatchObject({ items: entries.map(({ id }) => ({ id })) });

        const places = findPositions(
          html,
          entries.map((each) => toSiteUrl(digestSite, sitePaths.article(each))),
        );
        const shown = places.filter((place) => place >= 0);
        expect(shown).toEqual(shown.toSorted((a, b) => a - b));
        const missing = entries.length - shown.length;
        expect(places.slice(shown.length).every((place) => place === -1)).toBe(true);
        expect(/And (\d+) more in the archive/.exec(html)?.[1]).toBe(missing ? String(missing) : undefined);
        expect(html.includes('More articles follow in the next issue')).toBe(more);
      }),
      // A hundred long articles take too long to shrink; the seed in the message repeats them.
      { numRuns: 60, endOnFailure: true },
    );
  });
});

describe('a large digest', () => {
  const long = (position: number) => ({
    html: sampleEntry.html.repeat(40),
    text: sampleEntry.text,
    title: `Article ${position}`,
  });

  it('gives the newest their whole text, then summaries, and says how many it shortened', () => {
    const entries = buildNumberedEntries(20).map((base, position) => ({ ...base, ...long(position) }));
    const { html, text } = buildTestDigest({ ...digestInput, entries });
    const shortened = Number(/Shortened to fit this email: (\d+) of 20/.exec(html)?.[1]);
    expect(shortened).toBeGreaterThan(10);
    expect(shortened).toBeLessThan(20);
    expect(html.split('>Read the full article</a>').length - 1).toBe(shortened);
    expect(text.split('Read the full article:').length - 1).toBe(shortened);
    expect(html.indexOf('>Article 0<')).toBeLessThan(html.indexOf('Read the full article'));
  });

  it('of a hundred articles with titles of 300 characters has them all', () => {
    const title = 'Nine men '.repeat(34).slice(0, 300);
    const { html } = buildTestDigest({
      ...digestInput,
      entries: buildNumberedEntries(100).map((base) => ({ ...base, title })),
    });
    expect(html).toContain('/articles/letters-under-the-third-bench-99"');
    expect(html).not.toContain('more in the archive');
    expect(html).toContain('Also new');
    expect(Buffer.byteLength(html)).toBeGreaterThan(maxDigestBytes - 1_000);
  });

  it('lists its contents where there are several articles, and not where there are very many', () => {
    const contents = (count: number): boolean =>
      buildTestDigest({ ...digestInput, entries: buildNumberedEntries(count) }).html.includes('In this issue');
    expect([1, 2, 3, 24, 25].map(contents)).toEqual([false, false, true, true, false]);
  });
});
