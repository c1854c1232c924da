import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { BehaviourPlan } from '../../../../infra/local/cloudfront/plan-behaviour.ts';
import type { DistributionPlan } from '../../../../infra/local/cloudfront/plan-distributions.ts';
import { startDistribution } from '../../../../infra/local/cloudfront/start-distribution.ts';
import { startS3Fixture } from '../s3/s3-fixture.ts';

const nothing = { kind: 'some', names: [] } as const;
const behaviour: BehaviourPlan = {
  origin: { kind: 'bucket', bucket: 'box', path: '' },
  forward: { headers: nothing, queries: nothing, cookies: nothing },
  pathPattern: '*',
  methods: ['GET', 'HEAD'],
  encodings: ['br', 'gzip'],
  headers: [
    { name: 'x-frame-options', value: 'DENY', overrides: true },
    { name: 'cache-control', value: 'no-store', overrides: false },
    { name: 'x-amz-meta-secret', value: undefined, overrides: true },
  ],
  functions: [],
};
const plan: DistributionPlan = {
  arn: 'arn:aws:cloudfront::000000000000:distribution/site',
  defaultRootObject: 'index.html',
  behaviours: [behaviour],
  errors: [{ code: 404, status: 404, page: '/404.html', cachedSeconds: 0 }],
};
const long = 'A harbour, a bell, a ferry at night. '.repeat(100);

const start = async (more: Partial<DistributionPlan> = {}, now = () => new Date()) => {
  const { client, s3 } = await startS3Fixture();
  const site = await startDistribution({ ...plan, ...more }, { s3Endpoint: s3.endpoint, port: 0, now });
  onTestFinished(() => site.close());
  const put = (Key: string, Body: string, ContentType = 'text/html; charset=utf-8', rest = {}) =>
    client.send(new PutObjectCommand({ Bucket: 'box', Key, Body, ContentType, ...rest }));
  await put('404.html', 'nothing here');
  return { site, put };
};

/** Unlike `fetch`, shows the body as it travels. */
const rawGet = (address: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    const asked = request(address, { headers, method }, async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk);
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) });
    });
    asked.on('error', reject);
    asked.end();
  });

describe('the site', () => {
  test('serves the root object, pages without extension and any key, with the policy’s headers', async () => {
    const { site, put } = await start();
    await put('index.html', 'home', undefined, { CacheControl: 'max-age=300', Metadata: { secret: '1' } });
    await put('articles/Zürich + 漢字', 'article');
    const home = await fetch(`${site.endpoint}/?utm_source=x`);
    expect([home.status, await home.text()]).toEqual([200, 'home']);
    expect(Object.fromEntries(home.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'max-age=300',
      'x-frame-options': 'DENY',
    });
    expect([...home.headers.keys()]).not.toContain('x-amz-meta-secret');
    expect([...home.headers.keys()]).not.toContain('access-control-allow-origin');
    const article = await fetch(`${site.endpoint}/articles/${encodeURIComponent('Zürich + 漢字')}`);
    expect(await article.text()).toBe('article');
    expect(article.headers.get('cache-control')).toBe('no-store');
    expect([...article.headers.keys()]).not.toContain('access-control-allow-origin');
  });

  test('responds with 304 by ETag or date, to GET and HEAD, compressed or not', async () => {
    const { site, put } = await start();
    await put('page', long);
    for (const encoding of ['identity', 'gzip']) {
      const address = `${site.endpoint}/page`;
      const { headers } = await rawGet(address, { 'accept-encoding': encoding });
      for (const method of ['GET', 'HEAD']) {
        const seen = { 'if-none-match': String(headers.etag), 'accept-encoding': encoding };
        expect(await rawGet(address, seen, method)).toMatchObject({ status: 304, body: Buffer.alloc(0) });
        const since = { 'if-modified-since': String(headers['last-modified']), 'accept-encoding': encoding };
        expect((await rawGet(address, since, method)).status).toBe(304);
        expect((await rawGet(address, { 'if-none-match': '"other"' }, method)).status).toBe(200);
      }
    }
  });

  test('shows the error page for a missing object, and refuses writes', async () => {
    const { site } = await start();
    const missing = await fetch(`${site.endpoint}/none`, { headers: { 'if-none-match': '"x"' } });
    expect([missing.status, await missing.text(), missing.headers.get('x-frame-options')]).toEqual([
      404,
      'nothing here',
      'DENY',
    ]);
    for (const method of ['PUT', 'POST', 'DELETE', 'OPTIONS']) {
      const refused = await fetch(`${site.endpoint}/none`, { method });
      expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    }
  });
});

