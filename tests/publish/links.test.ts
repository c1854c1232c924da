import { afterEach, describe, expect, test } from 'vitest';
import { buildMp3, buildMp4, samplePdf } from '../core/file/sample-files.ts';
import { sampleImages } from '../core/image/sample-images.ts';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';
import type { PublishFixture, PublishFixtureOptions } from './publish-fixture.ts';

let fixture: PublishFixture;
afterEach(() => fixture.stop());

const start = async (options?: PublishFixtureOptions): Promise<void> => {
  fixture = await createInMemoryPublishFixture(options);
};

const note = (title: string, body: string): string => `---\ntitle: ${title}\n---\n\n${body}\n`;
const upload = async (files: Readonly<Record<string, string | Uint8Array>>): Promise<void> => {
  for (const [key, body] of Object.entries(files)) await fixture.upload(key, body);
  await fixture.deliverAll();
};
const read = async (key: string): Promise<string> => (await fixture.read('site', key)) ?? '';
const address = (slug: string): string => `https://news.example/articles/${slug}`;

describe('a link to another seed', () => {
  test('finds a name with other quotation marks', async () => {
    await start();
    await upload({ 'It\'s "late".md': note('Late', 'Text.'), 'Ana’s.md': note('Of Ana', 'Text.') });
    await upload({ 'a.md': note('A', "[[It’s “late”|first]] and [[Ana's|second]]") });
    const html = await read('articles/a');
    expect(html).toContain(`<a href="${address('late')}">first</a> and <a href="${address('of-ana')}">second</a>`);
  });

  test('a picture that is not there leaves no empty paragraph', async () => {
    await start();
    await upload({ 'a.md': note('A', 'Before.\n\n![[none.png]]\n\n![[none.png|named]]\n\nAfter ![[none.png]] all.') });
    expect(await read('articles/a')).toContain('<p>Before.</p>\n<p>named</p>\n<p>After  all.</p>');
  });

  test('leads to its article, also when that comes later, leaves and returns', async () => {
    await start();
    await upload({ '2026/first.md': note('First', 'Read [the second part](../2025/second.md#tides "Tides").') });
    expect(await read('articles/first')).toContain('Read the second part.');
    await upload({ '2025/second.md': note('The second', 'Text.') });
    const link = `Read <a href="${address('the-second')}#seed-tides">the second part</a>.`;
    for (const key of ['articles/first', 'feed.json', 'digest/daily.html'])
      expect((await read(key)).replaceAll('\\"', '"'), key).toContain(`href="${address('the-second')}#seed-tides"`);
    expect(await read('articles/first')).toContain(link);
    await fixture.remove('2025/second.md');
    await fixture.deliverAll();
    expect(await read('articles/first')).toContain('Read the second part.');
    await upload({ '2025/second.md': note('The second', 'Text.') });
    expect(await read('articles/first')).toContain(link);
  });

  test('leads to it when both come at once, in either order, and in a circle', async () => {
    await start();
    await upload({ 'a.md': note('A', '[B](b.md)'), 'b.md': note('B', '[A](./a.md) and [itself](b.md)') });
    expect(await read('articles/a')).toContain(`<a href="${address('b')}">B</a>`);
    expect(await read('articles/b')).toContain(`<a href="${address('a')}">A</a> and <a href="${address('b')}">itself`);
    await fixture.remove('a.md');
    await fixture.remove('b.md');
    await fixture.deliverAll();
    await upload({ 'b.md': note('B', '[A](./a.md)') });
    await upload({ 'a.md': note('A', '[B](b.md)') });
    expect(await read('articles/a')).toContain(`<a href="${address('b')}">`);
    expect(await read('articles/b')).toContain(`<a href="${address('a')}">`);
  });

  test('leads to an article whose file was moved', async () => {
    await start();
    const second = note('The second', 'Text of the second.');
    await upload({ 'first.md': note('First', '[next](second.md)'), 'second.md': second });
    await fixture.upload('archive/second.md', second);
    await fixture.remove('second.md');
    await fixture.deliverAll();
    expect(await read('articles/first')).toContain(`<a href="${address('the-second')}">next</a>`);
  });

  test('finds a note by its name, the nearest first', async () => {
    await start();
    const link = '<a href="seed-name:Night%20ferry">see</a>';
    await upload({
      'x/y/from.md': note('From', link),
      'top.md': note('Top', link),
      'other.md': note('Other', '<a href="seed-name:x/Night%20Ferry#When%20it%20sails">see</a>'),
      'Night ferry.md': note('Above', 'Text.'),
      'x/night Ferry.md': note('Near', 'Text.'),
    });
    expect(await read('articles/from')).toContain(`href="${address('near')}"`);
    expect(await read('articles/top')).toContain(`href="${address('above')}"`);
    expect(await read('articles/other')).toContain(`href="${address('near')}#seed-when-it-sails"`);
    await fixture.remove('x/night Ferry.md');
    await fixture.deliverAll();
    expect(await read('articles/from')).toContain(`href="${address('above')}"`);
    expect(await read('articles/other')).not.toContain('href="https://news.example/articles/near');
  });

  test('leads to the page of a seed that is linked as a web page, and to folders with an index', async () => {
    await start();
    await upload({
      'a.md': note('A', '[B](b.html), <a href="seed-name:the-post">post</a>'),
      'b.md': note('B', 'Text.'),
      'posts/the-post/index.md': `---\ntitle: Post\ndate: 2026-11-01\n---\nText.`,
    });
    expect(await read('articles/a')).toContain(
      `<a href="${address('b')}">B</a>, <a href="${address('post')}">post</a>`,
    );
  });

  test('leads to the article itself where it names its own file, and to its own parts', async () => {
    await start();
    await upload({
      'x/Own file.md': note(
        'Own',
        '[[Own file]], [[x/own file|path]], [[Own file#Fares, 2026|fares]], [[Own file#^a1b2c3]], [part](./Own%20file.md#fares-2026)\n\n## Fares, 2026\n\nText. ^a1b2c3',
      ),
    });
    const html = await read('articles/own');
    expect(html).toContain(`<a href="${address('own')}">Own file</a>, <a href="${address('own')}">path</a>`);
    expect(html).toContain('<a href="#seed-fares-2026">fares</a>, <a href="#seed-a1b2c3">Own file</a>');
    expect(html).toContain('<a href="#seed-fares-2026">part</a>');
    expect(html).toContain('<p id="seed-a1b2c3">');
    expect(await fixture.read('internal', 'notices/x/Own file.md.txt')).toBeUndefined();
  });

  test('to a draft is text until it is published', async () => {
    await start();
    await upload({ 'a.md': note('A', '[B](b.md)'), 'b.md': '---\ntitle: B\ndraft: true\n---\nText.' });
    expect(await read('articles/a')).not.toContain('<a href="https://news.example/articles/b"');
    expect(await read('articles/a')).not.toContain('.seeds');
    await upload({ 'b.md': note('B', 'Text.') });
    expect(await read('articles/a')).toContain(`<a href="${address('b')}">B</a>`);
  });
});

