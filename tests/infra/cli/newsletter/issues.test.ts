import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectLocal } from '../../../../infra/cli/connection/connect.ts';
import { createCliServices } from '../../../../infra/cli/connection/create-cli-services.ts';
import { findOneClickUrl, type LocalRunFixture, startLocalRunFixture } from '../../../journeys/local-run-fixture.ts';
import { runSeedpress } from '../run-seedpress.ts';

let local: LocalRunFixture;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'seedpress-preview-test-'));
  local = await startLocalRunFixture();
});
afterAll(async () => {
  await local.close();
  rmSync(folder, { recursive: true });
});

const run = (...args: string[]) => runSeedpress([...args, '--data', local.data]);
const json = async (...args: string[]) => {
  const { exitCode, out, err } = await run(...args, '--json');
  expect(exitCode, err).toBe(0);
  return JSON.parse(out);
};
const ledger = async () => createCliServices(await connectLocal(local.data));

test('the next issue is written as HTML, text and JSON, and nothing is changed by it', async () => {
  await local.publish('Harbour opens', 'The harbour is open again.');
  await local.subscribe('ana@reader.example');
  await local.subscribe('ben@reader.example');
  await local.subscribe('laterrejected@reader.example');
  const before = await (await ledger()).cadenceStates.get('daily');
  const preview = await json('issue', 'preview', 'daily', '--out', join(folder, 'next'));
  expect(preview).toMatchObject({ name: 'daily-1', state: 'composing', articles: 1, corrections: 0 });
  expect(readdirSync(join(folder, 'next')).toSorted()).toEqual(['daily-1.html', 'daily-1.json', 'daily-1.txt']);
  const html = readFileSync(preview.files.html, 'utf8');
  expect(html).toContain('The harbour is open again.');
  expect(html).not.toContain('{{');
  expect(JSON.parse(readFileSync(preview.files.json, 'utf8')).items).toHaveLength(1);
  expect(await (await ledger()).cadenceStates.get('daily')).toEqual(before);
  const { out } = await run('issue', 'preview', 'weekly');
  expect(out).toContain('Articles     1\n');
  const [, written = ''] = /TEXT +(\S+)\n/.exec(out) ?? [];
  expect(existsSync(written)).toBe(true);
  rmSync(join(written, '..'), { recursive: true });
});

test('a test goes to one address, marked, with links that work and change nothing', async () => {
  const { subject } = await json('send-test', 'editor@news.example');
  const mail = local.findLastMailTo('editor@news.example');
  expect(mail.subject).toBe(`Test: ${subject}`);
  expect(mail.html).toContain('The harbour is open again.');
  expect(mail.html + mail.text).not.toContain('{{');
  expect(mail.headers.map(({ name }) => name)).toEqual(expect.arrayContaining(['List-Id', 'List-Archive']));
  const left = await local.post(findOneClickUrl(mail), { 'List-Unsubscribe': 'One-Click' });
  expect(left.status).toBe(200);
  expect(mail.text).toContain(new URL(findOneClickUrl(mail)).search);
  expect(await json('issues')).toEqual([]);
});

test('an issue is composed, sent and counted to its sum; after it nothing waits', async () => {
  const { issue } = await json('issue', 'compose', 'daily', '--yes');
  expect(issue).toMatchObject({
    name: 'daily-1',
    state: 'sending',
    planned: 3,
    sent: 2,
    failed: 1,
    addsUp: true,
  });
  expect(local.listMailsTo('ana@reader.example')).toHaveLength(3);
  expect(await run('issue', 'compose', 'daily')).toMatchObject({
    exitCode: 0,
    out: '',
    err: expect.stringContaining('Nothing is waiting for the next daily issue.\n'),
  });
  expect(await json('issue', 'compose', 'daily')).toEqual({ issue: null });
  expect(await run('issue', 'preview', 'daily')).toMatchObject({ exitCode: 0, out: '' });
  const { exitCode, out } = await run('issues', '--cadence', 'daily', '--limit', '1');
  expect(exitCode).toBe(0);
  expect(out).toMatch(
    /^Issue +Date +State .*\ndaily-1 +\w{3} \d+ \w{3} 20\d\d, \d\d:\d\d +sent +1 +3 +2 +1 +0 +0 +0 +/,
  );
  expect(await json('issues', '--cadence', 'weekly')).toEqual([]);
});

test('an issue that was sent can be sent as a test, again beside the ledger', async () => {
  await json('send-test', 'editor@news.example', '--issue', 'daily-1');
  expect(local.findLastMailTo('editor@news.example').html).toContain('The harbour is open again.');
  expect(await json('issues')).toMatchObject([{ name: 'daily-1', planned: 3 }]);
});