describe('compression', () => {
  const compressed = async (type: string, body: string, accepted: string, rest = {}) => {
    const { site, put } = await start();
    await put('file', body, type, rest);
    return rawGet(`${site.endpoint}/file`, { 'accept-encoding': accepted });
  };

  test('is Brotli if the viewer accepts it, else gzip, and weakens the ETag', async () => {
    const brotli = await compressed('text/html; charset=utf-8', long, 'gzip, deflate, br');
    expect(brotli.headers).toMatchObject({
      'content-encoding': 'br',
      vary: 'Accept-Encoding',
      etag: expect.stringMatching(/^W\/"/),
    });
    expect(brotliDecompressSync(brotli.body).toString()).toBe(long);
    const gzip = await compressed('application/rss+xml; charset=utf-8', long, 'gzip, br;q=0');
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gzip.body).toString()).toBe(long);
  });

  test.each([
    ['a type that CloudFront leaves alone', 'application/atom+xml', long, 'gzip', {}],
    ['an image', 'image/jpeg', long, 'gzip', {}],
    ['a short text', 'text/html', 'short', 'gzip', {}],
    ['a reader who takes none', 'text/html', long, 'identity', {}],
  ])('is not for %s', async (_what, type, body, accepted, rest) => {
    const answer = await compressed(type, body, accepted, rest);
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.body.toString()).toBe(body);
  });

  test('does not apply to objects that are stored compressed', async () => {
    const answer = await compressed('text/html', long, 'br', { ContentEncoding: 'x-own' });
    expect(answer.headers['content-encoding']).toBe('x-own');
  });
});

describe('behaviours', () => {
  const retype = `function handler(event) {
    event.response.headers['content-type'] = { value: 'application/atom+xml' };
    return event.response;
  }`;
  const redirect = `async function handler(event) {
    if (event.request.uri === '/old') return { statusCode: 301, headers: { location: { value: '/new' } } };
    event.request.uri = event.request.uri.replace('/alias/', '/');
    return event.request;
  }`;

  test('are selected by path, and run their functions after compression, but not on errors', async () => {
    const functions = [{ event: 'viewer-response', code: retype } as const];
    const feeds = { ...behaviour, pathPattern: '*atom.xml', functions };
    const { site, put } = await start({ behaviours: [feeds, behaviour] });
    await put('topics/sea/atom.xml', long, 'application/xml');
    await put('other.xml', long, 'application/xml');
    const feed = await rawGet(`${site.endpoint}/topics/sea/atom.xml`, { 'accept-encoding': 'br' });
    expect(feed.headers).toMatchObject({ 'content-type': 'application/atom+xml', 'content-encoding': 'br' });
    expect((await rawGet(`${site.endpoint}/other.xml`)).headers['content-type']).toBe('application/xml');
    expect((await rawGet(`${site.endpoint}/none/atom.xml`)).headers['content-type']).toBe('text/html; charset=utf-8');
  });

  test('may respond to a request or rewrite it in a function', async () => {
    const functions = [{ event: 'viewer-request', code: redirect } as const];
    const { site, put } = await start({ behaviours: [{ ...behaviour, functions }] });
    await put('page', 'text');
    expect(await rawGet(`${site.endpoint}/old`)).toMatchObject({
      status: 301,
      headers: { location: '/new' },
    });
    expect((await rawGet(`${site.endpoint}/alias/page`)).body.toString()).toBe('text');
  });
});

test('an error of the origin is repeated for the time of the template, whatever comes in its place', async () => {
  let now = Date.parse('2026-11-28T07:00:00Z');
  const errors = [{ code: 404, status: 404, page: '/404.html', cachedSeconds: 10 }];
  const { site, put } = await start({ errors }, () => new Date(now));
  const read = async (path: string, init?: RequestInit) => (await fetch(site.endpoint + path, init)).status;
  expect(await read('/late.html')).toBe(404);
  await put('late.html', 'there');
  await put('other.html', 'there');
  now += 9_999;
  expect([await read('/late.html?fresh=1'), await read('/other.html')]).toEqual([404, 200]);
  now += 1;
  expect(await read('/late.html')).toBe(200);
});