test('an article without links costs the same requests to the table whatever others link to', async () => {
  const requests: string[] = [];
  await start({ onRequest: (name) => (name.includes('Object') ? 0 : requests.push(name)) });
  const count = async (key: string): Promise<number> => {
    requests.length = 0;
    await upload({ [key]: note(key, 'Text.') });
    return requests.length;
  };
  await upload({ 'zero.md': note('zero', 'Text.') });
  const before = await count('one.md');
  for (let number = 0; number < 20; number += 1)
    await upload({ [`l${number}.md`]: note(`L${number}`, '[x](zero.md)') });
  expect(await count('two.md')).toBe(before);
});

test('a picture found by its name is shown once it is there, and is its name until then', async () => {
  await start();
  await upload({
    'notes/a.md': note('A', '<p>Look: <img src="seed-name:crane%20photo.png" alt="The crane" width="300"></p>'),
  });
  expect(await read('articles/a')).toContain('<p>Look: The crane</p>');
  await upload({ 'attachments/Crane photo.png': sampleImages['plain.png'] });
  const url = 'https://news.example/images/attachments/Crane%20photo.png';
  expect(await read('articles/a')).toContain(`src="${url}" alt="The crane" width="300"`);
  expect(JSON.parse(await read('feed.json')).items[0]).toMatchObject({ image: url });
});

