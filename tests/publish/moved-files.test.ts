import { expect, test } from 'vitest';
import { sampleImages } from '../core/image/sample-images.ts';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';
import type { PublishFixture } from './publish-fixture.ts';

const now = () => new Date('2026-10-27T12:00:00.000Z');
const open = (): Promise<PublishFixture> => createInMemoryPublishFixture({ now });
const write = (title: string, words = 'The ferry runs.'): string => `# ${title}\n\n${words}\n`;

interface FeedItem {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly date_published: string;
  readonly date_modified: string;
  readonly content_html: string;
}

const readFeed = async (fixture: PublishFixture): Promise<FeedItem[]> =>
  JSON.parse((await fixture.read('site', 'feed.json')) ?? '').items;

const listPages = async (fixture: PublishFixture): Promise<string[]> =>
  [...(await fixture.list('site')).keys()].filter((key) => key.startsWith('articles/')).sort();

const listArrivals = async (fixture: PublishFixture): Promise<unknown[]> =>
  [...(await fixture.listItems())]
    .filter(([key]) => key.startsWith('LATEST'))
    .map(([key, { title }]) => `${key.slice('LATEST | '.length)} ${title}`);

type Step = readonly [act: 'put' | 'remove' | 'deliver', key?: string, text?: string];

const play = async (fixture: PublishFixture, steps: readonly Step[]): Promise<void> => {
  for (const [act, key = '', text = ''] of steps) {
    if (act === 'put') await fixture.upload(key, text);
    if (act === 'remove') await fixture.remove(key);
    if (act === 'deliver') await fixture.deliverAll();
  }
};

const ferry = write('Ferry');

test.each([
  ['a copy, then a deletion', [['put', 'new/b.md', ferry], ['deliver'], ['remove', 'a.md'], ['deliver']]],
  ['a deletion, then a copy', [['remove', 'a.md'], ['deliver'], ['put', 'new/b.md', ferry], ['deliver']]],
  ['both at once', [['put', 'new/b.md', ferry], ['remove', 'a.md'], ['deliver']]],
  ['both at once, the deletion first', [['remove', 'a.md'], ['put', 'new/b.md', ferry], ['deliver']]],
  ['another extension', [['put', 'a.markdown', ferry], ['remove', 'a.md'], ['deliver']]],
  ['other line ends', [['put', 'b.md', ferry.replaceAll('\n', '\r\n')], ['remove', 'a.md'], ['deliver']]],
  [
    'a move there and back',
    [['put', 'b.md', ferry], ['remove', 'a.md'], ['deliver'], ['put', 'a.md', ferry], ['remove', 'b.md'], ['deliver']],
  ],
] satisfies [string, Step[]][])('a file that is moved by %s keeps its article', async (_, steps) => {
  const fixture = await open();
  await play(fixture, [['put', 'a.md', ferry], ['put', 'other.md', write('Other')], ['deliver']]);
  const before = await readFeed(fixture);
  const arrivals = await listArrivals(fixture);
  await play(fixture, steps);
  expect(await readFeed(fixture)).toEqual(before);
  expect(await listPages(fixture)).toEqual(['articles/ferry', 'articles/other']);
  expect(await listArrivals(fixture)).toEqual(arrivals);
});

test('a moved file is edited and moved again as the same article', async () => {
  const fixture = await open();
  await play(fixture, [['put', 'a.md', ferry], ['deliver'], ['put', 'b.md', ferry], ['remove', 'a.md'], ['deliver']]);
  const [before] = await readFeed(fixture);
  const edited = write('Ferry', 'It runs again.');
  await play(fixture, [
    ['put', 'b.md', edited],
    ['deliver'],
    ['remove', 'b.md'],
    ['deliver'],
    ['put', 'c.md', edited],
    ['deliver'],
  ]);
  const after = await readFeed(fixture);
  expect(after).toHaveLength(1);
  expect(after[0]).toMatchObject({ id: before?.id, url: before?.url, content_html: expect.stringContaining('again') });
});

test('a new file under the old name of a moved one is an article of its own', async () => {
  const fixture = await open();
  await play(fixture, [['put', 'a.md', ferry], ['deliver'], ['put', 'b.md', ferry], ['remove', 'a.md'], ['deliver']]);
  await play(fixture, [['put', 'a.md', write('Tram')], ['deliver']]);
  const items = await readFeed(fixture);
  expect(items.map(({ title }) => title)).toEqual(['Tram', 'Ferry']);
  expect(new Set(items.map(({ id }) => id)).size).toBe(2);
});