test('nothing waits, and no issue is there, with code 3', async () => {
  const found = await Promise.all([
    run('send-test', 'editor@news.example'),
    run('send-test', 'editor@news.example', '--issue', 'daily-7'),
    run('issue', 'approve', 'daily-7'),
    run('issue', 'resume', '--yes'),
  ]);
  for (const { exitCode, out, err } of found) {
    expect({ exitCode, out }, err).toEqual({ exitCode: 3, out: '' });
    expect(err.trim().split('\n')).toHaveLength(2);
  }
});

test('held, nothing leaves; resumed, what waited goes out at once, and the rates are told before', async () => {
  await local.publish('Ferry late', 'The ferry is late.');
  expect((await json('issue', 'hold', '--reason', 'wrong picture')).paused.reason).toBe('wrong picture');
  expect((await json('issue', 'hold')).paused.reason).toBe('wrong picture');
  const composed = await run('issue', 'compose', 'daily', '--yes');
  expect(composed.err).toContain('daily-2 is waiting: all sending is held.\n');
  expect(composed.out).toMatch(/^daily-2 .*\n {2}planned 3 = sent 0 .*\+ waiting 3\n/);

  const unasked = await run('issue', 'resume');
  expect(unasked.exitCode).toBe(2);
  expect(unasked.err).toMatch(/\d of \d bounced \(\d+\.\d\d %; the limit is 5 %\)/);
  expect((await (await ledger()).rateLimit.get()).paused).toBeDefined();

  expect(await json('issue', 'resume', '--yes')).toMatchObject({ resumed: true, batches: 1 });
  await expect.poll(() => json('issues', '--limit', '1')).toMatchObject([{ sent: 2, failed: 1, waiting: 0 }]);
});

test('an issue that does not add up is told of loudly, with code 1', async () => {
  const { issues } = await ledger();
  const issue = await issues.get('daily-2');
  if (!issue) throw new Error('daily-2 is not there');
  await issues.advance(issue, { state: 'sending', planned: 5 });
  const { exitCode, out, err } = await run('issues', '--limit', '1');
  expect(exitCode).toBe(1);
  expect(out).toContain('\n! daily-2');
  expect(err).toContain('daily-2 DOES NOT ADD UP: planned 5 ≠ sent 2');
  await issues.advance(issue, { state: 'sending', planned: 3 });
});

test('a held issue is approved or discarded by its name, once', async () => {
  const { cadenceStates, issues, now } = await ledger();
  const open = async (number: number) => {
    const at = now().toISOString();
    const state = await cadenceStates.get('weekly');
    await cadenceStates.openIssue('weekly', state, { number, at, after: 0, upTo: 2 });
    const counts = { articles: 2, batches: 0, planned: 0 };
    await issues.create({
      cadence: 'weekly',
      number,
      at,
      after: 0,
      upTo: 2,
      subject: '',
      state: 'held',
      ...counts,
      queued: 0,
      revision: 0,
    });
  };
  await open(1);
  const compose = await run('issue', 'compose', 'weekly');
  expect(compose).toMatchObject({ exitCode: 1, err: expect.stringContaining('weekly-1 waits for approval') });
  expect((await json('issue', 'preview', 'weekly')).state).toBe('held');
  expect(await json('issue', 'discard', 'weekly-1')).toEqual({ name: 'weekly-1', state: 'discarded' });
  expect(await run('issue', 'approve', 'weekly-1')).toMatchObject({ exitCode: 1, out: '' });
  await expect.poll(async () => (await cadenceStates.get('weekly')).open).toBeUndefined();
  await open(1);
  expect((await run('issue', 'approve', 'weekly-1')).out).toBe('weekly-1 is approved.\n');
  await expect.poll(() => json('issues', '--cadence', 'weekly')).toMatchObject([{ state: 'sending', articles: 2 }]);
});

test.each([
  [['issue', 'preview', 'hourly']],
  [['issue', 'preview']],
  [['issue', 'approve', 'daily']],
  [['issue', 'frobnicate']],
  [['issues', '--limit', '0']],
  [['issues', '--cadence', 'hourly']],
  [['send-test', 'nobody']],
  [['send-test', 'a@b.example', '--issue', '12']],
])('%j is wrong usage', async (args) => {
  const { exitCode, out, err } = await run(...args);
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  expect(err).not.toBe('');
});

test('every command has an example', async () => {
  for (const args of [
    ['issue'],
    ['issues'],
    ['send-test'],
    ...['preview', 'compose', 'approve', 'discard', 'hold', 'resume'].map((name) => ['issue', name]),
  ]) {
    const { exitCode, out } = await runSeedpress([...args, '--help']);
    expect(exitCode).toBe(0);
    expect(out).toContain(`Example:\n  npx seedpress ${args.join(' ')}`);
  }
});
