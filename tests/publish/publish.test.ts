import { readFile } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { stripImageMetadata } from '../../functions/core/image/strip-image-metadata.ts';
import { imageCases, sampleImages, secret } from '../core/image/sample-images.ts';
import { type PublishFixture, type PublishFixtureOptions, startPublishFixture } from './publish-fixture.ts';

let fixture: PublishFixture;
afterEach(() => fixture.stop());

const start = async (options?: PublishFixtureOptions): Promise<PublishFixture> => {
  fixture = await startPublishFixture(options);
  return fixture;
};

const body = 'The ferry runs again from Monday, the harbour master said.';
const note = (title: string, fields = '', text = body): string => `---\ntitle: ${title}\n${fields}\n---\n\n${text}\n`;
const site = (key: string): Promise<string | undefined> => fixture.read('site', key);

test('an uploaded seed is a page, an entry of every feed, and in the next digests', async () => {
  await start();
  const given = await readFile(new URL('../../seeds/000_b4ff03a5ba8aed30.txt', import.meta.url));
  await fixture.upload('000_b4ff03a5ba8aed30.txt', given);
  await fixture.deliverAll();
  const keys = [...(await fixture.list('site')).keys()].filter((key) => !key.startsWith('assets/style-'));
  expect(keys).toEqual([
    '404.html',
    'archive',
    'archive/2023-12',
    'archive/2023-12/atom.xml',
    'archive/2023-12/feed.json',
    'archive/2023-12/rss.xml',
    'archive/2023-12/sitemap.xml',
    'articles/us-embassy-in-baghdad-hit-by-rockets-no-casualties',
    'assets/icon.svg',
    'atom.xml',
    'authors',
    'authors/taimur-azhari',
    'authors/taimur-azhari/2023',
    'digest/daily.html',
    'digest/daily.json',
    'digest/daily.txt',
    'digest/weekly.html',
    'digest/weekly.json',
    'digest/weekly.txt',
    'feed.json',
    'index.html',
    'issues',
    'issues/atom.xml',
    'issues/feed.json',
    'issues/rss.xml',
    'opensearch.xml',
    'opml.xml',
    'robots.txt',
    'rss.xml',
    'search',
    'search/newest.bin',
    'sitemap.xml',
    'subscribe',
    'topics',
  ]);
  for (const key of ['index.html', 'rss.xml', 'atom.xml', 'feed.json', 'digest/daily.html', 'digest/weekly.txt']) {
    expect(await site(key), key).toMatch(/US embassy in Baghdad hit by rockets,\s+no casualties/);
  }
});

test('a seed is published under any key', async () => {
  await start();
  const keys = [
    'a b.md',
    'a+b.md',
    'ä/ö ü.md',
    'a%20b.md',
    "it's (one) & only.md",
    '日本/記事.md',
    'deep/er/and/deeper.md',
    'q?x=1#y.md',
  ];
  for (const [index, key] of keys.entries()) await fixture.upload(key, note(`Number ${index}`));
  await fixture.deliverAll();
  for (const index of keys.keys()) expect(await site(`articles/number-${index}`), keys[index]).toContain(body);
  for (const key of keys) await fixture.remove(key);
  await fixture.deliverAll();
  for (const index of keys.keys()) expect(await site(`articles/number-${index}`), keys[index]).toBeUndefined();
});

test('a new upload changes the article and keeps its id, slug and date', async () => {
  await start();
  await fixture.upload('ferry.md', note('The ferry is back', 'date: 2026-11-01'));
  await fixture.deliverAll();
  const [before] = JSON.parse((await site('feed.json')) ?? '').items;
  await fixture.upload('ferry.md', note('The ferry is late', 'date: 2026-11-01', 'It runs from Tuesday.'));
  await fixture.deliverAll();
  const [after] = JSON.parse((await site('feed.json')) ?? '').items;
  expect(after).toMatchObject({ id: before.id, url: before.url, date_published: before.date_published });
  expect(after.title).toBe('The ferry is late');
  expect(after.date_modified > before.date_modified).toBe(true);
  expect(await site('articles/the-ferry-is-back')).toContain('It runs from Tuesday.');
});

