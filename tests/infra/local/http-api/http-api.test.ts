import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { BehaviourPlan } from '../../../../infra/local/cloudfront/plan-behaviour.ts';
import type { OriginRequestPolicyPlan } from '../../../../infra/local/cloudfront/plan-origin-request-policy.ts';
import { startDistribution } from '../../../../infra/local/cloudfront/start-distribution.ts';
import { createApiHandler } from '../../../../infra/local/http-api/create-api-handler.ts';
import { startS3Fixture } from '../s3/s3-fixture.ts';

const nothing = { kind: 'some', names: [] } as const;
const forward: OriginRequestPolicyPlan = {
  headers: { kind: 'some', names: ['content-type', 'cloudfront-viewer-address'] },
  queries: { kind: 'all', names: [] },
  cookies: nothing,
};
const page: BehaviourPlan = {
  pathPattern: '*',
  origin: { kind: 'bucket', bucket: 'box', path: '' },
  forward: { headers: nothing, queries: nothing, cookies: nothing },
  methods: ['GET', 'HEAD'],
  encodings: [],
  headers: [],
  functions: [],
};
const api: BehaviourPlan = {
  ...page,
  pathPattern: '/readers*',
  origin: { kind: 'api', api: 'readers', path: '', headers: { 'x-edge': 'key' } },
  forward,
  methods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
};
const routes = ['ANY /readers/{proxy+}', 'GET /readers/{id}', 'POST /readers'].map((key) => ({
  key,
  function: 'answer',
}));

const eventSchema = z.looseObject({
  headers: z.record(z.string(), z.string()),
  body: z.string().optional(),
  isBase64Encoded: z.boolean(),
});

const start = async (answer: (event: unknown) => unknown, forwarded: Partial<OriginRequestPolicyPlan> = {}) => {
  const { s3 } = await startS3Fixture();
  const events: z.infer<typeof eventSchema>[] = [];
  const failures: string[] = [];
  const readers = createApiHandler({
    plan: { name: 'readers', host: 'readers.execute-api.example', routes },
    invoke: async (_name, event) => {
      events.push(eventSchema.parse(event));
      return answer(event);
    },
    onFailure: (error) => failures.push(String(error)),
  });
  const site = await startDistribution(
    {
      arn: 'arn:aws:cloudfront::000000000000:distribution/site',
      defaultRootObject: 'index.html',
      behaviours: [{ ...api, forward: { ...forward, ...forwarded } }, page],
      errors: [],
    },
    { s3Endpoint: s3.endpoint, port: 0, apis: new Map([['readers', readers]]) },
  );
  onTestFinished(() => site.close());
  return { site: site.endpoint, events, failures };
};

test('a form reaches the function as an event of API Gateway, with the headers that the policy allows', async () => {
  const { site, events } = await start(() => ({
    statusCode: 303,
    headers: { Location: '/subscribe', 'Cache-Control': 'no-store' },
    body: 'see there',
  }));
  const answer = await fetch(`${site}/readers?a=1&b=%C3%A9&a=2`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'cloudfront-viewer-address': '6.6.6.6:1', 'x-edge': 'forged', 'accept-language': 'pt' },
    body: new URLSearchParams({ email: 'ann@example.org' }),
  });
  expect([answer.status, await answer.text()]).toEqual([303, 'see there']);
  expect(answer.headers.get('location')).toBe('/subscribe');
  const [event] = events;
  expect(event).toMatchObject({
    version: '2.0',
    routeKey: 'POST /readers',
    rawPath: '/readers',
    rawQueryString: 'a=1&b=%C3%A9&a=2',
    queryStringParameters: { a: '1,2', b: 'é' },
    requestContext: { stage: '$default', http: { method: 'POST', path: '/readers', sourceIp: '127.0.0.1' } },
    isBase64Encoded: true,
  });
  expect(Buffer.from(event?.body ?? '', 'base64').toString()).toBe('email=ann%40example.org');
  expect(event?.headers).toMatchObject({
    host: 'readers.execute-api.example',
    'x-edge': 'key',
    'cloudfront-viewer-address': expect.stringMatching(/^127\.0\.0\.1:\d+$/),
    'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
  });
  expect(event?.headers).not.toHaveProperty('accept-language');
});

