import { type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { serve } from '../../../../infra/local/base/http-server.ts';
import type { BehaviourPlan } from '../../../../infra/local/cloudfront/plan-behaviour.ts';
import { startDistribution } from '../../../../infra/local/cloudfront/start-distribution.ts';
import { readControlFile } from '../../../../infra/local/control/control-file.ts';
import { startControlServer } from '../../../../infra/local/control/start-control-server.ts';
import { type LocalServers, startServers } from '../../../../infra/local/stack/start-servers.ts';
import { hasChromium, startChromium } from '../../../core/site/browser.ts';
import { createTemporaryFolder } from '../create-function-plan.ts';
import { createTestS3Client } from '../s3/s3-fixture.ts';

let servers: LocalServers;
beforeAll(async () => {
  servers = await startServers({ buckets: ['seeds'] });
});
afterAll(() => servers.close());

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Unlike `fetch`, it sends any header. */
const send = (address: string, headers: Record<string, string> = {}, method = 'GET', body = ''): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request(address, { method, headers }, async (response) =>
      resolve({ status: response.statusCode, headers: response.headers, body: await text(response) }),
    );
    sent.on('error', reject);
    sent.end(body);
  });

const siteBehaviour: BehaviourPlan = {
  origin: { kind: 'bucket', bucket: 'seeds', path: '' },
  forward: {
    headers: { kind: 'some', names: [] },
    queries: { kind: 'some', names: [] },
    cookies: { kind: 'some', names: [] },
  },
  pathPattern: '*',
  methods: ['GET', 'HEAD'],
  encodings: [],
  headers: [],
  functions: [],
};
const startSite = async (): Promise<string> => {
  const plan = {
    arn: 'arn:aws:cloudfront::000000000000:distribution/site',
    defaultRootObject: '',
    behaviours: [siteBehaviour],
    errors: [],
  };
  const site = await startDistribution(plan, { s3Endpoint: servers.s3.endpoint, port: 0 });
  onTestFinished(site.close);
  return site.endpoint;
};

const startControl = async (): Promise<string> => {
  const data = createTemporaryFolder();
  const control = await startControlServer(data, () => null);
  onTestFinished(control.close);
  return readControlFile(data)?.endpoint ?? '';
};

const findEndpoint: Readonly<Record<string, () => string | Promise<string>>> = {
  S3: () => servers.s3.endpoint,
  SQS: () => servers.sqs.endpoint,
  'SES and the inbox': () => servers.ses.endpoint,
  DynamoDB: () => servers.dynamodb.endpoint,
  'the site': startSite,
  'the control server': startControl,
};
const listCorsHeaders = ({ headers }: Answer): string[] =>
  Object.keys(headers).filter((name) => name.startsWith('access-control-'));

describe.each(Object.keys(findEndpoint))('%s', (name) => {
  const find = async () => new URL((await findEndpoint[name]?.()) ?? '');

  test('answers to its own names', async () => {
    const { port, href } = await find();
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`])
      expect((await send(href, { host })).body).not.toContain('The local run answers only');
  });

  test.each([
    ['another name', (port: string) => ({ host: `attacker.example:${port}` })],
    ['a name that ends like its own', (port: string) => ({ host: `attacker-localhost:${port}` })],
    ['a name that begins like its own', (port: string) => ({ host: `127.0.0.1.attacker.example:${port}` })],
    ['another port', () => ({ host: '127.0.0.1:1' })],
    ['a page of another origin', () => ({ origin: 'https://attacker.example' })],
    ['a page of another port', () => ({ origin: 'http://127.0.0.1:1' })],
    ['a page without an origin', () => ({ origin: 'null' })],
    ['a cross-site form', () => ({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })],
    ['a form of another port', () => ({ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate' })],
    ['a frame', () => ({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' })],
  ])('refuses %s', async (_who, toHeaders) => {
    const { port, href } = await find();
    for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS']) {
      const headers = {
        ...toHeaders(port),
        'access-control-request-method': 'POST',
        authorization: 'AWS4-HMAC-SHA256',
      };
      const answer = await send(href, headers, method);
      expect([method, answer.status, listCorsHeaders(answer)]).toEqual([method, 403, []]);
    }
  });
});

const foreignOrigin = fc.oneof(
  fc.webUrl().map((url) => new URL(url).origin),
  fc.constant('null'),
);
const fetchHeaders = fc.record(
  {
    'sec-fetch-site': fc.constantFrom('cross-site', 'same-site', 'none'),
    'sec-fetch-mode': fc.constantFrom('navigate', 'no-cors', 'cors'),
    'sec-fetch-dest': fc.constantFrom('document', 'image', 'empty', 'iframe'),
  },
  { requiredKeys: [] },
);

test('no request with a foreign host or a foreign origin is answered', async () => {
  const { endpoint } = servers.s3;
  await fc.assert(
    fc.asyncProperty(fc.domain(), foreignOrigin, fetchHeaders, async (domain, origin, headers) => {
      const { port } = servers.s3;
      expect((await send(endpoint, { ...headers, host: `${domain}:${port}` })).status).toBe(403);
      expect((await send(endpoint, { ...headers, origin })).status).toBe(403);
    }),
    { numRuns: 60 },
  );
});

test('a link from any page leads to a page, but sends no form', async () => {
  const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
  expect((await send(servers.ses.endpoint, link)).status).toBe(200);
  expect((await send(servers.ses.endpoint, link, 'POST')).status).toBe(403);
});

test('other pages may show pictures of the site, but read none, and none of the buckets', async () => {
  const picture = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' };
  const client = createTestS3Client(servers.s3.endpoint);
  onTestFinished(() => client.destroy());
  await client.send(new PutObjectCommand({ Bucket: 'seeds', Key: 'picture.png', Body: 'picture' }));
  const site = `${await startSite()}/picture.png`;
  const status = async (address: string, more = {}) => (await send(address, { ...picture, ...more })).status;
  expect(await status(site)).toBe(200);
  expect(await status(site, { origin: 'null' })).toBe(200);
  expect(await status(site, { 'sec-fetch-mode': 'cors' })).toBe(403);
  expect(await status(site, { origin: 'https://attacker.example' })).toBe(403);
  expect(await status(`${servers.s3.endpoint}/seeds/picture.png`)).toBe(403);
});

test('S3 tools may put the bucket into the host', async () => {
  const { endpoint, port } = servers.s3;
  const host = `seeds.localhost:${port}`;
  expect((await send(`${endpoint}/deep/story.txt`, { host }, 'PUT', 'text')).status).toBe(200);
  expect(await send(`${endpoint}/deep/story.txt`, { host })).toMatchObject({ status: 200, body: 'text' });
  expect(await send(`${endpoint}/seeds/deep/story.txt`)).toMatchObject({ status: 200, body: 'text' });
});

test('the table answers only with the credentials of the run', async () => {
  const { endpoint, clientConfig } = servers.dynamodb;
  const scan = (accessKeyId: string) => {
    const credential = `Credential=${accessKeyId}/20261127/us-east-1/dynamodb/aws4_request`;
    return send(
      endpoint,
      {
        authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=x`,
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-date': '20261127T000000Z',
        'x-amz-target': 'DynamoDB_20120810.ListTables',
      },
      'POST',
      '{}',
    );
  };
  expect(await scan('local')).toMatchObject({ status: 400, body: expect.stringContaining('UnrecognizedClient') });
  expect(await scan(clientConfig.credentials.accessKeyId)).toMatchObject({ status: 200 });
  expect(servers.environment.AWS_ACCESS_KEY_ID).toBe(clientConfig.credentials.accessKeyId);
  expect(await send(endpoint)).toMatchObject({ status: 400 });
  const other = await startServers();
  onTestFinished(other.close);
  expect(other.environment.AWS_ACCESS_KEY_ID).not.toBe(servers.environment.AWS_ACCESS_KEY_ID);
});