test('a deleted seed is withdrawn everywhere, Atom says so, and its return keeps id, slug and arrival', async () => {
  await start();
  await fixture.upload('stays.md', note('This stays', 'tags: [Ferries]'));
  await fixture.upload('goes.md', note('This goes', 'tags: [Ferries, Weather]\nauthor: Ana Reis'));
  await fixture.deliverAll();
  const { items } = JSON.parse((await site('feed.json')) ?? '');
  const gone = items.find(({ title }: { title: string }) => title === 'This goes');
  await fixture.remove('goes.md');
  await fixture.deliverAll();
  const keys = [...(await fixture.list('site')).keys()];
  expect(keys.filter((key) => /this-goes|weather|ana-reis/.test(key))).toEqual([]);
  for (const key of keys) expect(await site(key), key).not.toContain('This goes');
  for (const key of ['atom.xml', 'topics/ferries/atom.xml']) {
    expect(await site(key), key).toContain(`<at:deleted-entry ref="${gone.id}"`);
  }
  await fixture.upload('goes.md', note('This goes', 'tags: [Ferries, Weather]\nauthor: Ana Reis'));
  await fixture.deliverAll();
  const again = JSON.parse((await site('feed.json')) ?? '');
  expect(again.items.map(({ id }: { id: string }) => id)).toEqual(items.map(({ id }: { id: string }) => id));
  expect(await site('atom.xml')).not.toContain('deleted-entry');
});

test('an article that returns with another topic leaves no tombstone in the feed of the topic before', async () => {
  await start();
  await fixture.upload('stays.md', note('Stays', 'tags: [Fish]'));
  await fixture.upload('goes.md', note('Goes', 'tags: [Fish]'));
  await fixture.deliverAll();
  await fixture.remove('goes.md');
  await fixture.deliverAll();
  expect(await site('topics/fish/atom.xml')).toContain('deleted-entry');
  await fixture.upload('goes.md', note('Goes', 'tags: [Ferries]'));
  await fixture.deliverAll();
  expect(await site('topics/fish/atom.xml')).not.toContain('deleted-entry');
});

test('an old event that comes late undoes nothing', async () => {
  await start();
  await fixture.upload('a.md', note('First'));
  await fixture.upload('a.md', note('Second'));
  const [first, second] = fixture.pending.splice(0);
  if (!first || !second) throw new Error('two events were expected');
  await fixture.deliver([second]);
  await fixture.remove('a.md');
  const [removed] = fixture.pending.splice(0);
  if (!removed) throw new Error('an event was expected');
  await fixture.deliver([removed]);
  await fixture.deliver([first]);
  expect(await site('articles/second')).toBeUndefined();
  expect(await site('rss.xml')).not.toContain('Second');
});

test('a repeated event writes nothing', async () => {
  const written: string[] = [];
  await start({ onRequest: (command) => written.push(command) });
  await fixture.upload('a.md', note('Once'));
  const events = [...fixture.pending];
  await fixture.deliverAll();
  const before = await fixture.list('site');
  written.length = 0;
  await fixture.deliver(events);
  await fixture.deliver([...events, ...events]);
  expect(await fixture.list('site')).toEqual(before);
  // Its body is put among the papers under the name that it has already.
  expect(written.filter((command) => /PutObject|DeleteObject/.test(command))).toEqual([
    'PutObjectCommand',
    'PutObjectCommand',
    'PutObjectCommand',
  ]);
});

test('a seed that cannot be read is refused with a report, and the version before it stays', async () => {
  await start();
  await fixture.upload('good.md', note('Good'));
  await fixture.upload('bad.md', '---\ntitle: Bad\ntopics: [ports\n---\n\nText.\n');
  await fixture.deliverAll();
  const report = await fixture.read('internal', 'rejections/bad.md.txt');
  expect(report).toMatch(/bad\.md was not published[\s\S]*Where: {2}.*line/);
  await fixture.upload('good.md', '---\ndate: someday\n---\n');
  await fixture.deliverAll();
  expect(await fixture.read('internal', 'rejections/good.md.txt')).toContain(
    'The previous version stays published: “Good”',
  );
  expect(await site('articles/good')).toContain(body);
  await fixture.upload('good.md', note('Better'));
  await fixture.remove('bad.md');
  await fixture.deliverAll();
  expect([...(await fixture.list('internal')).keys()].filter((key) => key.startsWith('rejections/'))).toEqual([]);
  expect(await site('articles/good')).toContain('Better');
});

test.each([
  ['empty.txt', ''],
  ['blank.md', ' \n\n'],
  ['picture.txt', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1])],
  ['table.xlsx', 'x'],
  ['large.txt', new Uint8Array(10 * 1024 * 1024 + 1).fill(97)],
  ['headline.txt', 'Only a headline'],
])('%s is refused and harms nothing else', async (key, content) => {
  await start();
  await fixture.upload(key, content);
  await fixture.upload('good.md', note('Good'));
  await fixture.deliverAll();
  expect(await fixture.read('internal', `rejections/${key}.txt`)).toContain('Reason:');
  expect(await site('articles/good')).toContain(body);
});

