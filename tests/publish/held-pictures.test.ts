import { expect, test } from 'vitest';
import { followSeeds } from '../../infra/cli/seeds/follow-seeds.ts';
import { sampleImages } from '../core/image/sample-images.ts';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';

const article = (title: string, fields = '', picture = 'quay.png'): string =>
  `---\ntitle: ${title}\n${fields}---\nText. ![Quay](${picture})\n`;
const draft = 'draft: true\n';

const createFixture = async () => {
  const fixture = await createInMemoryPublishFixture();
  const findPaths = async (start: string) =>
    [...(await fixture.list('site')).keys()].filter((path) => path.startsWith(start)).sort();
  return {
    ...fixture,
    /** Names of the pictures that everybody can see. */
    listPublic: async () => (await findPaths('images/')).map((path) => path.slice('images/'.length)),
    countCopies: async () => (await findPaths('previews/')).filter((path) => /\/images\//.test(path)).length,
    put: async (...uploads: readonly (readonly [key: string, body: string | Uint8Array])[]) => {
      for (const [key, body] of uploads) await fixture.upload(key, body);
      await fixture.deliverAll();
    },
  };
};

const quay = ['quay.png', sampleImages['plain.png']] as const;

test('a picture that only a draft shows is in its preview alone, whichever comes first, until it is published', async () => {
  for (const order of ['together', 'picture first', 'draft first']) {
    const { put, listPublic, countCopies, read } = await createFixture();
    const seed = ['ferry.md', article('Ferry', draft)] as const;
    if (order === 'together') await put(quay, seed);
    if (order === 'picture first') await put(quay);
    if (order !== 'together') await put(seed);
    if (order === 'draft first') await put(quay);
    expect([await listPublic(), await countCopies()], order).toEqual([[], 1]);
    await put(['ferry.md', article('Ferry')]);
    expect([await listPublic(), await countCopies()], order).toEqual([['quay.png'], 0]);
    expect(await read('site', 'articles/ferry')).toContain('https://news.example/images/quay.png');
    await put(['ferry.md', article('Ferry', draft)]);
    expect([await listPublic(), await countCopies()], order).toEqual([[], 1]);
  }
});

test('a picture that a draft no longer shows, or whose draft is deleted, stays private', async () => {
  const { put, remove, deliverAll, listPublic } = await createFixture();
  await put(quay, ['ferry.md', article('Ferry', draft)]);
  await put(['ferry.md', article('Ferry', draft, 'other.png')]);
  expect(await listPublic()).toEqual([]);
  await remove('ferry.md');
  await deliverAll();
  await put(['quay.png', sampleImages['animated.png']]);
  expect(await listPublic()).toEqual([]);
  await put(['tide.md', article('Tide')]);
  expect(await listPublic()).toEqual(['quay.png']);
});

test('a picture of published articles stays public when a draft shows it, too', async () => {
  const { put, listPublic } = await createFixture();
  await put(quay, ['tide.md', article('Tide')]);
  await put(['ferry.md', article('Ferry', draft)]);
  expect(await listPublic()).toEqual(['quay.png']);
});

test('publish says of such a picture that only drafts show it', async () => {
  const { put, services } = await createFixture();
  await put(quay, ['ferry.md', article('Ferry', draft)]);
  const [picture] = await services.seeds.getMany(['quay.png']);
  const expected = [{ key: 'quay.png', etag: picture?.etag ?? '' }];
  const outcomes = await followSeeds(services, expected, () => {});
  expect(outcomes.get('quay.png')).toEqual({ state: 'draft', reason: 'Only drafts show this picture.' });
});

test('a picture that nothing shows is public, as before', async () => {
  const { put, listPublic } = await createFixture();
  await put(quay, ['ferry.md', article('Ferry', draft, 'other.png')]);
  expect(await listPublic()).toEqual(['quay.png']);
});

test('the pictures of an article that waits for its date come with it', async () => {
  let now = new Date('2026-11-27T12:00:00.000Z');
  const fixture = await createInMemoryPublishFixture({ now: () => now });
  const listPictures = async () =>
    [...(await fixture.list('site')).keys()].filter((path) => path.startsWith('images/'));
  await fixture.upload(...quay);
  await fixture.upload('ferry.md', article('Ferry', 'publishDate: 2026-11-28T08:00:00Z\n'));
  await fixture.deliverAll();
  expect(await listPictures()).toEqual([]);
  now = new Date('2026-11-28T08:00:30.000Z');
  fixture.tick();
  await fixture.deliverAll();
  expect(await listPictures()).toEqual(['images/quay.png']);
});

test('a picture that a draft embeds by its name is found beside it and above it', async () => {
  const { put, listPublic, countCopies, read } = await createFixture();
  const body = (fields: string) => `---\ntitle: Ferry\n${fields}---\nText.\n\n![Quay](seed-name:quay.png)\n`;
  await put(quay, ['notes/ferry.md', body(draft)]);
  expect([await listPublic(), await countCopies()]).toEqual([[], 1]);
  await put(['notes/ferry.md', body('')]);
  expect([await listPublic(), await countCopies()]).toEqual([['quay.png'], 0]);
  expect(await read('site', 'articles/ferry')).toContain('https://news.example/images/quay.png');
});
