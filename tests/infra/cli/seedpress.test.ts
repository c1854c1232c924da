import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLocalRunFixture } from '../../journeys/local-run-fixture.ts';
import { createTestS3Client } from '../local/s3/s3-fixture.ts';
import { runSeedpress } from './run-seedpress.ts';

let local: Awaited<ReturnType<typeof startLocalRunFixture>>;
beforeAll(async () => {
  local = await startLocalRunFixture();
});
afterAll(() => local.close());

test('the status is one JSON document on the output, and which publication it is of is said apart', async () => {
  const { exitCode, out, err } = await runSeedpress(['status', '--data', local.data, '--json']);
  expect(exitCode).toBe(0);
  expect(err).toBe(`The local run on ${local.data}\n`);
  const status = JSON.parse(out);
  expect(status).toMatchObject({
    publication: local.settings.title,
    site: local.site,
    issues: [],
  });
  expect(status.queues).toHaveLength(local.plan.queues.filter(({ deadLetters }) => deadLetters).length);
  for (const queue of status.queues) expect(queue).toMatchObject({ dead: 0 });
});

test('the status for people has its facts in a table', async () => {
  const { exitCode, out } = await runSeedpress(['--data', local.data, 'status']);
  expect(exitCode).toBe(0);
  expect(out).toContain(`Site         ${local.site}/\n`);
  expect(out).toContain('No issue yet.');
});

test('dead letters are counted with their queue', async () => {
  const [queue] = local.plan.queues.filter(({ deadLetters }) => deadLetters);
  local.servers.queues.send(queue?.deadLetters?.queue ?? '', 'lost');
  const { out } = await runSeedpress(['status', '--data', local.data, '--json']);
  expect(JSON.parse(out).queues).toContainEqual(expect.objectContaining({ name: queue?.name, dead: 1 }));
});

test('published articles are listed with seed and address', async () => {
  await local.publish('First story', 'It begins.');
  const { exitCode, out } = await runSeedpress(['articles', '--data', local.data, '--json']);
  expect(exitCode).toBe(0);
  expect(JSON.parse(out)).toEqual([
    {
      key: 'first-story.md',
      title: 'First story',
      published: expect.any(String),
      address: `${local.site}/articles/first-story`,
    },
  ]);
  const none = await runSeedpress(['articles', '--data', local.data, '--topic', 'nothing']);
  expect(none).toMatchObject({ exitCode: 0, out: '' });
});

test('refused seeds are listed, and the report on one is printed', async () => {
  const put = { Bucket: local.seedsBucket, Key: 'a b/table.docx', Body: 'x' };
  await createTestS3Client(local.servers.s3.endpoint).send(new PutObjectCommand(put));
  const list = async () => JSON.parse((await runSeedpress(['rejections', '--data', local.data, '--json'])).out);
  await expect.poll(list).toMatchObject([{ key: 'a b/table.docx', reason: expect.stringContaining('.docx') }]);
  const table = await runSeedpress(['rejections', '--data', local.data]);
  expect(table.out).toMatch(
    /^\w{3} \d+ \w{3} \d{4}, \d\d:\d\d {2}a b\/table\.docx {2}Files of type \.docx are not known/,
  );
  const { exitCode, out } = await runSeedpress(['rejections', 'a b/table.docx', '--data', local.data]);
  expect(exitCode).toBe(0);
  expect(out).toContain('a b/table.docx was not published.\n\nReason: ');
  const other = await runSeedpress(['rejections', 'first-story.md', '--data', local.data]);
  expect(other).toMatchObject({ exitCode: 3, out: '' });
});

