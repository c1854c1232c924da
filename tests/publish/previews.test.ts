import { expect, test } from 'vitest';
import { sampleImages } from '../core/image/sample-images.ts';
import { expectConsistentSite } from './expect-consistent-site.ts';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';

const article = (fields: string, text = 'The text of it.'): string =>
  `---\ntitle: Night ferry\n${fields}---\n${text}\n`;
const afterwards = '2026-11-27T12:00:00.000Z';

const createFixture = async () => {
  const clock = { now: afterwards };
  const fixture = await createInMemoryPublishFixture({ now: () => new Date(clock.now) });
  const findPaths = async (start: string) =>
    [...(await fixture.list('site')).keys()].filter((path) => path.startsWith(start)).sort();
  return {
    ...fixture,
    clock,
    findPaths,
    publish: async (key: string, text: string) => {
      await fixture.upload(key, text);
      await fixture.deliverAll();
    },
    readPreview: async () => {
      const [path = ''] = await findPaths('previews/');
      return fixture.read('site', path);
    },
  };
};

test.each([
  ['draft: true', 'a.md', 'This is a draft, as its field “draft” says.'],
  ['published: false', 'a.md', 'This is not published, as its field “published” says.'],
  ['status: private', 'a.md', 'This is private, as its field “status” says.'],
  ['lang: en', '_drafts/a.md', 'This is in a folder of drafts.'],
])('a seed that is kept back by %s in %s has a preview that says so', async (field, key, reason) => {
  const fixture = await createFixture();
  await fixture.publish(key, article(`${field}\n`));
  expect(fixture.warnings).toEqual([]);
  const [page = '', ...views] = await fixture.findPaths('previews/');
  expect(page).toMatch(/^previews\/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  expect(views).toEqual(['atom.xml', 'digest', 'entry'].map((view) => `${page}/${view}`));
  for (const path of [page, ...views]) {
    const document = (await fixture.read('site', path)) ?? '';
    expect(document, path).toContain('The text of it.');
    expect(document, path).not.toContain('/articles/');
    if (!path.endsWith('.xml')) expect(document, path).toContain(reason);
    if (!path.endsWith('.xml')) expect(document, path).toMatch(/<meta name="robots" content="noindex">/);
  }
});

test('a preview is in no list, feed, sitemap or digest, and names no address of the article', async () => {
  const fixture = await createFixture();
  await fixture.publish('public.md', '# Tides\n\nOf today.\n');
  await fixture.publish('draft.md', article('draft: true\ntags: [Ferries]\nauthor: Ana\n'));
  const paths = (await fixture.findPaths('')).filter((path) => !path.startsWith('previews/'));
  expect(paths).toContain('sitemap.xml');
  for (const path of paths) expect(await fixture.read('site', path), path).not.toMatch(/Night ferry|previews/);
  expect(await fixture.readPreview()).not.toMatch(/rel="canonical"|og:url|ld\+json/);
});

test('a preview keeps its address while the draft is edited, and goes when it is published', async () => {
  const fixture = await createFixture();
  await fixture.publish('a.md', article('draft: true\n'));
  const paths = await fixture.findPaths('previews/');
  await fixture.publish('a.md', article('draft: true\n', 'Another text.'));
  expect(await fixture.findPaths('previews/')).toEqual(paths);
  expect(await fixture.readPreview()).toContain('Another text.');
  await fixture.publish('a.md', article('', 'Another text.'));
  expect(await fixture.findPaths('previews/')).toEqual([]);
  expect(await fixture.findPaths('articles/')).toEqual(['articles/night-ferry']);
  await fixture.publish('a.md', article('draft: true\n'));
  expect((await fixture.findPaths('previews/'))[0]).not.toBe(paths[0]);
});

test('a preview goes when its draft is deleted or refused, and no body is left of it', async () => {
  for (const change of ['delete', 'refuse']) {
    const fixture = await createFixture();
    const listBodies = async () =>
      [...(await fixture.list('internal')).keys()].filter((name) => name.startsWith('bodies/'));
    await fixture.publish('a.md', article('draft: true\n'));
    await fixture.publish('a.md', article('draft: true\n', 'Edited.'));
    expect(await listBodies()).toHaveLength(1);
    if (change === 'delete') await fixture.remove('a.md');
    else await fixture.upload('a.md', article('date: someday\n'));
    await fixture.deliverAll();
    expect(await fixture.findPaths('previews/')).toEqual([]);
    expect(await listBodies()).toEqual([]);
    expect((await fixture.services.previews.list()).length).toBe(0);
  }
});

test('an article that waits for its date has a preview until then', async () => {
  const fixture = await createFixture();
  await fixture.publish('a.md', article('publishDate: 2026-11-30T08:00:00Z\n'));
  expect(await fixture.readPreview()).toMatch(/will be published on .*30.* 2026/);
  fixture.clock.now = '2026-11-30T08:01:00.000Z';
  fixture.tick();
  await fixture.deliverAll();
  expect(await fixture.findPaths('previews/')).toEqual([]);
  expect(await fixture.findPaths('articles/')).toEqual(['articles/night-ferry']);
  await expectConsistentSite(fixture, new Map([['a.md', '']]));
});

test('a draft that no issue would have says so', async () => {
  for (const fields of ['email: false\n', 'announced: 2026-01-01\n', 'date: 2020-01-01\n']) {
    const fixture = await createFixture();
    await fixture.publish('a.md', article(`draft: true\n${fields}`));
    expect(await fixture.readPreview()).toContain('No issue will have this article.');
    expect((await fixture.findPaths('previews/')).filter((path) => path.endsWith('/digest'))).toEqual([]);
  }
});

test.each([
  ['README.md', '# Notes\n\nAbout this folder.\n'],
  ['news/index.md', '---\ntitle: News\ndraft: true\n---\nAll of it.\n'],
  ['a.md', '---\ntitle: Old\nexpiryDate: 2020-01-01\n---\nGone.\n'],
])('%s has no preview', async (key, text) => {
  const fixture = await createFixture();
  await fixture.publish(key, text);
  expect(await fixture.findPaths('previews/')).toEqual([]);
  expect(fixture.warnings).toEqual([]);
});

test('the draft of a bundle of Hugo has a preview', async () => {
  const fixture = await createFixture();
  await fixture.publish('trip/index.md', article('date: 2026-11-20\ndraft: true\n'));
  expect(await fixture.readPreview()).toContain('This is a draft');
});

test.each([
  ['a.md', '---\ntitle: A\ndraft: true\ndate: someday\n---\nText.\n', 'date'],
  ['a.md', '---\ndraft: true\n---\n', 'headline'],
  ['drafts/a.psd', 'x', '.psd'],
  ['drafts/a.png', 'x', 'PNG'],
])('a broken draft, %s, is a draft that says what is wrong', async (key, text, problem) => {
  const fixture = await createFixture();
  await fixture.publish(key, text);
  const [record] = await fixture.services.seeds.getMany([key]);
  expect(record?.withheld?.problem?.reason).toContain(problem);
  expect(record?.rejection).toBeUndefined();
  expect(fixture.warnings).toEqual([]);
  expect(await fixture.findPaths('previews/')).toEqual([]);
});

test('a picture beside a draft is in its preview, whenever it comes, changes or goes', async () => {
  const fixture = await createFixture();
  const draft = article('draft: true\nimage: "the quay.png"\n', 'Text. ![Pier](pier.png)');
  const findCopies = async () => (await fixture.findPaths('previews/')).filter((path) => path.endsWith('.png'));
  await fixture.upload('drafts/the quay.png', sampleImages['plain.png']);
  await fixture.publish('drafts/a.md', draft);
  expect(await findCopies()).toHaveLength(1);
  await fixture.upload('drafts/pier.png', sampleImages['plain.png']);
  await fixture.deliverAll();
  const copies = await findCopies();
  expect(copies).toHaveLength(2);
  const [page = ''] = await fixture.findPaths('previews/');
  for (const view of ['', '/entry', '/digest', '/atom.xml']) {
    const document = (await fixture.read('site', page + view)) ?? '';
    const shown = copies.filter((copy) => document.includes(`https://news.example/${copy}`));
    expect(shown, view).toHaveLength(2);
    expect(document).not.toContain('/images/drafts/');
  }
  expect(await fixture.findPaths('images/')).toEqual([]);
  const before = (await fixture.list('site')).get(copies[0] ?? '');
  for (const key of ['drafts/the quay.png', 'drafts/pier.png']) await fixture.upload(key, sampleImages['animated.png']);
  await fixture.deliverAll();
  expect(await findCopies()).toEqual(copies);
  expect((await fixture.list('site')).get(copies[0] ?? '')).not.toBe(before);
  await fixture.remove('drafts/pier.png');
  await fixture.deliverAll();
  expect(await findCopies()).toHaveLength(1);
  await fixture.remove('drafts/a.md');
  await fixture.deliverAll();
  expect(await fixture.findPaths('previews/')).toEqual([]);
});

test('a draft that takes too long to read is a draft all the same', async () => {
  const fixture = await createFixture();
  const slow = { rejection: { reason: 'The file takes too long to read.' } };
  const { seedParser } = fixture.services;
  const services = {
    ...fixture.services,
    seedParser: {
      ...seedParser,
      parse: async (...[seed, getTimeLeftMs]: Parameters<typeof seedParser.parse>) =>
        seed.isPreview ? slow : seedParser.parse(seed, getTimeLeftMs),
    },
  };
  await fixture.upload('a.md', article('draft: true\n'));
  await fixture.deliverAll(services);
  const [record] = await fixture.services.seeds.getMany(['a.md']);
  expect(record).toMatchObject({ withheld: { reason: expect.stringContaining('draft'), problem: slow.rejection } });
  expect(fixture.warnings).toEqual([]);
  expect(await fixture.read('internal', 'notices/a.md.txt')).toContain(
    'There is no preview: The file takes too long to read.',
  );
});

test('new settings, templates or code renew previews, too', async () => {
  const fixture = await createFixture();
  await fixture.publish('a.md', article('draft: true\n'));
  fixture.tick();
  await fixture.deliverAll(fixture.createFixtureServices({ title: 'Another Gazette' }));
  expect(await fixture.readPreview()).toContain('Another Gazette');
});
