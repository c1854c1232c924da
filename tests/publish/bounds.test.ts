import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toReportKey } from '../../functions/adapters/seed-reports.ts';
import { fingerprint, toArticleId } from '../../functions/core/identity.ts';
import { toSeedKind } from '../../functions/core/seed-kind.ts';
import { sitePaths } from '../../functions/core/site-paths.ts';
import { sampleImages } from '../core/image/sample-images.ts';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';
import { baseSettings, type PublishFixture } from './publish-fixture.ts';

const now = () => new Date('2026-10-27T12:00:00.000Z');

/** The buckets and the table in memory refuse what S3 and DynamoDB would. */
const open = (): Promise<PublishFixture> => createInMemoryPublishFixture({ now });

/** A key with as many bytes as S3 takes, or fewer. */
const cutToBytes = (name: string, bytes: number): string => {
  let cut = '';
  for (const character of name) {
    if (Buffer.byteLength(cut + character) > bytes) break;
    cut += character;
  }
  return cut;
};

const passMinute = async (fixture: PublishFixture): Promise<void> => {
  fixture.tick();
  await fixture.deliverAll();
};

/** Texts of every length up to a limit, of letters of one to four bytes. */
const text = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom('a', 'é', '漢', '🛥', 'ab c', '漢/é', '.'),
      fc.nat(maxLength),
      fc.string({ unit: 'grapheme' }),
    )
    .map(([letters, length, rest]) => (rest + letters.repeat(length)).slice(0, length).toWellFormed());

const key = fc
  .tuple(text(1100), fc.constantFrom('.md', '.txt', '.html', '.png', '.xlsx', ''))
  .map(([name, extension]) => cutToBytes(name, 1024 - extension.length) + extension)
  .filter((name) => name !== '');

const names = fc.oneof(fc.array(text(200), { maxLength: 20 }), fc.array(text(220), { maxLength: 22 }));

const seed = fc.record({
  key,
  fields: fc.record(
    {
      title: fc.oneof(text(500), text(600)),
      id: fc.oneof(text(120), text(1200)).map((id) => `tag:test.example,2020:${id}`),
      slug: text(600),
      tags: names,
      author: names,
      editor: names,
      source: fc.oneof(text(300), text(30_000), text(450_000)),
      summary: text(2000),
      correction: text(600),
      image: text(100_000).map((path) => `https://news.example/${path}.png`),
      canonical: text(100_000).map((path) => `https://news.example/${path}`),
      date: fc.integer({ min: 0, max: 9999 }).map((year) => `${String(year).padStart(4, '0')}-05-06`),
    },
    { requiredKeys: [] },
  ),
  body: fc.oneof(text(1000), fc.constant('')),
});

test('whatever key and fields an upload has, it is published or refused with a report, and the rest is published', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(seed, { maxLength: 4, selector: (one) => one.key }), async (seeds) => {
      const fixture = await open();
      for (const { key: name, fields, body } of seeds) {
        const lines = Object.entries(fields).map(([field, value]) => `${field}: ${JSON.stringify(value)}`);
        const seedText = `---\n${lines.join('\n')}\n---\n\n${body}\n`;
        await fixture.upload(name, toSeedKind(name) === 'image' ? sampleImages['plain.png'] : seedText);
      }
      await fixture.upload('good.md', '---\ntitle: Good\n---\n\nSome text.\n');
      for (let minute = 0; minute < 2; minute += 1) await passMinute(fixture);
      expect(fixture.warnings.filter(({ message }) => message !== 'seed rejected')).toEqual([]);
      expect(await fixture.read('site', 'articles/good')).toContain('Good');
      const internal = await fixture.list('internal');
      const site = await fixture.list('site');
      for (const { key: name } of seeds) {
        const kind = toSeedKind(name);
        const [record] = await fixture.services.seeds.getMany([name]);
        const isReported = internal.has(toReportKey(name));
        expect(isReported, name).toBe(record?.rejection !== undefined);
        if (kind === 'image') expect(site.has(sitePaths.image(name).slice(1)), name).toBe(true);
        if (kind !== 'seed' || isReported) continue;
        const [article] = await fixture.services.articles.getMany([record?.version?.id ?? '']);
        expect(article?.state, name).toMatch(/published|scheduled/);
      }
    }),
    { numRuns: 25 },
  );
});

