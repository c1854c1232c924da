import { describe, expect, it } from 'vitest';
import { parsePublication } from '../../functions/core/publication.ts';
import { buildRedirectFunction } from '../../infra/constructs/redirect-function.ts';
import { createEdgeFunction } from '../../infra/local/cloudfront/edge-function.ts';
import { digestPublication } from '../core/newsletter/digest/digest-fixture.ts';

const withRedirects = (redirects: unknown) => parsePublication({ ...digestPublication, redirects });

const { redirects } = withRedirects({
  '/about-us/': '/articles/about',
  '/shop': 'https://shop.example/',
  '/feed': '/topics/news/rss.xml',
  '/topics/harbor/*': '/topics/harbour/*',
  '/blog/*': 'https://blog.example/*',
  '/blog/kept': '/articles/kept',
});
const edge = createEdgeFunction(buildRedirectFunction(redirects));

/** Where a request is sent, or undefined if it goes on to the origin. */
const findTarget = async (uri: string): Promise<string | undefined> => {
  const answer = await edge.onRequest({ method: 'GET', uri, headers: {} });
  if (!('statusCode' in answer)) return undefined;
  expect(answer.statusCode).toBe(301);
  return answer.headers.location?.value;
};

describe('a request is sent on', () => {
  it.each([
    ['/about-us', '/articles/about'],
    ['/about-us/', '/articles/about'],
    ['/shop', 'https://shop.example/'],
    ['/index.xml', '/rss.xml'],
    ['/rss/', '/rss.xml'],
    ['/feed/atom/', '/atom.xml'],
    ['/feeds/posts/default', '/atom.xml'],
    ['/feed/', '/topics/news/rss.xml'],
    ['/articles/a-story/', '/articles/a-story'],
    ['/archive/2026-11/', '/archive/2026-11'],
    ['/subscribe/', '/subscribe'],
    ['/topics/harbor', '/topics/harbour'],
    ['/topics/harbor/', '/topics/harbour'],
    ['/topics/harbor/2025/2', '/topics/harbour/2025/2'],
    ['/topics/harbor/rss.xml', '/topics/harbour/rss.xml'],
    ['/blog/2019/a', 'https://blog.example/2019/a'],
    ['/blog/kept', '/articles/kept'],
  ])('from %s to %s', async (uri, target) => {
    expect(await findTarget(uri)).toBe(target);
  });
});

it.each([
  '/',
  '//',
  '//evil.example/',
  '/articles//evil.example/',
  '/rss.xml',
  '/articles/a-story',
  '/constructor',
  '/2020/05/story/',
])('a request for %s is left alone', async (uri) => {
  expect(await findTarget(uri)).toBeUndefined();
});

it.each([
  [{ 'old-page': '/articles/new' }, 'must be from encoded paths'],
  [{ '/old?p=1': '/articles/new' }, 'must be from encoded paths'],
  [{ '/old': '//evil.example' }, 'must be a path of the site'],
  [{ '/old': 'javascript:alert(1)' }, 'must be a path of the site'],
  [
    Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`/old-${n}`, `/articles/new-${n}`])),
    'CloudFront takes 8 KB',
  ],
])('%o is refused', (wrong, reason) => {
  expect(() => withRedirects(wrong)).toThrow(reason);
});

it('answers the address that feed readers try first with the RSS feed', async () => {
  expect(await edge.onRequest({ method: 'GET', uri: '/feed.xml', headers: {} })).toMatchObject({ uri: '/rss.xml' });
});
