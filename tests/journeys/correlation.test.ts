import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { functionsLogName } from '../../infra/local/start-local.ts';
import { type LocalRunFixture, startLocalRunFixture } from './local-run-fixture.ts';

let run: LocalRunFixture;
beforeAll(async () => {
  run = await startLocalRunFixture();
});
afterAll(() => run?.close());

const line = z.object({
  service: z.string(),
  message: z.string(),
  correlation_id: z.string().optional(),
  uploads: z.array(z.string()).optional(),
});

/** The functions' structured lines so far, as they wrote them. */
const lines = () =>
  readFileSync(join(run.data, functionsLogName), 'utf8')
    .split('\n')
    .filter((text) => text.startsWith('{'))
    .flatMap((text) => line.safeParse(JSON.parse(text)).data ?? []);

/** What was said about an id, as `function: message`. */
const selectLines = (id: string) =>
  lines().flatMap(({ service, message, correlation_id, uploads = [] }) =>
    correlation_id === id || uploads.includes(id) ? [`${service}: ${message}`] : [],
  );

const selectIds = (message: string) =>
  lines().flatMap((each) => (each.message === message && each.correlation_id ? [each.correlation_id] : []));

test('one id leads from an upload to the documents that show it, and no other upload has it', async () => {
  await run.publish('Low tide', 'The ferry waits.');
  await run.publish('High tide', 'The ferry goes.');
  const [low = '', high = ''] = selectIds('recorded');
  expect(low).toMatch(/^low-tide\.md@[0-9A-F]+$/);
  expect(high).toMatch(/^high-tide\.md@[0-9A-F]+$/);
  const story = ['publish: recorded', 'publish: documents written', 'publish: published'];
  // A document is there before the line that says so.
  for (const id of [low, high]) await expect.poll(() => selectLines(id)).toEqual(story);

  await run.publish('Low tide', 'The ferry waits no longer. New.', '');
  await expect.poll(() => selectIds('published')).toHaveLength(3);
  const [, , edited = ''] = selectIds('published');
  expect(edited).toMatch(/^low-tide\.md@/);
  expect(edited).not.toBe(low);
  expect(selectLines(edited)).toEqual(story);
});

test('a seed that is refused is named by the same kind of id', async () => {
  await run.publish('Broken', 'Text.', 'date: someday\n');
  await expect.poll(() => selectIds('seed rejected')).toHaveLength(1);
  expect(selectIds('seed rejected')[0]).toMatch(/^broken\.md@/);
});

test('an issue’s name leads from its composition to its mails and to what comes back of them', async () => {
  await run.subscribe('ann@example.org');
  await run.subscribe('laterbounce@example.org');
  await run.seedpress('issue', 'compose', 'daily', '--yes');
  await expect
    .poll(() => selectLines('daily-1'))
    .toEqual(['compose-issue: issue queued', 'deliver: delivered', 'record-feedback: feedback']);
});

test('tracing does nothing where there is no tracing daemon, and says nothing of it', () => {
  const text = readFileSync(join(run.data, functionsLogName), 'utf8');
  expect(text).not.toMatch(/x-ray|segment|daemon/i);
});
