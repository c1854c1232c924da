import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { handleUploadMessage } from '../../functions/publish/handle-upload-message.ts';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';
import type { PublishFixture } from './publish-fixture.ts';

const now = () => new Date('2026-10-27T12:00:00.000Z');

const write = (title: string, megabytes: number): string =>
  `${title}\n\nThe ferry runs again, and this is the summary of ${title}.\n\n${'The quick brown fox. '.repeat((megabytes * 1_000_000) / 21)}\n`;

const read = async (fixture: PublishFixture, key: string): Promise<string> => (await fixture.read('site', key)) ?? '';

test('a feed of huge articles has the newest in full as far as they fit, and of the others the summary and a link', async () => {
  const fixture = await createInMemoryPublishFixture({ now });
  for (const [title, megabytes] of [
    ['Small one', 0.01],
    ['Huge one', 2.5],
    ['Huge two', 2.5],
    ['Huge three', 4.2],
  ] as const) {
    await fixture.upload(`${title}.txt`, write(title, megabytes));
    await fixture.deliverAll();
  }
  for (const key of ['rss.xml', 'atom.xml', 'feed.json', 'archive/2026-10/rss.xml']) {
    const feed = await read(fixture, key);
    expect(feed.length, key).toBeLessThan(4_000_000);
    expect(feed.match(/quick brown fox/g)?.length, key).toBeGreaterThan(100_000);
    for (const title of ['Small one', 'Huge one', 'Huge two', 'Huge three']) expect(feed, key).toContain(title);
  }
  const { items } = JSON.parse(await read(fixture, 'feed.json'));
  const contents = new Map(
    items.map((item: { title: string; content_html: string }) => [item.title, item.content_html]),
  );
  expect(contents.get('Huge three')).toBe(
    '<p>The ferry runs again, and this is the summary of Huge three.</p>\n' +
      '<p><a href="https://news.example/articles/huge-three">https://news.example/articles/huge-three</a></p>',
  );
  expect(contents.get('Small one')).toContain('quick brown fox');
  expect((await read(fixture, 'articles/huge-three')).length).toBeGreaterThan(4_000_000);
  expect(await read(fixture, 'digest/daily.html')).toContain('Huge three');
});

test('the bodies that are read at once have thirty million characters, or one article', async () => {
  let reading = 0;
  let peak = 0;
  const lengths = new Map<string, number>();
  const onRequest = async (command: string, about: readonly unknown[]): Promise<void> => {
    const length = command === 'GetObject' ? (lengths.get(String(about[0])) ?? 0) : 0;
    reading += length;
    peak = Math.max(peak, reading);
    await sleep(1);
    reading -= length;
  };
  const fixture = await createInMemoryPublishFixture({ now, onRequest });
  const { seeds } = fixture.services;
  const keys = Array.from({ length: 30 }, (_, index) => `${index}.txt`);
  for (const key of keys) await fixture.upload(key, write(`Number ${key}`, 0.001));
  for (const [index, message] of fixture.pending.splice(0).entries()) {
    const { changes } = await handleUploadMessage(fixture.services, JSON.parse(message.body), () => 60_000);
    await seeds.markChanged(changes);
    // As large as the record says.
    const [record] = await seeds.getMany([`${index}.txt`]);
    if (!record?.version) throw new Error('a seed was refused');
    const bodyLength = index === 0 ? 40_000_000 : 6_000_000;
    await seeds.record({ ...record, version: { ...record.version, bodyLength } });
    lengths.set(`internal/bodies/${record.version.bodyKey}`, bodyLength);
  }
  await fixture.services.build.request(fixture.services.now());
  fixture.tick();
  await fixture.deliverAll(fixture.createFixtureServices());
  for (const index of keys.keys()) expect(await fixture.read('site', `articles/number-${index}-txt`)).toContain('fox');
  expect(peak).toBe(40_000_000);
});
