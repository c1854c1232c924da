import { expect, onTestFinished, test } from 'vitest';
import { buildAnswerFunction } from '../../infra/constructs/answer-function.ts';
import { startDistribution } from '../../infra/local/cloudfront/start-distribution.ts';
import { startPublishFixture } from './publish-fixture.ts';

const nothing = { kind: 'some', names: [] } as const;

/** Publishing, and the site as CloudFront serves it. */
const start = async () => {
  const fixture = await startPublishFixture();
  onTestFinished(() => fixture.stop());
  const site = await startDistribution(
    {
      arn: 'arn:aws:cloudfront::000000000000:distribution/site',
      defaultRootObject: 'index.html',
      behaviours: [
        {
          origin: { kind: 'bucket', bucket: 'site', path: '' },
          forward: { headers: nothing, queries: nothing, cookies: nothing },
          pathPattern: '*',
          methods: ['GET', 'HEAD'],
          encodings: ['br', 'gzip'],
          headers: [],
          functions: [{ event: 'viewer-response', code: buildAnswerFunction() }],
        },
      ],
      errors: [{ code: 404, status: 404, page: '/404.html', cachedSeconds: 0 }],
    },
    { s3Endpoint: new Map(Object.entries(fixture.environment)).get('AWS_ENDPOINT_URL_S3') ?? '', port: 0 },
  );
  onTestFinished(() => site.close());
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const {
      status,
      headers: found,
      ...answer
    } = await fetch(site.endpoint + path, { redirect: 'manual', headers }).then(async (one) => ({
      status: one.status,
      headers: one.headers,
      text: await one.text(),
    }));
    return { status, location: found.get('location'), robots: found.get('x-robots-tag'), headers: found, ...answer };
  };
  const publish = async (key: string, text: string): Promise<void> => {
    await fixture.upload(key, text);
    await fixture.deliverAll();
  };
  return { fixture, get, publish };
};

const write = (title: string, fields = ''): string => `---\ntitle: ${title}\n${fields}\n---\n\nThe ferry runs.\n`;

test('every address in sitemaps and feeds answers, whatever the script of title, topics and authors', async () => {
  const { fixture, get, publish } = await start();
  const titles = [
    'เปิดตัว iPhone ในกรุงเทพ',
    'हिन्दी में',
    'שלום Tel Aviv',
    '发布会',
    'ქართული',
    '🚢',
    'Straße',
    'می\u200cخواهم और',
  ];
  for (const [index, title] of titles.entries())
    await publish(`${index}.md`, write(title, 'tags: [北京, C++, Müller]\nauthor: 老舍'));
  const sitemaps = [...(await fixture.list('site')).keys()].filter((key) => key.endsWith('/sitemap.xml'));
  const texts = await Promise.all(
    [...sitemaps, 'feed.json', 'topics', 'authors'].map((key) => fixture.read('site', key)),
  );
  const paths = texts.flatMap(
    (text) => text?.match(/(?<=news\.example|href=")\/(?:articles|topics|authors)\/[^"<\s]+/g) ?? [],
  );
  expect(new Set(paths.map((path) => path.split('/')[1]))).toEqual(new Set(['articles', 'topics', 'authors']));
  expect(new Set(paths.filter((path) => path.startsWith('/articles/'))).size).toBe(titles.length);
  for (const path of new Set(paths)) {
    expect(path).toMatch(/^[\w/.~%-]+$/);
    expect((await get(path)).status, path).toBe(200);
  }
});

test('a changed slug leads on to the present address, and back again', async () => {
  const { get, publish, fixture } = await start();
  await publish('a.md', write('Night ferry'));
  await publish('a.md', write('Night ferry', 'slug: ferry'));
  expect(await get('/articles/night-ferry')).toMatchObject({
    status: 301,
    location: '/articles/ferry',
    robots: 'noindex',
  });
  expect(await get('/articles/ferry')).toMatchObject({ status: 200, location: null, robots: null });
  for (const key of ['feed.json', 'rss.xml', 'index.html', 'archive/2026-11/sitemap.xml'])
    expect(await fixture.read('site', key), key).not.toContain('night-ferry');
  await publish('a.md', write('Night ferry', 'slug: night-ferry'));
  expect((await get('/articles/night-ferry')).status).toBe(200);
  expect(await get('/articles/ferry')).toMatchObject({ status: 301, location: '/articles/night-ferry' });
  await publish('a.md', write('Another title'));
  expect((await get('/articles/night-ferry')).status).toBe(200);
});