test('a picture beside its seed that was refused or not uploaded is its alternative text until the site has it', async () => {
  await start();
  const body = 'Before.\n\n![](quay.jpg)\n\n![The quay](quay.jpg)\n\n![Near](/images/near.png) it.';
  const lead = '---\ntitle: A\nimage: quay.jpg\n---\n\n';
  await upload({ 'quay.jpg': 'no picture', 'a.md': lead + body });
  for (const key of ['articles/a', 'feed.json', 'rss.xml', 'digest/daily.html', 'sitemap.xml'])
    expect(await read(key), key).not.toContain('/images/');
  expect(await read('articles/a')).toContain('<p>Before.</p>\n<p>The quay</p>\n<p>Near it.</p>');
  await upload({ 'quay.jpg': sampleImages['baseline.jpg'], 'near.png': sampleImages['plain.png'] });
  const html = await read('articles/a');
  expect(html).toContain('<img src="https://news.example/images/quay.jpg" alt="The quay"');
  expect(html).toContain('<img src="https://news.example/images/near.png" alt="Near"');
  expect(html).toContain('property="og:image"');
  // The site keeps the version before a refused one.
  await upload({ 'quay.jpg': 'no picture' });
  expect(await read('articles/a')).toContain('<img src="https://news.example/images/quay.jpg" alt="The quay"');
});

test('files that an article links are given to feed readers, with their true length, type and duration', async () => {
  await start();
  const sound = buildMp3(1000);
  const film = buildMp4({ handlers: ['vide'], seconds: 75 });
  const links = '[Plan](plan.pdf), [listen](show.mp3), [see](../film.mp4), [again](show.mp3), [missing](none.pdf)';
  await upload({ '2026/a.md': note('A', links) });
  expect(await read('articles/a')).toContain('Plan, listen, see, again, missing');
  await upload({ '2026/plan.pdf': samplePdf, '2026/show.mp3': sound, 'film.mp4': film });
  const site = 'https://news.example/files';
  expect(await read('articles/a')).toContain(
    `<a href="${site}/2026/plan.pdf">Plan</a>, <a href="${site}/2026/show.mp3">listen</a>, <a href="${site}/film.mp4">see</a>, <a href="${site}/2026/show.mp3">again</a>, missing`,
  );
  const rss = await read('rss.xml');
  expect(rss.match(/<enclosure[^>]*>/g)).toEqual([
    `<enclosure url="${site}/2026/show.mp3" length="${sound.length}" type="audio/mpeg"/>`,
  ]);
  expect(rss).toContain(
    `<media:content url="${site}/film.mp4" type="video/mp4" medium="video" fileSize="${film.length}" duration="75"/>`,
  );
  expect((await read('atom.xml')).match(/<link rel="enclosure"[^>]*>/g)).toEqual([
    `<link rel="enclosure" type="application/pdf" href="${site}/2026/plan.pdf" length="${samplePdf.length}"/>`,
    `<link rel="enclosure" type="audio/mpeg" href="${site}/2026/show.mp3" length="${sound.length}"/>`,
    `<link rel="enclosure" type="video/mp4" href="${site}/film.mp4" length="${film.length}"/>`,
  ]);
  expect(JSON.parse(await read('feed.json')).items[0].attachments).toEqual([
    { url: `${site}/2026/plan.pdf`, mime_type: 'application/pdf', size_in_bytes: samplePdf.length },
    { url: `${site}/2026/show.mp3`, mime_type: 'audio/mpeg', size_in_bytes: sound.length, duration_in_seconds: 26 },
    { url: `${site}/film.mp4`, mime_type: 'video/mp4', size_in_bytes: film.length, duration_in_seconds: 75 },
  ]);
  await upload({ '2026/show.mp3': buildMp3(2000) });
  expect(await read('rss.xml')).toContain(`length="${buildMp3(2000).length}"`);
  await fixture.remove('2026/show.mp3');
  await fixture.deliverAll();
  expect(await read('rss.xml')).toContain(`<enclosure url="${site}/film.mp4"`);
});

test('what an article refers to in vain is told in a notice, until it comes', async () => {
  await start();
  const readNotice = () => fixture.read('internal', 'notices/a.md.txt');
  await upload({ 'a.md': note('A', '![The quay](quay.png)\n\n[B](b.md) and [the plan](plan.pdf)') });
  expect(await readNotice()).toContain('There is no picture quay.png. Upload it, and the article shows it.');
  expect(await readNotice()).toContain('There is no file plan.pdf, so the link to it is text.');
  expect(await readNotice()).toContain('No published article is b.md, so the link to it is text until there is one.');
  await upload({ 'b.md': note('B', 'Text.'), 'plan.pdf': samplePdf });
  expect(await readNotice()).not.toContain('b.md, so');
  await upload({ 'quay.png': sampleImages['plain.png'] });
  expect(await readNotice()).toBeUndefined();
  expect(await read('articles/a')).toContain('<img src="https://news.example/images/quay.png" alt="The quay"');
});