test.each([['at once'], ['the copy first']])(
  'a file that is moved and written anew under the old name leaves the article with its text (%s)',
  async (how) => {
    const fixture = await open();
    await play(fixture, [['put', 'today.md', ferry], ['deliver']]);
    const [before] = await readFeed(fixture);
    await fixture.upload('2026-10-27.md', ferry);
    if (how === 'the copy first') await fixture.deliverAll();
    await play(fixture, [['put', 'today.md', write('Tram')], ['deliver']]);
    const items = await readFeed(fixture);
    expect(items.map(({ title }) => title)).toEqual(['Tram', 'Ferry']);
    expect(items[1]).toEqual(before);
    expect(await listArrivals(fixture)).toEqual(['000000000001 Ferry', '000000000002 Tram']);
  },
);

test('two files that change places keep their articles', async () => {
  const fixture = await open();
  await play(fixture, [['put', 'a.md', ferry], ['put', 'b.md', write('Tram')], ['deliver']]);
  const before = await readFeed(fixture);
  await play(fixture, [['put', 'a.md', write('Tram')], ['deliver'], ['put', 'b.md', ferry], ['deliver']]);
  expect(await readFeed(fixture)).toEqual(before);
});

test('a copy that is edited is an article of its own, and the original stays', async () => {
  const fixture = await open();
  await play(fixture, [['put', 'a.md', ferry], ['deliver'], ['put', 'b.md', ferry], ['deliver']]);
  const before = await readFeed(fixture);
  expect(before).toHaveLength(1);
  await play(fixture, [['put', 'b.md', write('Tram')], ['deliver']]);
  expect((await readFeed(fixture)).slice(1)).toEqual(before);
  await play(fixture, [['remove', 'a.md'], ['deliver']]);
  expect((await readFeed(fixture)).map(({ title }) => title)).toEqual(['Tram']);
});

test('an original that is corrected keeps its article, and its copy has the old text without being announced', async () => {
  const fixture = await open();
  await play(fixture, [['put', 'a.md', ferry], ['deliver'], ['put', 'a copy.md', ferry], ['deliver']]);
  const [before] = await readFeed(fixture);
  await play(fixture, [['put', 'a.md', write('Ferry', 'It runs again.')], ['deliver']]);
  expect(await readFeed(fixture)).toMatchObject([{ id: before?.id, content_html: expect.stringContaining('again') }]);
  expect(await listPages(fixture)).toEqual(['articles/ferry', expect.stringMatching(/^articles\/ferry-/)]);
  await play(fixture, [['put', 'a copy.md', write('Tram')], ['deliver']]);
  expect(await listArrivals(fixture)).toEqual(['000000000001 Ferry', '000000000002 Tram']);
});

test('of two identical files the one that stays keeps the article', async () => {
  const fixture = await open();
  await play(fixture, [['put', 'a.md', ferry], ['put', 'b.md', ferry], ['deliver']]);
  const before = await readFeed(fixture);
  expect(before).toHaveLength(1);
  await play(fixture, [['remove', 'a.md'], ['deliver'], ['put', 'b.md', write('Ferry', 'Edited.')], ['deliver']]);
  expect(await readFeed(fixture)).toMatchObject([{ id: before[0]?.id, content_html: '<p>Edited.</p>' }]);
});

test('a moved folder shows the pictures of its new place, with the dates of before', async () => {
  const fixture = await open();
  const story = `---\ntitle: Ferry\n---\n\n![The ferry](ferry.png)\n\nIt runs.\n`;
  await fixture.upload('old/ferry.png', sampleImages['plain.png']);
  await play(fixture, [['put', 'old/a.md', story], ['deliver']]);
  const [before] = await readFeed(fixture);
  expect(before?.content_html).toContain('/images/old/ferry.png');
  await fixture.upload('new/ferry.png', sampleImages['plain.png']);
  await play(fixture, [['put', 'new/a.md', story], ['deliver']]);
  expect((await readFeed(fixture))[0]).toEqual(before);
  await play(fixture, [['remove', 'old/a.md'], ['remove', 'old/ferry.png'], ['deliver']]);
  const after = await readFeed(fixture);
  expect(after).toMatchObject([
    { id: before?.id, date_published: before?.date_published, date_modified: before?.date_modified },
  ]);
  expect(after[0]?.content_html).toContain('/images/new/ferry.png');
});

test('a seed whose id is stated later keeps its article until the id differs', async () => {
  const fixture = await open();
  await play(fixture, [['put', 'a.md', ferry], ['deliver']]);
  const [before] = await readFeed(fixture);
  await play(fixture, [['put', 'b.md', `---\nid: ${before?.id}\n---\n\n${ferry}`], ['remove', 'a.md'], ['deliver']]);
  expect(await readFeed(fixture)).toMatchObject([{ id: before?.id, url: before?.url }]);
});
