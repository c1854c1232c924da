import { expect, test } from 'vitest';
import { z } from 'zod';
import { expectSettled } from './invariants.ts';
import { openPaperPress } from './paper-press.ts';
import type { Press } from './press.ts';

/** Uploads are dated 26 October 2026 in memory. */
const now = () => new Date('2026-10-27T12:00:00.000Z');
const open = (): Promise<Press> => openPaperPress({ now });
const note = (title: string, ...fields: string[]): string =>
  `---\ntitle: ${title}\n${fields.join('\n')}\n---\n\nThe ferry runs again.\n`;
const titles = async (press: Press): Promise<string[]> =>
  z
    .object({ items: z.array(z.object({ title: z.string() })) })
    .parse(JSON.parse((await press.read('site', 'feed.json')) ?? ''))
    .items.map(({ title }) => title);
const published = async (press: Press, files: Readonly<Record<string, string>>): Promise<void> => {
  for (const [key, text] of Object.entries(files)) {
    await press.upload(key, text);
    await press.settle();
  }
};
const waiting = async (press: Press): Promise<string[]> => {
  const { entries, corrections } = await press.services.issues.waiting('daily', { after: 0, upTo: 1000 });
  return [...entries, ...corrections].map(({ title }) => title);
};

test('what was announced elsewhere stands in the feeds by that time, below what is announced here, and in no issue', async () => {
  const files = {
    'new.md': note('New'),
    'second.md': note('Second', 'date: 2019-05-01', 'announced: 2019-06-02T10:00:00.002Z'),
    'first.md': note('First', 'date: 2019-05-01', 'announced: 2019-06-02T10:00:00.001Z'),
    'third.md': note('Third', 'date: 2018-01-01', 'announced: 2026-10-20'),
  };
  const press = await open();
  await published(press, files);
  expect(await titles(press)).toEqual(['New', 'Third', 'Second', 'First']);
  expect(await waiting(press)).toEqual(['New']);
  expect(await press.read('site', 'digest/daily.txt')).not.toContain('Second');
  await expectSettled(press, new Map(Object.entries(files)));
});

test('the order in which such seeds arrive makes no difference to any document', async () => {
  const files = {
    'a.md': note('A', 'date: 2019-05-01', 'announced: 2019-06-03', 'tags: [x]'),
    'b.md': note('B', 'date: 2019-05-02', 'announced: 2019-06-02', 'tags: [x]'),
    'c.md': note('C', 'date: 2026-10-20', 'announced: 2026-10-21'),
  };
  const [one, other] = [await open(), await open()];
  await published(one, files);
  await published(other, Object.fromEntries(Object.entries(files).toReversed()));
  expect((await one.list('site')).size).toBeGreaterThan(30);
  expect(await other.list('site')).toEqual(await one.list('site'));
});

test('taking the line away announces nothing anew, and is no change of the article', async () => {
  const press = await open();
  await published(press, { 'a.md': note('A', 'date: 2026-10-20', 'announced: 2026-10-21') });
  const before = await press.list('site');
  await published(press, { 'a.md': note('A', 'date: 2026-10-20') });
  expect(await waiting(press)).toEqual([]);
  expect(await titles(press)).toEqual(['A']);
  expect(await press.list('site')).toEqual(before);
});

test('an article keeps the number it has, whatever its seed says later', async () => {
  const press = await open();
  await published(press, { 'a.md': note('A'), 'b.md': note('B') });
  await published(press, { 'b.md': note('B', 'announced: 2019-06-02') });
  expect(await titles(press)).toEqual(['B', 'A']);
  expect(await waiting(press)).toEqual(['B', 'A']);
});

test('another instant moves it in the list', async () => {
  const press = await open();
  await published(press, {
    'a.md': note('A', 'announced: 2019-06-01'),
    'b.md': note('B', 'announced: 2019-06-02'),
  });
  await published(press, { 'a.md': note('A', 'announced: 2019-06-03') });
  expect(await titles(press)).toEqual(['A', 'B']);
});

test('withdrawn, it leaves a tombstone; back again, it is in no issue either', async () => {
  const press = await open();
  await published(press, { 'a.md': note('A', 'announced: 2019-06-02') });
  await press.remove('a.md');
  await press.settle();
  expect(await press.read('site', 'atom.xml')).toContain('at:deleted-entry');
  await published(press, { 'a.md': note('A') });
  expect(await press.read('site', 'atom.xml')).not.toContain('at:deleted-entry');
  expect(await titles(press)).toEqual(['A']);
  expect(await waiting(press)).toEqual([]);
});

test('with a date ahead it waits for its time, and is announced by nothing then', async () => {
  let time = '2026-10-27T12:00:00.000Z';
  const press = await openPaperPress({ now: () => new Date(time) });
  await published(press, { 'a.md': note('A', 'date: 2026-12-01', 'announced: 2026-10-20') });
  expect(await titles(press)).toEqual([]);
  time = '2026-12-02T00:00:00.000Z';
  press.tick();
  await press.settle();
  expect(await titles(press)).toEqual(['A']);
  expect(await waiting(press)).toEqual([]);
});

test('a correction of one is told to nobody by mail unless an issue carried it', async () => {
  const press = await open();
  await published(press, { 'a.md': note('A', 'announced: 2019-06-02') });
  const corrected = note('A', 'announced: 2019-06-02', 'correction: It was two.', 'corrected: 2026-10-22');
  await published(press, { 'a.md': corrected });
  expect(await waiting(press)).toEqual([]);
  expect(await press.read('site', 'articles/a')).toContain('<time datetime="2026-10-22">');
  const [id = ''] = JSON.parse((await press.read('site', 'feed.json')) ?? '').items.map(
    (item: { id: string }) => item.id,
  );
  await press.services.issues.carry([{ article: id, cadence: 'daily', issue: 'daily-1' }]);
  expect(await waiting(press)).toEqual(['A']);
});
