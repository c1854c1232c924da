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
const titles = async (fixture: PublishFixture): Promise<string[]> =>
  z
    .object({ items: z.array(z.object({ title: z.string() })) })
    .parse(JSON.parse((await fixture.read('site', 'feed.json')) ?? ''))
    .items.map(({ title }) => title);
const publishFiles = async (fixture: PublishFixture, files: Readonly<Record<string, string>>): Promise<void> => {
  for (const [key, text] of Object.entries(files)) {
    await fixture.upload(key, text);
    await fixture.deliverAll();
  }
};
const listWaitingTitles = async (fixture: PublishFixture): Promise<string[]> => {
  const { entries, corrections } = await fixture.services.sentArticles.listPending('daily', {
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
  const fixture = await open();
  await publishFiles(fixture, files);
  expect(await titles(fixture)).toEqual(['New', 'Third', 'Second', 'First']);
  expect(await listWaitingTitles(fixture)).toEqual(['New']);
  expect(await fixture.read('site', 'digest/daily.txt')).not.toContain('Second');
  await expectConsistentSite(fixture, new Map(Object.entries(files)));
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

test('removing the line announces nothing again, and does not change the article', async () => {
  const fixture = await open();
  await publishFiles(fixture, { 'a.md': buildSeed('A', 'date: 2026-10-20', 'announced: 2026-10-21') });
  const before = await fixture.list('site');
  await publishFiles(fixture, { 'a.md': buildSeed('A', 'date: 2026-10-20') });
  expect(await listWaitingTitles(fixture)).toEqual([]);
  expect(await titles(fixture)).toEqual(['A']);
  expect(await fixture.list('site')).toEqual(before);
});

test('an article keeps the number it has, whatever its seed says later', async () => {
  const fixture = await open();
  await publishFiles(fixture, { 'a.md': buildSeed('A'), 'b.md': buildSeed('B') });
  await publishFiles(fixture, { 'b.md': buildSeed('B', 'announced: 2019-06-02') });
  expect(await titles(fixture)).toEqual(['B', 'A']);
  expect(await listWaitingTitles(fixture)).toEqual(['B', 'A']);
});

test('another instant moves it in the list', async () => {
  const fixture = await open();
  await publishFiles(fixture, {
    'a.md': buildSeed('A', 'announced: 2019-06-01'),
    'b.md': buildSeed('B', 'announced: 2019-06-02'),
  });
  await publishFiles(fixture, { 'a.md': buildSeed('A', 'announced: 2019-06-03') });
  expect(await titles(fixture)).toEqual(['A', 'B']);
});

test('withdrawn, it leaves a tombstone; back again, it is in no issue either', async () => {
  const fixture = await open();
  await publishFiles(fixture, { 'a.md': buildSeed('A', 'announced: 2019-06-02') });
  await fixture.remove('a.md');
  await fixture.deliverAll();
  expect(await fixture.read('site', 'atom.xml')).toContain('at:deleted-entry');
  await publishFiles(fixture, { 'a.md': buildSeed('A') });
  expect(await fixture.read('site', 'atom.xml')).not.toContain('at:deleted-entry');
  expect(await titles(fixture)).toEqual(['A']);
  expect(await listWaitingTitles(fixture)).toEqual([]);
});

test('with a date ahead it waits for its time, and is announced by nothing then', async () => {
  let time = '2026-10-27T12:00:00.000Z';
  const fixture = await createInMemoryPublishFixture({ now: () => new Date(time) });
  await publishFiles(fixture, { 'a.md': buildSeed('A', 'date: 2026-12-01', 'announced: 2026-10-20') });
  expect(await titles(fixture)).toEqual([]);
  time = '2026-12-02T00:00:00.000Z';
  fixture.tick();
  await fixture.deliverAll();
  expect(await titles(fixture)).toEqual(['A']);
  expect(await listWaitingTitles(fixture)).toEqual([]);
});

test('a correction of one is in no mail unless an issue included the article', async () => {
  const fixture = await open();
  await publishFiles(fixture, { 'a.md': buildSeed('A', 'announced: 2019-06-02') });
  const corrected = buildSeed('A', 'announced: 2019-06-02', 'correction: It was two.', 'corrected: 2026-10-22');
  await publishFiles(fixture, { 'a.md': corrected });
  expect(await listWaitingTitles(fixture)).toEqual([]);
  expect(await fixture.read('site', 'articles/a')).toContain('<time datetime="2026-10-22">');
  const [id = ''] = JSON.parse((await fixture.read('site', 'feed.json')) ?? '').items.map(
    (item: { id: string }) => item.id,
  );
  await fixture.services.sentArticles.record([{ articleId: id, cadence: 'daily', issue: 'daily-1' }]);
  expect(await listWaitingTitles(fixture)).toEqual(['A']);
});