test('images beside a seed are published, changed and taken away with it', async () => {
  await start();
  await fixture.upload('2026/port.md', note('Port', '', 'The port in the morning.\n\n![The port](the%20port.png)'));
  await fixture.upload('2026/the port.png', sampleImages['plain.png']);
  await fixture.deliverAll();
  expect(await site('articles/port')).toContain('https://news.example/images/2026/the%20port.png');
  const first = (await fixture.list('site')).get('images/2026/the port.png');
  await fixture.upload('2026/the port.png', sampleImages['animated.png']);
  await fixture.deliverAll();
  expect((await fixture.list('site')).get('images/2026/the port.png')).not.toBe(first);
  await fixture.remove('2026/the port.png');
  await fixture.deliverAll();
  expect((await fixture.list('site')).has('images/2026/the port.png')).toBe(false);
});

const readBytes = async (bucket: 'seeds' | 'site', key: string): Promise<Uint8Array> =>
  (await fixture.services.buckets[bucket].get(key))?.bytes ?? new Uint8Array();

test('images are published without their metadata', async () => {
  await start();
  for (const { key, withMetadata } of imageCases) await fixture.upload(key, withMetadata);
  await fixture.deliverAll();
  for (const { key, withMetadata } of imageCases) {
    const published = await readBytes('site', `images/${key}`);
    expect(published).toEqual(stripImageMetadata(key, withMetadata));
    expect(Buffer.from(published).includes(secret)).toBe(false);
    expect(await readBytes('seeds', key)).toEqual(withMetadata);
  }
});

test('an image that is not what its name says is refused, and the one before stays', async () => {
  await start();
  await fixture.upload('quay.jpg', sampleImages['baseline.jpg']);
  await fixture.deliverAll();
  await fixture.upload('quay.jpg', sampleImages['plain.png']);
  await fixture.upload('boat.jpg', sampleImages['baseline.jpg'].subarray(0, 200));
  await fixture.upload('good.md', note('Good'));
  await fixture.deliverAll();
  const report = await fixture.read('internal', 'rejections/quay.jpg.txt');
  expect(report).toContain('Reason: The name ends in .jpg, but the file is a PNG image.');
  expect(report).toContain('The previous image stays published.');
  expect(await readBytes('site', 'images/quay.jpg')).toEqual(sampleImages['baseline.jpg']);
  expect(await fixture.read('internal', 'rejections/boat.jpg.txt')).toContain('cut off before its end');
  expect((await fixture.list('site')).has('images/boat.jpg')).toBe(false);
  expect(await site('articles/good')).toContain(body);
  await fixture.upload('boat.jpg', sampleImages['baseline.jpg']);
  await fixture.deliverAll();
  expect(await fixture.read('internal', 'rejections/boat.jpg.txt')).toBeUndefined();
  expect(await readBytes('site', 'images/boat.jpg')).toEqual(sampleImages['baseline.jpg']);
});

test('an image is written once, however often it is uploaded unchanged', async () => {
  const requests: string[] = [];
  await start({ onRequest: (command) => requests.push(command) });
  await fixture.upload('quay.jpg', sampleImages['baseline.jpg']);
  await fixture.deliverAll();
  requests.length = 0;
  await fixture.upload('quay.jpg', sampleImages['baseline.jpg']);
  await fixture.deliverAll();
  expect(requests.filter((command) => /Put|Copy/.test(command))).toEqual([]);
});

test('an article with a stated future date waits for its time', async () => {
  let now = new Date('2026-11-20T12:00:00Z');
  await start({ now: () => now });
  await fixture.upload('later.md', note('Later', 'date: 2026-11-20T12:30:00Z'));
  fixture.tick();
  await fixture.deliverAll();
  expect(await site('articles/later')).toBeUndefined();
  expect(await site('feed.json')).not.toContain('Later');
  now = new Date('2026-11-20T12:30:00Z');
  fixture.tick();
  await fixture.deliverAll();
  expect(await site('articles/later')).toContain(body);
  expect(await site('feed.json')).toContain('Later');
});