test('earlier addresses lead on, with and without a slash; names of Obsidian are no addresses', async () => {
  const { get, publish } = await start();
  await publish(
    'a.md',
    write('Ferry', 'aliases: [/2020/05/ferry/, "https://old.example/ferry.html", "Old ferry", AC/DC, "/наше/é"]'),
  );
  await publish('b.md', write('Tram', 'redirect_from: /2019/tram/index.html'));
  for (const path of ['/2020/05/ferry', '/2020/05/ferry/', '/ferry.html', '/%D0%BD%D0%B0%D1%88%D0%B5/%C3%A9/'])
    expect(await get(path), path).toMatchObject({ status: 301, location: '/articles/ferry' });
  expect(await get('/2019/tram/')).toMatchObject({ status: 301, location: '/articles/tram' });
  expect((await get('/AC/DC')).status).toBe(404);
  await publish('a.md', write('Ferry', 'slug: the-ferry'));
  expect(await get('/2020/05/ferry/')).toMatchObject({ status: 301, location: '/articles/the-ferry' });
});

test('no address is given to another article, nor one of the site', async () => {
  const { fixture, get, publish } = await start();
  await publish('a.md', write('Ferry', 'aliases: /old'));
  await publish('b.md', write('Tram', 'aliases: [/articles/ferry, /old, /articles/tram, /own, /subscribe, /]'));
  expect((await get('/articles/ferry')).text).toContain('Ferry');
  expect(await get('/old')).toMatchObject({ location: '/articles/ferry' });
  expect(await get('/own')).toMatchObject({ location: '/articles/tram' });
  expect((await get('/articles/tram')).status).toBe(200);
  expect((await get('/subscribe')).status).toBe(200);
  const notice = await fixture.read('internal', 'notices/b.md.txt');
  for (const alias of ['/articles/ferry', '/old', '/subscribe', '/']) expect(notice).toContain(`\`${alias}\``);
  expect(notice).not.toContain('`/own`');
  await publish('c.md', write('Old', 'slug: own'));
  expect((await get('/articles/own')).status).toBe(200);
  await publish('d.md', write('Bus', 'slug: ferry'));
  expect((await get('/articles/ferry')).text).toContain('<title>Ferry');
});

test('a withdrawn article answers 410 with a page that says nothing of it, until it returns', async () => {
  const { fixture, get, publish } = await start();
  const text = write('Secret ferry', 'aliases: /old');
  await publish('a.md', text);
  const { headers } = await get('/articles/secret-ferry');
  await fixture.remove('a.md');
  await fixture.deliverAll();
  const gone = await get('/articles/secret-ferry', { 'if-none-match': headers.get('etag') ?? '' });
  expect(gone).toMatchObject({ status: 410, robots: 'noindex' });
  expect([...gone.headers.keys()].filter((name) => /etag|last-modified|x-amz-meta/.test(name))).toEqual([]);
  expect(gone.text).toContain('withdrawn');
  expect(gone.text.toLowerCase()).not.toContain('ferry');
  expect(await get('/old')).toMatchObject({ status: 301 });
  await publish('moved/b.md', text);
  expect(await get('/articles/secret-ferry')).toMatchObject({ status: 200, robots: null });
});

test('the log names the upload of what was published or withdrawn', async () => {
  const { fixture, publish } = await start();
  const lines: unknown[] = [];
  const { log } = fixture.services;
  const by = { ...fixture.services, log: { ...log, info: (...line: unknown[]) => lines.push(line) } };
  await publish('a.md', write('Ferry', ''));
  await fixture.remove('a.md');
  await fixture.deliverAll(by);
  expect(lines).toContainEqual(['withdrawn', { key: 'a.md' }]);
});