test('all but some headers, query parameters and cookies are forwarded if the policy says so', async () => {
  const { site, events } = await start(() => 'fine', {
    headers: { kind: 'allExcept', names: ['host'] },
    queries: { kind: 'some', names: ['keep'] },
    cookies: { kind: 'some', names: ['kept'] },
  });
  const answer = await fetch(`${site}/readers/7?keep=1&drop=2`, {
    headers: { 'accept-language': 'pt', cookie: 'kept=1; dropped=2', 'cloudfront-viewer-address': 'forged' },
  });
  expect([answer.headers.get('content-type'), await answer.text()]).toEqual(['application/json', 'fine']);
  expect(events[0]).toMatchObject({
    routeKey: 'GET /readers/{id}',
    pathParameters: { id: '7' },
    rawQueryString: 'keep=1',
    cookies: ['kept=1'],
    headers: { 'accept-language': 'pt' },
  });
  expect(events[0]?.headers).not.toHaveProperty('cloudfront-viewer-address');
});

test('text is passed as text, and bytes come back unchanged', async () => {
  const bytes = Buffer.from([0, 255, 1, 254]);
  const { site, events } = await start(() => ({
    statusCode: '200',
    headers: { 'content-type': 'image/png' },
    body: bytes.toString('base64'),
    isBase64Encoded: true,
  }));
  const answer = await fetch(`${site}/readers/a/b`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: '{"é":1}',
  });
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
  expect(events[0]).toMatchObject({
    routeKey: 'ANY /readers/{proxy+}',
    body: '{"é":1}',
    isBase64Encoded: false,
  });
});

test('the API itself responds to a missing route, a large body, a failed function and a malformed response', async () => {
  const { site, failures } = await start((event) => {
    if (eventSchema.parse(event).body === 'odd') return { statusCode: 'odd' };
    throw new Error('broken');
  });
  const ask = async (path: string, init: RequestInit) => {
    const answer = await fetch(site + path, init);
    return [answer.status, await answer.text()];
  };
  const post = (body: string): RequestInit => ({ method: 'POST', body });
  expect(await ask('/readers', { method: 'DELETE' })).toEqual([404, '{"message":"Not Found"}']);
  expect(await ask('/readers', post('x'.repeat(6_000_001)))).toEqual([413, '{"message":"Request Too Long"}']);
  expect(await ask('/readers', post('odd'))).toEqual([500, '{"message":"Internal Server Error"}']);
  expect(await ask('/readers', post('x'))).toEqual([500, '{"message":"Internal Server Error"}']);
  expect(failures).toEqual(['Error: broken']);
});

test('more requests than the stage allows are refused until tokens have come again', async () => {
  let now = 0;
  let invoked = 0;
  const api = createApiHandler({
    plan: {
      name: 'readers',
      host: 'readers.execute-api.example',
      routes: [{ key: '$default', function: 'answer' }],
      throttle: { perSecond: 2, capacity: 3 },
    },
    invoke: async () => {
      invoked += 1;
      return 'fine';
    },
    onFailure: () => {},
    now: () => new Date(now),
  });
  const request = { method: 'GET', path: '/', query: '', headers: {}, body: Buffer.of(), sourceIp: '::1' };
  const call = async () => {
    const { status, body } = await api({ ...request, time: new Date(now) });
    return status === 429 ? JSON.parse(body.toString()) : status;
  };
  const tooMany = { message: 'Too Many Requests' };
  expect([await call(), await call(), await call(), await call()]).toEqual([200, 200, 200, tooMany]);
  now += 500;
  expect([await call(), await call()]).toEqual([200, tooMany]);
  expect(invoked).toBe(4);
});