test('an article stated to be older than thirty days is in its archive, and not announced', async () => {
  await start({ now: () => new Date('2026-11-20T12:00:00Z') });
  await fixture.upload('old.md', note('Old', 'date: 2019-05-06'));
  await fixture.upload('new.md', note('New', 'date: 2026-11-01'));
  await fixture.deliverAll();
  expect(await site('archive/2019-05/rss.xml')).toContain('Old');
  expect(await site('articles/old')).toContain(body);
  for (const key of ['rss.xml', 'index.html', 'digest/daily.txt']) {
    expect(await site(key), key).toContain('New');
    expect(await site(key), key).not.toContain('Old');
  }
});

test.each([['upload first'], ['deletion first']])('a renamed seed with an id keeps its article (%s)', async (order) => {
  await start();
  const text = note('Renamed', 'id: 6f1b2c5e-8a55-4c0f-9d55-0c3f8f3b7a10\ntags: [Ferries]');
  await fixture.upload('old.md', text);
  await fixture.deliverAll();
  const before = JSON.parse((await site('feed.json')) ?? '').items;
  const steps = [() => fixture.upload('new.md', text), () => fixture.remove('old.md')];
  for (const step of order === 'upload first' ? steps : steps.toReversed()) {
    await step();
    await fixture.deliverAll();
  }
  const after = JSON.parse((await site('feed.json')) ?? '').items;
  expect(after).toHaveLength(1);
  expect(after[0]).toMatchObject({ id: before[0].id, url: before[0].url, title: 'Renamed' });
});

test('a seed whose id changes leaves nothing of the article that it was', async () => {
  await start();
  await fixture.upload('a.md', note('One', 'id: urn:example:one'));
  await fixture.deliverAll();
  await fixture.upload('a.md', note('Two', 'id: urn:example:two'));
  await fixture.deliverAll();
  const { items } = JSON.parse((await site('feed.json')) ?? '');
  expect(items.map(({ id }: { id: string }) => id)).toEqual(['urn:example:two']);
  expect(await site('articles/one')).toBeUndefined();
});

test('two articles that wish for one slug both have a page', async () => {
  await start();
  await fixture.upload('a.md', note('Same'));
  await fixture.upload('b.md', note('Same', '', 'Another text altogether.'));
  await fixture.deliverAll();
  const pages = [...(await fixture.list('site')).keys()].filter((key) => key.startsWith('articles/'));
  expect(pages).toHaveLength(2);
  const texts = await Promise.all(pages.map(site));
  expect(texts.filter((text) => text?.includes('Another text altogether.'))).toHaveLength(1);
});

test('a changed correction of topics and dates moves the article between lists', async () => {
  await start();
  await fixture.upload('a.md', note('Moves', 'date: 2026-10-30\ntags: [Ferries]'));
  await fixture.deliverAll();
  expect(await site('archive/2026-10')).toContain('Moves');
  await fixture.upload('a.md', note('Moves', 'date: 2026-11-02\ntags: [Weather]'));
  await fixture.deliverAll();
  const keys = [...(await fixture.list('site')).keys()];
  expect(keys.filter((key) => /2026-10|ferries/.test(key))).toEqual([]);
  expect(await site('archive/2026-11')).toContain('Moves');
  expect(await site('topics/weather')).toContain('Moves');
});

test('new settings change every document, and the work goes on where it was stopped', async () => {
  await start();
  for (const [index, date] of ['2026-09-01', '2026-10-01', '2026-11-01'].entries()) {
    await fixture.upload(`${index}.md`, note(`Article ${index}`, `date: ${date}\ntags: [Ferries]`));
  }
  await fixture.deliverAll();
  const renamed = fixture.createFixtureServices({ title: 'Renamed Gazette' });
  fixture.tick();
  await fixture.deliverAll(renamed);
  for (const [key, text] of await Promise.all(
    [...(await fixture.list('site')).keys()].map(async (key) => [key, await site(key)]),
  )) {
    expect(text, key).not.toContain('Test Gazette');
  }
  expect(await site('articles/article-0')).toContain('Renamed Gazette');
});

test('a new style sheet leaves the old one to pages that readers keep', async () => {
  await start();
  await fixture.upload('a.md', note('Styled'));
  await fixture.deliverAll();
  const styles = async () => [...(await fixture.list('site')).keys()].filter((key) => key.startsWith('assets/style-'));
  const [old = ''] = await styles();
  const restyled = fixture.createFixtureServices({}, 'test', { 'page/style.css': 'body { color: teal }' });
  fixture.tick();
  await fixture.deliverAll(restyled);
  expect(await styles()).toHaveLength(2);
  expect(await styles()).toContain(old);
  expect(await site('articles/styled')).not.toContain(old);
});
