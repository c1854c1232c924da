import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../../../infra/local/base/database.ts';
import { mirrorSeeds } from '../../../../infra/local/seeds/mirror-seeds.ts';
import { readSeedFile, SpecialFileError } from '../../../../infra/local/seeds/seed-files.ts';
import { createTemporaryFolder } from '../create-function-plan.ts';
import { startS3Fixture } from '../s3/s3-fixture.ts';

const start = async (files: Record<string, string> = {}) => {
  const folder = createTemporaryFolder();
  const { client, s3, events } = await startS3Fixture();
  const write = (path: string, content: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  for (const [path, content] of Object.entries(files)) write(path, content);
  const database = openDatabase(':memory:');
  const errors: unknown[] = [];
  const mirror = async () => {
    const running = await mirrorSeeds({
      folder,
      bucket: 'box',
      s3,
      database,
      onError: (error) => errors.push(error),
    });
    onTestFinished(async () => {
      await running.close();
      expect(errors).toEqual([]);
    });
    return running;
  };
  const bucket = async (): Promise<Record<string, string>> => {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'box' }));
    const entries = Contents.map(async ({ Key = '' }) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: 'box', Key }));
      return [Key, await Body?.transformToString()];
    });
    return Object.fromEntries(await Promise.all(entries));
  };
  const put = (Key: string, Body: string) => client.send(new PutObjectCommand({ Bucket: 'box', Key, Body }));
  /** The messages so far. */
  const takeErrors = (): string[] =>
    errors.splice(0).map((error) => (error instanceof Error ? error.message : String(error)));
  return { folder, write, mirror, bucket, put, client, events, takeErrors };
};

test('the files of the folder are in the bucket, without hidden and temporary ones', async () => {
  const { mirror, bucket } = await start({
    'a.txt': 'a',
    'deep/er/b c.md': 'b',
    '.hidden': 'x',
    '.git/config': 'x',
    'a.txt~': 'x',
    '#a.txt#': 'x',
    'c.txt.part': 'x',
    'Cafe\u0301.txt': 'decomposed',
  });
  expect(await mirror()).toMatchObject({ uploaded: 3, removed: 0 });
  expect(await bucket()).toEqual({ 'a.txt': 'a', 'deep/er/b c.md': 'b', 'Caf\u00e9.txt': 'decomposed' });
});

test('after a restart only changed files are uploaded, and only objects of the folder are removed', async () => {
  const { folder, write, mirror, bucket, put, events } = await start({
    'kept.txt': '1',
    'edited.txt': '1',
    'gone.txt': '1',
    'taken.txt': '1',
  });
  await (await mirror()).close();
  await put('uploaded.txt', 'by another tool');
  await put('taken.txt', 'by another tool');
  events.length = 0;
  write('edited.txt', '2');
  for (const name of ['gone.txt', 'taken.txt']) rmSync(join(folder, name));
  expect(await mirror()).toMatchObject({ uploaded: 1, removed: 1 });
  expect(await bucket()).toEqual({
    'kept.txt': '1',
    'edited.txt': '2',
    'uploaded.txt': 'by another tool',
    'taken.txt': 'by another tool',
  });
  expect(events.map(({ key }) => key)).toEqual(['edited.txt', 'gone.txt']);
});

test('a change in the folder is in the bucket within a second', async () => {
  const { folder, write, mirror, bucket } = await start({ 'old.txt': 'old', 'edited.txt': '1' });
  await mirror();
  // Counted in ticks of this process, in which the mirror runs too: both come late where others keep the machine busy.
  let ticks = 0;
  const ticking = setInterval(() => {
    ticks += 1;
  }, 20);
  onTestFinished(() => clearInterval(ticking));
  write('new/sub/story.md', 'new');
  write('edited.txt', '2');
  rmSync(join(folder, 'old.txt'));
  await expect.poll(bucket).toEqual({ 'new/sub/story.md': 'new', 'edited.txt': '2' });
  expect(ticks * 20).toBeLessThan(2000);
});

test('an editor that saves by renaming causes one upload and no deletion', async () => {
  const { folder, write, mirror, bucket, events } = await start({ 'story.md': '1' });
  await mirror();
  events.length = 0;
  write('.story.md.swp', 'x');
  write('story.md~', '1');
  rmSync(join(folder, 'story.md'));
  write('4913', '');
  write('.new', '2');
  renameSync(join(folder, '.new'), join(folder, 'story.md'));
  await expect.poll(bucket).toEqual({ 'story.md': '2' });
  await sleep(500);
  expect(events.map(({ type, key }) => [type, key])).toEqual([['Object Created', 'story.md']]);
});

