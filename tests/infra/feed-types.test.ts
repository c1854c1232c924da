import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contentTypeOverrides } from '../../functions/platform/contract.ts';
import { buildContentTypeFunction } from '../../infra/constructs/content-type-function.ts';

const answer = z.object({ headers: z.record(z.string(), z.object({ value: z.string() })) });

/** The content type of an answer after the function has run on it, as CloudFront runs it. */
const typeAfter = (uri: string, stored: string): string | undefined => {
  const event = {
    request: { uri },
    response: { statusCode: 200, headers: { 'content-type': { value: stored }, etag: { value: 'W/"1"' } } },
  };
  const code = `${buildContentTypeFunction(Object.values(contentTypeOverrides))}; handler(event);`;
  const { headers } = answer.parse(runInNewContext(code, { event }));
  expect(headers.etag).toEqual({ value: 'W/"1"' });
  return headers['content-type']?.value;
};

describe('the content type after the CloudFront function', () => {
  it.each(['/atom.xml', '/topics/ships/atom.xml', '/archive/2023-12/atom.xml'])('is that of Atom for %s', (uri) => {
    expect(typeAfter(uri, contentTypeOverrides.atom.stored)).toBe('application/atom+xml; charset=utf-8');
  });

  it.each(['/feed.json', '/topics/ships/feed.json'])('is that of JSON Feed for %s', (uri) => {
    expect(typeAfter(uri, contentTypeOverrides.json.stored)).toBe('application/feed+json; charset=utf-8');
  });

  it.each(['/images/my-feed.json', '/articles/constructor', '/', '/rss.xml'])('stays as it was for %s', (uri) => {
    expect(typeAfter(uri, 'text/plain')).toBe('text/plain');
  });
});
