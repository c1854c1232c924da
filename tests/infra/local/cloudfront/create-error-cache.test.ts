import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { createErrorCache } from '../../../../infra/local/cloudfront/create-error-cache.ts';

const page = { method: 'GET', path: '/a' };

/** For how many seconds an error is repeated, at most 100. */
const measureSeconds = async (status: number, cacheControl?: string): Promise<number> => {
  let now = 0;
  const errors = [503, 416].map((code) => ({ code, status: code, cachedSeconds: code === 503 ? 0 : 20 }));
  const cache = createErrorCache(errors, () => new Date(now));
  const headers = cacheControl === undefined ? {} : { 'cache-control': cacheControl };
  const kept = await cache.keep(page, { status, headers, body: Readable.from(['why']) });
  expect(await text(kept.body)).toBe('why');
  while (now < 100_000 && cache.find(page)) now += 1000;
  return now / 1000;
};

test.each([
  [200, undefined, 0],
  [404, undefined, 10],
  [500, undefined, 10],
  [503, undefined, 0],
  [400, undefined, 0],
  [416, undefined, 0],
  [404, 'no-store', 0],
  [404, 'private, max-age=60', 0],
  // CloudFront takes no notice of it here.
  [500, 'no-store', 10],
  [500, 'max-age=60', 60],
  [500, 'max-age=1', 10],
])('%i with Cache-Control %s is repeated for %i seconds', async (status, cacheControl, seconds) => {
  expect(await measureSeconds(status, cacheControl)).toBe(seconds);
});

test('a thousand addresses are kept, and each answers any number of times', async () => {
  const cache = createErrorCache([], () => new Date(0));
  for (let at = 0; at <= 1000; at += 1)
    await cache.keep({ ...page, path: `/${at}` }, { status: 404, headers: {}, body: Readable.from([String(at)]) });
  expect(cache.find({ ...page, path: '/0' })).toBeUndefined();
  for (let times = 0; times < 2; times += 1) {
    const found = cache.find({ ...page, path: '/1' });
    expect(found && (await text(found.body))).toBe('1');
  }
});
