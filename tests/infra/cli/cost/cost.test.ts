import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { connectLocal } from '../../../../infra/cli/connection/connect.ts';
import { type LocalRunFixture, startLocalRunFixture } from '../../../journeys/local-run-fixture.ts';
import { runSeedpress } from '../run-seedpress.ts';
import { startStackFixture } from '../stack-fixture.ts';

const billSchema = z.object({
  region: z.string(),
  asOf: z.string(),
  known: z.looseObject({}),
  counts: z.looseObject({ subscribers: z.record(z.string(), z.number()) }),
  rows: z.array(z.looseObject({ basis: z.string(), dollars: z.number() })),
  total: z.number(),
  free: z.number(),
});
const read = (out: string) => billSchema.parse(JSON.parse(out));

let local: LocalRunFixture;
beforeAll(async () => {
  local = await startLocalRunFixture();
});
afterAll(() => local?.close());

const cost = (...args: string[]) => runSeedpress(['cost', '--data', local.data, ...args]);

test('a publication that is new is billed for what is usual, which is said', async () => {
  const { exitCode, out } = await cost();
  expect(exitCode).toBe(0);
  expect(out).toMatch(/^A month in us-east-1, at the prices of 2026-11-24: \$\d+\.\d\d, /);
  expect(out).toMatch(/^supposed +issues, their size, .*page views, feed readers$/m);
});

test('the last thirty days of a publication are counted', async () => {
  await local.publish('First story', 'It begins.');
  for (const reader of ['ada@reader.example', 'ben@reader.example']) await local.subscribe(reader);
  await local.subscribe('cleo@reader.example', 'weekly');
  await local.seedpress('issue', 'compose', 'daily', '--yes');
  const { exitCode, out } = await cost('--json');
  expect(exitCode).toBe(0);
  expect(read(out).known).toEqual({
    subscribers: { immediately: 0, daily: 2, weekly: 1, monthly: 0 },
    issues: { immediately: 0, daily: 1, weekly: 0, monthly: 0 },
    articles: 1,
    archive: 1,
    issueKilobytes: expect.any(Number),
    mailsPerSecond: 14,
    mailer: 'ses',
  });
  expect(read(out).rows).toContainEqual(
    expect.objectContaining({ price: 'ses.mail', what: 'copies of issues', quantity: 2, basis: 'counted' }),
  );
});

test('what is said stands in place of what was counted; other readers get the usual issues', async () => {
  const { out } = await cost('--json', '--weekly', '500', '--articles', '60', '--page-views', '0', '--rate', '50');
  expect(read(out).counts).toMatchObject({
    subscribers: { daily: 2, weekly: 500 },
    issues: { daily: 30, weekly: 30 / 7 },
    articles: 60,
    archive: 1,
    pageViews: 0,
    mailsPerSecond: 50,
  });
});

test('what-if asks no publication', async () => {
  const { exitCode, out, err } = await runSeedpress(['cost', '--what-if', '--daily', '200', '--json']);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  expect(read(out)).toMatchObject({
    region: 'us-east-1',
    asOf: '2026-11-24',
    known: { subscribers: { daily: 200 } },
    counts: { subscribers: { daily: 200, weekly: 0 }, articles: 30 },
  });
  const smtp = await runSeedpress(['cost', '--what-if', '--daily', '200', '--mailer', 'smtp']);
  expect(smtp.out).not.toMatch(/^SES/m);
});

test('a deployed stack is counted by the rate of its account', async () => {
  const { environment, queues } = await connectLocal(local.data);
  const stack = await startStackFixture({
    stackName: 'Gazette',
    variables: environment,
    queues: queues.map(({ url }) => url),
    subscriptions: [],
    services: local.servers.environment,
  });
  onTestFinished(stack.close);
  const { exitCode, out, err } = await stack.run(['cost', '--stack', 'Gazette', '--json']);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: 'The stack Gazette on AWS\n' });
  expect(read(out).counts).toMatchObject({ subscribers: { daily: 2, weekly: 1 }, mailsPerSecond: 14 });
  // What costs by the month is counted in the template that was deployed.
  expect(read(out).rows).toContainEqual(
    expect.objectContaining({ price: 'cloudwatch.alarm', quantity: 2, basis: 'counted' }),
  );
});

test.each([
  ['--daily', 'many'],
  ['--daily', '-1'],
  ['--articles', '1.5'],
  ['--page-views', '1e99'],
  ['--rate', '0'],
  ['--mailer', 'pigeon'],
])('%s %s is wrong usage', async (flag, value) => {
  const { exitCode, out, err } = await runSeedpress(['cost', '--what-if', flag, value]);
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  expect(err).toContain(flag);
});
