import { expect, test } from 'vitest';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';

const write = (title: string, fields: string): string => `---\ntitle: ${title}\n${fields}\n---\n\nThe text of it.\n`;

const createSite = async (settings: object = {}) => {
  const fixture = await createInMemoryPublishFixture({ settings });
  return {
    put: async (files: Readonly<Record<string, string>>) => {
      for (const [key, text] of Object.entries(files)) await fixture.upload(key, text);
      await fixture.deliverAll();
    },
    remove: async (key: string) => {
      await fixture.remove(key);
      await fixture.deliverAll();
    },
    read: async (path: string) => (await fixture.read('site', path)) ?? '',
  };
};

test('the pages of topics say how many articles there are, and the front page has the largest topics first', async () => {
  const { put, remove, read } = await createSite();
  await put({ 'a.md': write('One', 'tags: [Apples, Zebras]'), 'b.md': write('Two', 'tags: [Zebras]') });
  const listTopics = async () =>
    [...(await read('index.html')).matchAll(/<li><a href="\/topics\/([^"]+)"/g)].map(([, slug]) => slug);
  expect(await read('topics/zebras')).toContain('<p class="count">Articles: 2</p>');
  expect(await listTopics()).toEqual(['zebras', 'apples']);
  await put({
    'c.md': write('Three', 'tags: [Apples]\ndate: 2020-01-01'),
    'd.md': write('Four', 'tags: [Apples]\ndate: 2020-01-02'),
  });
  expect(await listTopics()).toEqual(['apples', 'zebras']);
  await remove('a.md');
  await remove('c.md');
  await remove('d.md');
  expect(await listTopics()).toEqual(['zebras']);
  expect(await read('topics/zebras')).toContain('Articles: 1');
});

test('an author in the settings has a biography, a picture and feeds, and any other author a page alone', async () => {
  const authors = [{ name: 'Ana Reis', biography: 'Ana keeps the light.', picture: '/images/ana.jpg' }];
  const { put, read } = await createSite({ authors });
  await put({ 'a.md': write('One', 'author: Ana Reis'), 'b.md': write('Two', 'author: Bo Lind') });
  const page = await read('authors/ana-reis');
  expect(page).toContain('<img src="/images/ana.jpg" alt="Ana Reis">');
  expect(page).toContain('<p dir="auto">Ana keeps the light.</p>');
  expect(page).toContain(
    'type="application/atom+xml" title="Test Gazette: Ana Reis (Atom)" href="/authors/ana-reis/atom.xml"',
  );
  for (const name of ['rss.xml', 'atom.xml', 'feed.json']) {
    expect(await read(`authors/ana-reis/${name}`)).toContain('One');
    expect(await read(`authors/ana-reis/${name}`)).not.toContain('Two');
    expect(await read(`authors/bo-lind/${name}`)).toBe('');
  }
  expect(await read('authors/bo-lind')).toContain('Two');
  await put({ 'a.md': write('One', 'author: Bo Lind') });
  expect(await read('authors/ana-reis/rss.xml')).toBe('');
});

test('where a summary stands without the text, it says what part AI had in it: in lists, feeds and issues', async () => {
  const { put, read } = await createSite();
  const long = `${'A word of it. '.repeat(12_000)}\n`;
  await put({ 'a.md': `---\ntitle: One\nlang: de\nai: generated\nsummary: Kurz gesagt.\n---\n\n${long}` });
  expect(await read('rss.xml')).toContain('<description>Von einer KI erzeugt. Kurz gesagt.</description>');
  expect(await read('index.html')).toContain('>Von einer KI erzeugt. Kurz gesagt.</p>');
  expect(JSON.parse(await read('feed.json')).items[0].summary).toBe('Von einer KI erzeugt. Kurz gesagt.');
  expect(await read('digest/daily.html')).toContain('Von einer KI erzeugt. Kurz gesagt.');
  expect(await read('digest/daily.txt')).toContain('Von einer KI erzeugt. Kurz gesagt.');
  expect(await read('articles/one')).toContain('<p><em>Von einer KI erzeugt.</em></p>');
});

test('the feeds of a topic say that an article was deleted that had left them for a later date', async () => {
  const { put, remove, read } = await createSite();
  await put({ 'a.md': write('One', 'tags: [Apples]'), 'b.md': write('Two', 'tags: [Apples]') });
  await put({ 'b.md': write('Two', 'tags: [Zebras]\npublishDate: 2199-01-01') });
  expect(await read('topics/apples/atom.xml')).not.toContain('at:deleted-entry');
  await remove('b.md');
  expect(await read('topics/apples/atom.xml')).toContain('at:deleted-entry');
  await put({ 'b.md': write('Two', 'tags: [Zebras]') });
  expect(await read('topics/apples/atom.xml')).not.toContain('at:deleted-entry');
});
