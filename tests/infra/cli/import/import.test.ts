import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { parseAtomFeed, parseRssFeed } from 'feedsmith';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type LocalRunFixture, startLocalRunFixture } from '../../../journeys/local-run-fixture.ts';
import { createTestS3Client } from '../../local/s3/s3-fixture.ts';
import { runSeedpress } from '../run-seedpress.ts';
import { toFixturePath } from './plan-source.ts';

let local: LocalRunFixture;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'seedpress-moving-in-'));
  cpSync(toFixturePath('.'), folder, { recursive: true });
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
const source = (name: string): string => join(folder, name);
const objects = async (): Promise<Record<string, string>> => {
  const { Contents = [] } = await createTestS3Client(local.servers.s3.endpoint).send(
    new ListObjectsV2Command({ Bucket: local.seedsBucket }),
  );
  return Object.fromEntries(
    Contents.map(({ Key = '', ETag, LastModified }) => [Key, `${ETag} ${LastModified?.toISOString()}`]),
  );
};
const feed = async (path: string) => (await fetch(local.site + path)).text();

test('a first run tells what would come of it, and changes nothing', async () => {
  const asked = await run('import', source('rss.xml'));
  expect(asked).toMatchObject({ exitCode: 2, out: '' });
  expect(asked.err).toContain('Source     a feed\nNew        3\n');
  expect(asked.err).toContain('1  left out  it has no text\n');
  expect(asked.err).toContain('Nothing was changed: there is no terminal to ask on. Add --yes to do it.');
  expect(await json('import', source('rss.xml'), '--dry-run')).toMatchObject({
    format: 'feed',
    dryRun: true,
    articles: 3,
    added: 3,
    skipped: 1,
    reasons: expect.arrayContaining([{ outcome: 'left out', reason: 'it has no text', count: 1 }]),
  });
  expect(await objects()).toEqual({});
});

test('entries of an old feed stand in the new one with their ids, dates and order, and no issue carries them', async () => {
  await local.subscribe('ana@reader.example');
  const redirects = source('redirects.txt');
  const done = await json('import', source('rss.xml'), '--yes', '--redirects', redirects);
  expect(done).toMatchObject({ added: 3, published: 3, scheduled: 0, waiting: 0, refused: [] });
  const { items = [] } = parseRssFeed(await feed('/rss.xml'));
  expect(items.map(({ guid, pubDate, link }) => [guid?.value, pubDate, link])).toEqual([
    ['https://quay.example/?p=41', 'Mon, 09 Mar 2026 07:00:00 GMT', `${local.site}/articles/the-crane`],
    [
      'https://quay.example/#post%2040%20%3Cdraft%3E',
      'Sat, 28 Feb 2026 17:30:00 GMT',
      `${local.site}/articles/tide-tables`,
    ],
    ['https://quay.example/2026/01/note', 'Thu, 01 Jan 2026 00:00:00 GMT', `${local.site}/articles/note`],
  ]);
  expect(readFileSync(redirects, 'utf8').split('\n')[0]).toBe(
    `/2026/03/the-crane/ ${local.site}/articles/the-crane 301`,
  );
  const report = readFileSync(source('rss.xml.report.csv'), 'utf8');
  expect(report).toContain('entry 4,Nothing at all,left out,it has no text\r\n');
  const composed = await run('issue', 'compose', 'daily', '--yes');
  expect(composed).toMatchObject({ exitCode: 0, out: '' });
  expect(composed.err).toContain('Nothing is waiting for the next daily issue.');
});

test('run twice it changes nothing, and what was changed here since stays unless it is to be replaced', async () => {
  const before = await objects();
  expect(await json('import', source('rss.xml'))).toMatchObject({
    added: 0,
    unchanged: 3,
    kept: 0,
    published: 3,
  });
  expect(await objects()).toEqual(before);

  const Body = '---\ntitle: Edited here\nannounced: 2026-01-01\nid: https://quay.example/2026/01/note\n---\nText.\n';
  const put = { Bucket: local.seedsBucket, Key: 'imported/note.md', Body };
  await createTestS3Client(local.servers.s3.endpoint).send(new PutObjectCommand(put));
  await expect.poll(() => feed('/atom.xml')).toContain('Edited here');
  const kept = await json('import', source('rss.xml'), '--yes');
  expect(kept).toMatchObject({ added: 0, unchanged: 2, kept: 1 });
  expect(await feed('/atom.xml')).toContain('Edited here');
  const replaced = await json('import', source('rss.xml'), '--yes', '--replace');
  expect(replaced).toMatchObject({ replaced: 1, unchanged: 2, kept: 0, published: 3 });
  const { entries = [] } = parseAtomFeed(await feed('/atom.xml'));
  expect(entries.map(({ title }) => title?.value)).not.toContain('Edited here');
});