test('a file that is written slowly is uploaded whole', async () => {
  const { folder, write, mirror, bucket, events } = await start();
  await mirror();
  write('slow.txt', '');
  for (let line = 0; line < 8; line++) {
    await sleep(40);
    appendFileSync(join(folder, 'slow.txt'), `line ${line}\n`);
  }
  await expect.poll(async () => (await bucket())['slow.txt']).toContain('line 7');
  expect(events).toHaveLength(1);
});

test('a renamed folder moves its seeds', async () => {
  const { folder, mirror, bucket } = await start({ 'drafts/a.txt': 'a', 'drafts/b.txt': 'b' });
  await mirror();
  renameSync(join(folder, 'drafts'), join(folder, 'news'));
  await expect.poll(bucket).toEqual({ 'news/a.txt': 'a', 'news/b.txt': 'b' });
});

test('an object that was removed from the bucket is uploaded again at the next start', async () => {
  const { mirror, bucket, client } = await start({ 'a.txt': 'a' });
  await (await mirror()).close();
  await client.send(new DeleteObjectCommand({ Bucket: 'box', Key: 'a.txt' }));
  await mirror();
  expect(await bucket()).toEqual({ 'a.txt': 'a' });
});

test('a file too large to read is reported, and the others are published', async () => {
  const { folder, mirror, bucket, takeErrors } = await start({ 'good.txt': 'good', 'large.txt': '' });
  truncateSync(join(folder, 'large.txt'), 250_000_001);
  await mirror();
  expect(await bucket()).toEqual({ 'good.txt': 'good' });
  expect(takeErrors()).toEqual([`${join(folder, 'large.txt')} is not published: it is larger than 250 MB.`]);
});

describe('links and special files', () => {
  /** A file that must never be published, outside the folder. */
  const writeSecret = () => {
    const outside = createTemporaryFolder();
    writeFileSync(join(outside, 'secret.txt'), 'secret');
    return outside;
  };
  const toMessage = (path: string) => `${path} is not published: it is a link or not a regular file.`;

  test('are not followed or read, and are reported', async () => {
    const { folder, mirror, bucket, takeErrors } = await start({ 'good.txt': 'good' });
    const outside = writeSecret();
    symlinkSync(join(outside, 'secret.txt'), join(folder, 'link.txt'));
    symlinkSync(outside, join(folder, 'linked'));
    symlinkSync(join(folder, 'good.txt'), join(folder, 'within.txt'));
    symlinkSync(join(folder, 'missing.txt'), join(folder, 'broken.txt'));
    execFileSync('/usr/bin/mkfifo', [join(folder, 'pipe.txt')]);
    expect(await mirror()).toMatchObject({ uploaded: 1, removed: 0 });
    expect(await bucket()).toEqual({ 'good.txt': 'good' });
    const names = ['broken.txt', 'link.txt', 'linked', 'pipe.txt', 'within.txt'];
    expect(takeErrors()).toEqual(names.map((name) => toMessage(join(folder, name))));
  });

  test('are not followed when they come later, also in place of a published file', async () => {
    const { folder, write, mirror, bucket, takeErrors } = await start({ 'story.txt': 'story', 'other.txt': '1' });
    await mirror();
    const outside = writeSecret();
    rmSync(join(folder, 'story.txt'));
    symlinkSync(join(outside, 'secret.txt'), join(folder, 'story.txt'));
    symlinkSync(outside, join(folder, 'linked'));
    write('other.txt', '2');
    await expect.poll(bucket).toEqual({ 'other.txt': '2' });
    writeFileSync(join(outside, 'secret.txt'), 'more secret');
    await sleep(400);
    expect(await bucket()).toEqual({ 'other.txt': '2' });
    expect(new Set(takeErrors())).toEqual(
      new Set(['story.txt', 'linked'].map((name) => toMessage(join(folder, name)))),
    );
  });

  test('a folder that became a link is not read through it', async () => {
    const { folder } = await start({ 'deep/secret.txt': 'mine' });
    const outside = writeSecret();
    const path = join(folder, 'deep', 'secret.txt');
    expect((await readSeedFile(folder, path)).toString()).toBe('mine');
    renameSync(join(folder, 'deep'), join(folder, 'kept'));
    symlinkSync(outside, join(folder, 'deep'));
    await expect(readSeedFile(folder, path)).rejects.toThrow(SpecialFileError);
  });

  test('the folder itself may be a link', async () => {
    const { folder, mirror } = await start({ 'a.txt': 'a' });
    const link = join(createTemporaryFolder(), 'seeds');
    symlinkSync(folder, link);
    expect((await readSeedFile(link, join(link, 'a.txt'))).toString()).toBe('a');
    await mirror();
  });
});