describe.skipIf(!hasChromium)('in a browser (needs Chromium)', () => {
  const openPage = async () => {
    const browser = await startChromium();
    onTestFinished(() => browser.close());
    return browser.newPage();
  };

  test('a page of another origin deletes no seed, reads no table and sees no picture', async () => {
    const client = createTestS3Client(servers.s3.endpoint);
    onTestFinished(() => client.destroy());
    await client.send(new PutObjectCommand({ Bucket: 'seeds', Key: 'hello.txt', Body: 'hello' }));
    const attacker = await serve((_request, response) => response.end('<!doctype html><title>Any page</title>'), 0);
    onTestFinished(attacker.close);
    const page = await openPage();
    await page.goto(attacker.endpoint);
    const outcome = await page.evaluate(
      async ({ s3, dynamodb }) => {
        const body = '<Delete><Object><Key>hello.txt</Key></Object></Delete>';
        await fetch(`${s3}/seeds?delete`, {
          method: 'POST',
          mode: 'no-cors',
          headers: { 'content-type': 'text/plain' },
          body,
        });
        await fetch(`${s3}/seeds/evil.txt`, { method: 'POST', mode: 'no-cors', body: 'evil' });
        const target = 'DynamoDB_20120810.ListTables';
        const headers = {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': target,
          authorization: 'AWS4-x',
        };
        return fetch(dynamodb, { method: 'POST', headers, body: '{}' }).then(
          () => 'read',
          () => 'refused',
        );
      },
      { s3: servers.s3.endpoint, dynamodb: servers.dynamodb.endpoint },
    );
    expect(outcome).toBe('refused');
    expect(await send(`${servers.s3.endpoint}/seeds/hello.txt`)).toMatchObject({ status: 200, body: 'hello' });
  });

  test('a form works on its own page, also where that hides its address, and a mail shows pictures of the site', async () => {
    const seen: string[] = [];
    const site = await serve(
      (incoming, response) => {
        seen.push(`${incoming.method} ${incoming.url}`);
        response.setHeader('referrer-policy', 'no-referrer').setHeader('content-type', 'text/html');
        response.end('<form method="post" action="/sent"><button>Send</button></form>');
      },
      0,
      { allowsPictures: true },
    );
    onTestFinished(site.close);
    const page = await openPage();
    await page.goto(site.endpoint);
    await page.getByRole('button', { name: 'Send' }).click();
    await expect.poll(() => seen).toContain('POST /sent');

    const { mails, endpoint } = servers.ses;
    const html = `<p><img src="${site.endpoint}/picture.png" alt=""></p>`;
    const template = { subject: 'Digest', html, text: '' };
    const mail = { id: 'mail-1', at: 0, from: 'a@example.org', to: 'b@example.org', outcome: 'delivered' };
    mails.add({ ...mail, template, headers: [], tags: {} });
    await page.goto(`${endpoint}/mails/mail-1`);
    await expect.poll(() => seen).toContain('GET /picture.png');
  });
});
