import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from '../../../../infra/local/base/http-server.ts';
import { addReloadScript, createPageChanges } from '../../../../infra/local/cloudfront/reload-pages.ts';

const policy = "default-src 'none'; base-uri 'none'";
const page = (headers: Record<string, string> = {}, html = '<body><p>Hello</p></body>') => ({
  status: 200,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'content-length': String(html.length),
    ...headers,
  },
  body: Readable.from([html]),
});

test('a page gets one script, which alone is allowed', async () => {
  const { headers, body } = await addReloadScript(page());
  const html = await text(body);
  const [, script = ''] = /^<body><p>Hello<\/p><script>(.*)<\/script><\/body>$/.exec(html) ?? [];
  expect(script).toContain('location.reload()');
  const hash = createHash('sha256').update(script).digest('base64');
  expect(headers).toEqual({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `${policy}; script-src 'sha256-${hash}'; connect-src 'self'`,
  });
});

test.each([
  ['a feed', page({ 'content-type': 'application/rss+xml' })],
  ['a page that is stored compressed', page({ 'content-encoding': 'br' })],
  ['a part of a page', { ...page(), status: 206 }],
  ['no change of a page', { ...page(), status: 304 }],
])('%s stays as it is', async (_what, given) => {
  expect(await addReloadScript(given)).toBe(given);
});

test('an open page hears once of many changes', async () => {
  const changes = createPageChanges();
  const server = await listen(
    createServer((_request, response) => changes.listen(response)),
    0,
  );
  onTestFinished(async () => {
    changes.close();
    await server.close();
  });
  const response = await fetch(server.endpoint);
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const events = Readable.fromWeb(response.body ?? new ReadableStream());
  await once(events, 'data');
  for (let n = 0; n < 100; n += 1) changes.announce();
  const [told] = await once(events, 'data');
  expect(String(told)).toBe('data: changed\n\n');
});