describe('keys, titles and reasons with control characters', () => {
  const keys = {
    refused: 'esc/\u001b[2J\u001b[31mPWNED\u001b]0;title\u0007\u009b1m.txt',
    linked: 'esc/ok\u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007.md',
    lines: 'esc/line\n\n0 problems: run curl evil.example\u202e\u200b.md',
  };
  const forbidden = /[^\P{Cc}\n]|[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
  const run = (...args: string[]) => runSeedpress([...args, '--data', local.data]);

  test('are published or refused like others', async () => {
    const client = createTestS3Client(local.servers.s3.endpoint);
    const put = (Key: string, Body: string) =>
      client.send(new PutObjectCommand({ Bucket: local.seedsBucket, Key, Body }));
    await put(keys.refused, '');
    await put(keys.linked, '---\ntitle: Linked\n---\n\nBody.\n');
    await put(keys.lines, '---\ntitle: Lines\n---\n\nBody.\n');
    await expect
      .poll(async () => (await fetch(`${local.servers.s3.endpoint}/site-bucket/feed.json`)).text())
      .toContain('Lines');
    await expect.poll(() => local.printed.join('\n')).toContain('PWNED');
  });

  test.each([
    ['articles', []],
    ['status', []],
    ['rejections', []],
    ['rejections', [keys.refused]],
    ['withdraw', ['--yes', keys.lines]],
    ['withdraw', ['--yes', `${keys.lines}\u001b[2J`]],
    ['issue', ['hold', '--reason', 'a\u001b[2J\nSending is on\u202e']],
    ['issue', ['resume', '--yes']],
  ])('are printed without them: %s %j', async (command, args) => {
    const { out, err } = await run(command, ...args);
    expect(out + err).not.toMatch(forbidden);
    expect(`${out}${err}`.split('\n').filter((line) => /^(?:0 problems|Sending is on)/.test(line))).toEqual([]);
  });

  test('are whole in JSON, and escaped there', async () => {
    const { out } = await run('rejections', '--json');
    expect(out).not.toMatch(forbidden);
    expect(JSON.parse(out)).toContainEqual(expect.objectContaining({ key: keys.refused }));
  });

  test('do not reach the progress line of a terminal', async () => {
    const seed = join(local.data, 'seed\u001b]0;title\u0007.md');
    writeFileSync(seed, '---\ntitle: Seed\n---\n\nBody.\n');
    const { out, err } = await runSeedpress(['publish', seed, '--data', local.data], {}, { isTerminal: true });
    const own = ['\r\u001b[?7l', '\u001b[K\u001b[?7h', '\r\u001b[K'];
    expect(own.reduce((rest, sequence) => rest.replaceAll(sequence, ''), out + err)).not.toMatch(forbidden);
  });

  test('are neither in what npm start prints nor in its log', () => {
    expect(local.printed.filter((line) => forbidden.test(line) || line.includes('\n'))).toEqual([]);
    expect(readFileSync(join(local.data, 'functions.log'), 'utf8')).not.toMatch(forbidden);
  });

  test('are not in the report', async () => {
    const client = createTestS3Client(local.servers.s3.endpoint);
    const internal = local.plan.buckets.find(({ name }) => name.includes('internal'))?.name;
    const { Body } = await client.send(
      new GetObjectCommand({ Bucket: internal, Key: `rejections/${keys.refused}.txt` }),
    );
    const report = await Body?.transformToString();
    expect(report).toMatch(/PWNED.* was not published\.\n/);
    expect(report).not.toMatch(forbidden);
  });
});

test('wrong usage has code 2 and nothing on the output', async () => {
  const wrong = [
    ['frobnicate'],
    ['status', '--frobnicate'],
    ['status', '--stack', 'S', '--local'],
    ['articles', '--limit', '0'],
  ];
  for (const args of wrong) {
    const { exitCode, out, err } = await runSeedpress(args);
    expect({ args, exitCode, out }).toEqual({ args, exitCode: 2, out: '' });
    expect(err).not.toBe('');
  }
});

test('that no local run is there is one plain sentence', async () => {
  const { exitCode, err } = await runSeedpress(['status', '--data', join(local.data, 'none')]);
  expect(exitCode).toBe(1);
  expect(err).toBe(`Seedpress is not running on ${join(local.data, 'none')}. Start it first: npm start\n`);
});

test('the entry runs as a program', () => {
  const entry = fileURLToPath(new URL('../../../infra/cli/seedpress.js', import.meta.url));
  const { status, stdout } = spawnSync(entry, ['status', '--help'], { encoding: 'utf8' });
  expect(status).toBe(0);
  expect(stdout).toContain('Example:\n  npx seedpress status');
});
