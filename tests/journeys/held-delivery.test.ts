import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { maxInvocationsInChain } from '../../infra/local/lambda/trace-lineage.ts';
import { functionsLogName } from '../../infra/local/start-local.ts';
import { type LocalRunFixture, startLocalRunFixture } from './local-run-fixture.ts';

let run: LocalRunFixture;
beforeAll(async () => {
  run = await startLocalRunFixture();
});
afterAll(() => run?.close());

test('a delivery that is held past what Lambda allows a loop is sent in the end', async () => {
  await run.subscribe('dan@example.org');
  await run.publish('The bell buoy is back', 'It was found nine miles out.');
  await run.seedpress('issue', 'hold', '--reason', 'a wrong picture');
  await run.seedpress('issue', 'compose', 'daily', '--yes');
  const received = run.listMailsTo('dan@example.org').length;
  await run.seedpress('clock', 'advance', '6h');
  // Each look is an invocation that the one before has queued.
  const log = readFileSync(join(run.data, functionsLogName), 'utf8');
  expect(log.match(/"message":"delivery held"/g)?.length).toBeGreaterThan(maxInvocationsInChain);
  expect(run.listMailsTo('dan@example.org')).toHaveLength(received);
  await run.seedpress('issue', 'resume', '--yes');
  await run.seedpress('clock', 'advance', '1h');
  expect(run.listMailsTo('dan@example.org').length).toBe(received + 1);
  // The rule of every few minutes may just have queued one.
  await expect.poll(() => run.seedpress('status')).toMatch(/^Messages +none waiting$/m);
});
