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

/** Runs code as Lambda would, in a process of its own: X-Ray's SDK looks at the environment when it is loaded. */
const runInLambda = async (code: string, daemon: string | undefined): Promise<string> => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    env: {
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      LAMBDA_TASK_ROOT: '/var/task',
      ...(daemon !== undefined && {
        AWS_XRAY_DAEMON_ADDRESS: daemon,
        _X_AMZN_TRACE_ID: `Root=${traceId};Parent=0123456789abcdef;Sampled=1`,
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
  const { runCorrelated } = createTracing('publish', readLambdaEnvironment());
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