test('broken off and run again, it does the rest', async () => {
  const whole = await json('import', source('wordpress.xml'), '--prefix', 'old', '--dry-run');
  expect(whole).toMatchObject({ added: 3, unchanged: 0 });
  const cut = source('cut.xml');
  const text = readFileSync(source('wordpress.xml'), 'utf8');
  writeFileSync(cut, text.slice(0, text.indexOf('<title><![CDATA[Соль]]>')));
  const broken = await run('import', cut, '--prefix', 'old', '--format', 'wordpress', '--yes');
  expect(broken.exitCode).toBe(1);
  expect(broken.err).toContain('The file is cut off: the item on line 95 is not closed.');
  expect(existsSync(`${cut}.report.csv`)).toBe(false);
  const street = text.indexOf('\t<item>\n\t\t<title><![CDATA[The street]]>');
  const drafts = text.indexOf('\t<item>\n\t\t<title><![CDATA[Not ready]]>');
  writeFileSync(cut, text.slice(0, street) + text.slice(drafts));
  expect(await json('import', cut, '--prefix', 'old', '--yes')).toMatchObject({ added: 1, published: 1 });
  expect(await json('import', source('wordpress.xml'), '--prefix', 'old', '--yes')).toMatchObject({
    added: 2,
    unchanged: 1,
    published: 3,
  });
});

test('pictures of a folder go along, and the pages show them', async () => {
  expect(await json('import', source('hugo'), '--yes')).toMatchObject({
    added: 2,
    pictures: 2,
    published: 2,
  });
  const page = await feed('/articles/trip');
  const picture = `${local.site}/images/imported/posts/trip/pier.png`;
  expect(page).toContain(picture);
  expect((await fetch(picture)).status).toBe(200);
  expect(await feed('/articles/oil-and-wick')).toContain(`${local.site}/images/imported/static/images/lamp.png`);
});

test('pictures of an export go along from a copy of the old site', async () => {
  const media = source('uploads');
  mkdirSync(join(media, '2019/04'), { recursive: true });
  cpSync('seeds/night-ferry.jpg', join(media, '2019/04/sack.jpg'));
  const done = await json('import', source('wordpress.xml'), '--media', media, '--prefix', 'old', '--replace', '--yes');
  expect(done).toMatchObject({ replaced: 1, unchanged: 2, pictures: 1, refused: [] });
  expect(done.reasons).toContainEqual({
    outcome: 'changed',
    reason: 'a picture or file of the old site is not in the folder of --media',
    count: 2,
  });
  const picture = `${local.site}/images/old/media/2019/04/sack.jpg`;
  expect((await fetch(picture)).status).toBe(200);
  expect(await feed('/articles/how-salt-was-sold')).toContain(picture);
});

test('an article of the days to come waits for its time, and another that has an id of here is left out', async () => {
  const items = [
    {
      id: 'tag:late.example,2020:1',
      title: 'Later',
      content_text: 'To come.',
      date_published: '2199-01-01T00:00:00Z',
    },
    {
      id: 'https://quay.example/?p=41',
      title: 'The same',
      content_text: 'Again.',
      date_published: '2026-01-01',
    },
  ];
  const file = source('late.json');
  writeFileSync(file, JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'Late', items }));
  const done = await json('import', file, '--yes');
  expect(done).toMatchObject({ added: 1, skipped: 1, scheduled: 1, published: 0 });
  expect(done.reasons).toContainEqual({
    outcome: 'left out',
    count: 1,
    reason: 'its id is that of imported/the-crane.md here',
  });
});

test('nothing is asked of the addresses that stand in the source', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const old = `http://127.0.0.1:${port}`;
  const file = source('asking.xml');
  writeFileSync(file, readFileSync(source('rss.xml'), 'utf8').replaceAll('https://quay.example', old));
  expect(await json('import', file, '--prefix', 'asking', '--yes')).toMatchObject({ added: 3, published: 3 });
  expect(await feed('/articles/the-crane')).toContain('The crane that learned to wait');
  server.close();
  expect(asked).toEqual([]);
});

test('what export wrote is known by itself, and taken in as a publication', async () => {
  const own = source('own');
  expect((await run('export', own)).exitCode).toBe(0);
  expect(await json('import', own, '--dry-run')).toMatchObject({ format: 'seedpress', dryRun: true });
});

test('what cannot be imported is one plain sentence', async () => {
  const file = (name: string, content: string): string => {
    writeFileSync(source(name), content);
    return source(name);
  };
  const failures: [string[], number, string][] = [
    [[source('nowhere.xml')], 3, 'nowhere.xml cannot be read.'],
    [[file('page.html', '<!doctype html><p>Hi</p>')], 1, 'page.html cannot be imported: it is not a feed'],
    [[file('export.zip', 'PK\u0003\u0004')], 2, 'is a ZIP archive: unpack it first.'],
    [[file('half.xml', '<rss version="2.0"><channel>')], 1, 'It cannot be read as an RSS, Atom or JSON feed.'],
    [[source('ghost.json')], 2, 'state it with --base https://…'],
    [[source('rss.xml'), '--prefix', '../up'], 2, 'It must be a folder, such as imported/.'],
    [[source('rss.xml'), '--redirects', source('atom.xml')], 1, 'atom.xml exists already: name another file.'],
  ];
  for (const [args, exitCode, sentence] of failures) {
    const failed = await run('import', ...args);
    expect({ args, exitCode: failed.exitCode, out: failed.out }).toEqual({ args, exitCode, out: '' });
    expect(failed.err).toContain(sentence);
  }
});
