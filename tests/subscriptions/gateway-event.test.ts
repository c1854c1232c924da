import { handle, type LambdaEvent } from 'hono/aws-lambda';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { type SubscriptionsFixture, startSubscriptionsFixture } from './subscriptions-fixture.ts';

let fixture: SubscriptionsFixture;
beforeEach(async () => {
  fixture = await startSubscriptionsFixture();
});
afterEach(() => fixture.stop());

/** A request as API Gateway's HTTP API hands it on, payload version 2: bodies of forms come in base64. */
const eventOf = (
  path: string,
  query: string,
  form: Record<string, string> | undefined,
  sourceIp: string,
): LambdaEvent => {
  const method = form ? 'POST' : 'GET';
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    headers: {
      host: 'abc123.execute-api.eu-west-1.amazonaws.com',
      ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    body: form ? Buffer.from(new URLSearchParams(form).toString()).toString('base64') : null,
    isBase64Encoded: form !== undefined,
    requestContext: {
      accountId: '123456789012',
      apiId: 'abc123',
      authentication: null,
      authorizer: {},
      domainName: 'abc123.execute-api.eu-west-1.amazonaws.com',
      domainPrefix: 'abc123',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp, userAgent: 'test' },
      requestId: 'request',
      routeKey: '$default',
      stage: '$default',
      time: '23/Nov/2026:07:00:00 +0000',
      timeEpoch: 1_795_417_200_000,
    },
  };
};

const resultSchema = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
  isBase64Encoded: z.boolean(),
});

test('an event of the gateway is answered, and counts for the client’s network', async () => {
  const answer = handle(fixture.app);
  const send = async (path: string, query: string, form?: Record<string, string>, from = '198.51.100.7') =>
    resultSchema.parse(await answer(eventOf(path, query, form, from)));
  const signedUp = await send('/subscriptions', '', { email: 'ana+news@harbour.example', cadence: 'weekly' });
  expect(signedUp).toMatchObject({ statusCode: 200, isBase64Encoded: false });
  expect(signedUp.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(fixture.mails[0]?.to).toBe('ana+news@harbour.example');

  const query = new URL(fixture.findLatestLink('confirm'), fixture.origin).search.slice(1);
  expect((await send('/subscriptions/confirm', query)).body).toContain('ana+news@harbour.example');
  const confirmed = await send('/subscriptions/confirm', query, { anything: 'at all' });
  expect(confirmed).toMatchObject({ statusCode: 200 });
  expect(await fixture.readSubscriber()).toMatchObject({ state: 'active', cadence: 'weekly' });

  for (let time = 0; time < 9; time += 1) await send('/subscriptions', '', { email: `reader${time}@harbour.example` });
  expect((await send('/subscriptions', '', { email: 'eleven@harbour.example' })).statusCode).toBe(429);
  const other = await send('/subscriptions', '', { email: 'eleven@harbour.example' }, '198.51.100.8');
  expect(other.statusCode).toBe(200);
});