test('the report on a refused seed and a picture have names of their own where the keys are too long', async () => {
  const fixture = await open();
  const refused = `r/${'x'.repeat(1012)}.txt`;
  const picture = `i/${'漢'.repeat(338)}.png`;
  await fixture.upload(refused, '');
  await fixture.upload(picture, sampleImages['plain.png']);
  await fixture.upload(
    'i/story.md',
    `---\ntitle: Story\n---\n\nText.\n\n![](${encodeURIComponent(picture.slice(2))})\n`,
  );
  await fixture.deliverAll();
  const reports = [...(await fixture.list('internal')).keys()].filter((name) => name.startsWith('rejections/'));
  expect(reports).toEqual([expect.stringMatching(/^rejections\/\.long\/[0-9a-f]{20}\.txt\.txt$/)]);
  expect(await fixture.read('internal', reports[0] ?? '')).toContain(`${refused} was not published.\n`);
  const pictures = [...(await fixture.list('site')).keys()].filter((name) => name.startsWith('images/'));
  expect(pictures).toEqual([expect.stringMatching(/^images\/\.long\/[0-9a-f]{20}\.png$/)]);
  expect(await fixture.read('site', 'articles/story')).toContain(`https://news.example/${pictures[0]}`);
  await fixture.remove(refused);
  await fixture.remove(picture);
  await fixture.deliverAll();
  expect([...(await fixture.list('internal')).keys()].filter((name) => name.startsWith('rejections/'))).toEqual([]);
  expect([...(await fixture.list('site')).keys()].filter((name) => name.startsWith('images/'))).toEqual([]);
});

test('an article whose slug others have in every form that can be foreseen gets another one', async () => {
  const fixture = await open();
  const victim = toArticleId(baseSettings.id, 'victim.md');
  const hash = fingerprint(victim);
  for (const [index, slug] of ['victim', `victim-${hash.slice(0, 6)}`, `victim-${hash}`].entries())
    await fixture.upload(`${index}.md`, `---\ntitle: Squatter\nslug: ${slug}\n---\n\nText.\n`);
  await fixture.deliverAll();
  await fixture.upload('victim.md', '---\ntitle: Victim\n---\n\nText.\n');
  await fixture.deliverAll();
  const pages = [...(await fixture.list('site')).keys()].filter((name) => name.startsWith('articles/victim'));
  expect(pages).toHaveLength(4);
  expect(await fixture.read('site', 'rss.xml')).toContain('<title>Victim</title>');
});

const longNames = (what: string): string =>
  JSON.stringify(Array.from({ length: 20 }, (_, index) => `${what} ${index} ${'of a long name '.repeat(8)}`));

test.each([
  ['an id of 1,429 bytes in 489 letters', `id: tag:x.example,2020:${'漢'.repeat(470)}`, /The id has 1429 bytes/],
  [
    'a record of 400 KB',
    `tags: ${longNames('t')}\nauthor: ${longNames('a')}\nsource: ${'a'.repeat(396_000)}`,
    /at most/,
  ],
  ['a date in a distant year', 'date: 2300-05-06', /year from 1600 to 2199/],
])('%s is refused with the reason, and harms nothing else', async (_, fields, reason) => {
  const fixture = await open();
  await fixture.upload('refused.md', `---\ntitle: Refused\n${fields}\n---\n\nText.\n`);
  await fixture.upload('good.md', '---\ntitle: Good\n---\n\nText.\n');
  await fixture.deliverAll();
  expect(await fixture.read('internal', 'rejections/refused.md.txt')).toMatch(reason);
  expect(await fixture.read('site', 'articles/good')).toContain('Good');
});
