import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';

const root = new URL('../../', import.meta.url).href;
const traceId = '1-5f84c7a1-0123456789abcdef01234567';

/** What stands in for X-Ray's daemon: keeps the segments that it is sent. */
const startDaemon = async () => {
  const socket = createSocket('udp4');
  const segments: unknown[] = [];
  socket.on('message', (message) => segments.push(JSON.parse(String(message).split('\n')[1] ?? '')));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  onTestFinished(() => void socket.close());
  return { address: `127.0.0.1:${socket.address().port}`, segments };
};

/** Runs code as Lambda would, in a process of its own, with the environment that Lambda gives it. */
const runInLambda = async (code: string, daemon: string | undefined, isSampled = true): Promise<string> => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    env: {
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      LAMBDA_TASK_ROOT: '/var/task',
      ...(daemon !== undefined && {
        AWS_XRAY_DAEMON_ADDRESS: daemon,
        _X_AMZN_TRACE_ID: `Root=${traceId};Parent=0123456789abcdef;Sampled=${isSampled ? 1 : 0}`,
      }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return said + complained;
};

const work = `
  import { setTimeout as sleep } from 'node:timers/promises';
  import { readLambdaEnvironment } from '${root}functions/runtime/environment.ts';
  import { createLog } from '${root}functions/runtime/log.ts';
  import { createTracing } from '${root}functions/runtime/tracing.ts';
  const log = createLog('publish');
  const { runCorrelated } = createTracing(readLambdaEnvironment());
  const upload = (id, milliseconds) => runCorrelated('upload', id, async () => {
    await sleep(milliseconds);
    log.info('recorded');
    if (id === 'c@3') throw new TypeError('no such seed');
  });
  const [, , third] = await Promise.allSettled([upload('a@1', 30), upload('b@2', 10), upload('c@3', 20)]);
  log.error('failed', third.reason);
`;

const segment = z.object({
  name: z.literal('upload'),
  trace_id: z.literal(traceId),
  annotations: z.object({ correlation_id: z.string() }),
  cause: z.object({ exceptions: z.array(z.object({ message: z.string() })) }).optional(),
});
const line = z.object({ message: z.string(), correlation_id: z.string() });

test('work side by side is traced and logged each under its own id, and an error keeps the id of the work it ended', async () => {
  const daemon = await startDaemon();
  const said = await runInLambda(work, daemon.address);
  await expect.poll(() => daemon.segments).toHaveLength(3);
  const traced = daemon.segments.map((each) => segment.parse(each));
  expect(
    traced.map(({ annotations, cause }) => [annotations.correlation_id, cause?.exceptions[0]?.message]).sort(),
  ).toEqual([
    ['a@1', undefined],
    ['b@2', undefined],
    ['c@3', 'no such seed'],
  ]);
  const lines = said
    .trim()
    .split('\n')
    .map((each) => line.parse(JSON.parse(each)));
  expect(lines).toEqual([
    { message: 'recorded', correlation_id: 'b@2' },
    { message: 'recorded', correlation_id: 'c@3' },
    { message: 'recorded', correlation_id: 'a@1' },
    { message: 'failed', correlation_id: 'c@3' },
  ]);
});

test('where Lambda names no daemon, the work is done and logged all the same, and nothing is said of traces', async () => {
  const said = await runInLambda(work, undefined);
  expect(said.trim().split('\n')).toHaveLength(4);
  expect(said).not.toMatch(/x-?ray|segment|daemon/i);
});

const callsToAws = `
  import { createServer } from 'node:http';
  import { once } from 'node:events';
  import { DescribeLimitsCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
  import { readLambdaEnvironment } from '${root}functions/runtime/environment.ts';
  import { createTracing } from '${root}functions/runtime/tracing.ts';
  let calls = 0;
  const server = createServer((request, response) => {
    calls += 1;
    response.writeHead(calls === 3 ? 400 : 200, { 'x-amzn-requestid': 'request-' + calls });
    response.end(calls === 3 ? '{"__type":"x#ValidationException","message":"no"}' : '{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { runCorrelated, captureClient } = createTracing(readLambdaEnvironment());
  const client = captureClient(new DynamoDBClient({
    endpoint: 'http://127.0.0.1:' + server.address().port,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  }));
  const call = () => client.send(new DescribeLimitsCommand({}));
  await call();
  await runCorrelated('upload', 'a@1', async () => {
    await call();
    await call().catch(() => undefined);
  });
  client.destroy();
  server.close();
`;

const subsegment = z.object({
  type: z.literal('subsegment'),
  id: z.string().regex(/^[0-9a-f]{16}$/),
  parent_id: z.string(),
  name: z.string(),
  start_time: z.number(),
  end_time: z.number(),
  fault: z.boolean().optional(),
  aws: z.object({ operation: z.string(), request_id: z.string().optional() }).optional(),
});

test('a call to AWS is traced below the work that makes it, or else below the invocation', async () => {
  const daemon = await startDaemon();
  expect(await runInLambda(callsToAws, daemon.address)).toBe('');
  await expect.poll(() => daemon.segments).toHaveLength(4);
  const traced = daemon.segments.map((each) => subsegment.parse(each));
  const upload = traced.find(({ name }) => name === 'upload');
  const operation = 'DescribeLimits';
  expect(traced.map(({ name, parent_id, aws, fault = false }) => ({ name, parent: parent_id, aws, fault }))).toEqual([
    { name: 'DynamoDB', parent: '0123456789abcdef', aws: { operation, request_id: 'request-1' }, fault: false },
    { name: 'DynamoDB', parent: upload?.id, aws: { operation, request_id: 'request-2' }, fault: false },
    { name: 'DynamoDB', parent: upload?.id, aws: { operation }, fault: true },
    { name: 'upload', parent: '0123456789abcdef', aws: undefined, fault: false },
  ]);
  for (const { start_time, end_time } of traced) {
    expect(end_time).toBeGreaterThanOrEqual(start_time);
    expect(Math.abs(start_time - Date.now() / 1000)).toBeLessThan(60);
  }
});

test('an invocation that X-Ray does not sample sends nothing', async () => {
  const daemon = await startDaemon();
  const said = await runInLambda(work, daemon.address, false);
  expect(said.trim().split('\n')).toHaveLength(4);
  expect(daemon.segments).toEqual([]);
});
