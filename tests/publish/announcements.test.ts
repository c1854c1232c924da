import { expect, test } from 'vitest';
import { z } from 'zod';
import { expectConsistentSite } from './expect-consistent-site.ts';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';
import type { PublishFixture } from './publish-fixture.ts';

/** Uploads are dated 26 October 2026 in memory. */
const now = () => new Date('2026-10-27T12:00:00.000Z');
const open = (): Promise<PublishFixture> => createInMemoryPublishFixture({ now });
const buildSeed = (title: string, ...fields: string[]): string =>
  `---\ntitle: ${title}\n${fields.join('\n')}\n---\n\nThe ferry runs again.\n`;
const titles = async (press: PublishFixture): Promise<string[]> =>
  z
    .object({ items: z.array(z.object({ title: z.string() })) })
    .parse(JSON.parse((await press.read('site', 'feed.json')) ?? ''))
    .items.map(({ title }) => title);
const publishFiles = async (
  press: PublishFixture,
  files: Readonly<Record<string, string>>,
): Promise<void> => {
  for (const [key, text] of Object.entries(files)) {
    await press.upload(key, text);
    await press.deliverAll();
  }
};
const listWaitingTitles = async (press: PublishFixture): Promise<string[]> => {
  const { entries, corrections } = await press.services.sentArticles.listPending('daily', {
    after: 0,
    upTo: 1000,
  });
  return [...entries, ...corrections].map(({ title }) => title);
};

test('what was announced elsewhere stands in the feeds by that time, below what is announced here, and in no issue', async () => {
  const files = {
    'new.md': buildSeed('New'),
    'second.md': buildSeed('Second', 'date: 2019-05-01', 'announced: 2019-06-02T10:00:00.002Z'),
    'first.md': buildSeed('First', 'date: 2019-05-01', 'announced: 2019-06-02T10:00:00.001Z'),
    'third.md': buildSeed('Third', 'date: 2018-01-01', 'announced: 2026-10-20'),
  };
  const press = await open();
  await publishFiles(press, files);
  expect(await titles(press)).toEqual(['New', 'Third', 'Second', 'First']);
  expect(await listWaitingTitles(press)).toEqual(['New']);
  expect(await press.read('site', 'digest/daily.txt')).not.toContain('Second');
  await expectConsistentSite(press, new Map(Object.entries(files)));
});

test('the order in which such seeds arrive makes no difference to any document', async () => {
  const files = {
    'a.md': buildSeed('A', 'date: 2019-05-01', 'announced: 2019-06-03', 'tags: [x]'),
    'b.md': buildSeed('B', 'date: 2019-05-02', 'announced: 2019-06-02', 'tags: [x]'),
    'c.md': buildSeed('C', 'date: 2026-10-20', 'announced: 2026-10-21'),
  };
  const [one, other] = [await open(), await open()];
  await publishFiles(one, files);
  await publishFiles(other, Object.fromEntries(Object.entries(files).toReversed()));
  expect((await one.list('site')).size).toBeGreaterThan(30);
  expect(await other.list('site')).toEqual(await one.list('site'));
});

test('taking the line away announces nothing anew, and is no change of the article', async () => {
  const press = await open();
  await publishFiles(press, { 'a.md': buildSeed('A', 'date: 2026-10-20', 'announced: 2026-10-21') });
  const before = await press.list('site');
  await publishFiles(press, { 'a.md': buildSeed('A', 'date: 2026-10-20') });
  expect(await listWaitingTitles(press)).toEqual([]);
  expect(await titles(press)).toEqual(['A']);
  expect(await press.list('site')).toEqual(before);
});

test('an article keeps the number it has, whatever its seed says later', async () => {
  const press = await open();
  await publishFiles(press, { 'a.md': buildSeed('A'), 'b.md': buildSeed('B') });
  await publishFiles(press, { 'b.md': buildSeed('B', 'announced: 2019-06-02') });
  expect(await titles(press)).toEqual(['B', 'A']);
  expect(await listWaitingTitles(press)).toEqual(['B', 'A']);
});

test('another instant moves it in the list', async () => {
  const press = await open();
  await publishFiles(press, {
    'a.md': buildSeed('A', 'announced: 2019-06-01'),
    'b.md': buildSeed('B', 'announced: 2019-06-02'),
  });
  await publishFiles(press, { 'a.md': buildSeed('A', 'announced: 2019-06-03') });
  expect(await titles(press)).toEqual(['A', 'B']);
});

test('withdrawn, it leaves a tombstone; back again, it is in no issue either', async () => {
  const press = await open();
  await publishFiles(press, { 'a.md': buildSeed('A', 'announced: 2019-06-02') });
  await press.remove('a.md');
  await press.deliverAll();
  expect(await press.read('site', 'atom.xml')).toContain('at:deleted-entry');
  await publishFiles(press, { 'a.md': buildSeed('A') });
  expect(await press.read('site', 'atom.xml')).not.toContain('at:deleted-entry');
  expect(await titles(press)).toEqual(['A']);
  expect(await listWaitingTitles(press)).toEqual([]);
});

test('with a date ahead it waits for its time, and is announced by nothing then', async () => {
  let time = '2026-10-27T12:00:00.000Z';
  const press = await createInMemoryPublishFixture({ now: () => new Date(time) });
  await publishFiles(press, { 'a.md': buildSeed('A', 'date: 2026-12-01', 'announced: 2026-10-20') });
  expect(await titles(press)).toEqual([]);
  time = '2026-12-02T00:00:00.000Z';
  press.tick();
  await press.deliverAll();
  expect(await titles(press)).toEqual(['A']);
  expect(await listWaitingTitles(press)).toEqual([]);
});

test('a correction of one is told to nobody by mail unless an issue carried it', async () => {
  const press = await open();
  await publishFiles(press, { 'a.md': buildSeed('A', 'announced: 2019-06-02') });
  const corrected = buildSeed(
    'A',
    'announced: 2019-06-02',
    'correction: It was two.',
    'corrected: 2026-10-22',
  );
  await publishFiles(press, { 'a.md': corrected });
  expect(await listWaitingTitles(press)).toEqual([]);
  expect(await press.read('site', 'articles/a')).toContain('<time datetime="2026-10-22">');
  const [id = ''] = JSON.parse((await press.read('site', 'feed.json')) ?? '').items.map(
    (item: { id: string }) => item.id,
  );
  await press.services.sentArticles.record([{ articleId: id, cadence: 'daily', issue: 'daily-1' }]);
  expect(await listWaitingTitles(press)).toEqual(['A']);
});
