import { readFileSync, writeFileSync } from 'node:fs';
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

const outcomes = z.array(z.object({ key: z.string(), state: z.string(), preview: z.string().optional() }));

/** Publishes a file with the command; gives its outcome. */
const publish = async (fields: string, text = 'The ferry sails again.') => {
  const file = join(run.data, 'ferry.md');
  writeFileSync(file, `---\ntitle: Night ferry\n${fields}---\n\n${text}\n`);
  const [outcome] = outcomes.parse(JSON.parse(await run.seedpress('publish', file, '--json')));
  if (!outcome) throw new Error('there is no outcome');
  return outcome;
};

const statusOf = async (address: string) => (await fetch(address)).status;

test('a draft can be looked at in every form by those who have its address, until it is published', async () => {
  const { state, preview = '' } = await publish('draft: true\n');
  expect(state).toBe('draft');
  expect(preview.startsWith(`${run.site}/previews/`)).toBe(true);
  for (const [view, type] of [
    ['', 'text/html'],
    ['/entry', 'text/html'],
    ['/digest', 'text/html'],
    ['/atom.xml', 'application/xml'],
  ]) {
    const response = await fetch(preview + view);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain(type);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('x-robots-tag')).toContain('noindex');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(await response.text()).toContain('The ferry sails again.');
  }
  const feed = await fetch(`${run.site}/feed.xml`);
  expect(feed.headers.get('content-type')).toBe('application/rss+xml; charset=utf-8');
  expect(await feed.text()).toBe(await (await fetch(`${run.site}/rss.xml`)).text());
  const missing = await fetch(`${run.site}/previews/none`);
  expect([missing.status, missing.headers.get('cache-control')]).toEqual([404, 'private, no-store']);
  for (const path of ['/', '/feed.json', '/sitemap.xml', '/robots.txt', '/digest/daily.html'])
    expect(await (await fetch(run.site + path)).text(), path).not.toMatch(/Night ferry|preview/);
  expect(await run.seedpress('notices')).toContain(`Preview: ${preview}`);
  await expect.poll(() => run.printed).toContain(`Preview: ${preview}`);
  expect(readFileSync(join(run.data, functionsLogName), 'utf8')).not.toContain(preview.split('/').at(-1));

  expect(await publish('draft: true\n', 'It sails tomorrow.')).toMatchObject({ state: 'draft', preview });
  expect(await (await fetch(preview)).text()).toContain('It sails tomorrow.');
  expect((await publish('', 'It sails tomorrow.')).state).toBe('published');
  for (const view of ['', '/entry', '/digest', '/atom.xml']) expect(await statusOf(preview + view)).toBe(404);
});

test('an article that waits for its date has a preview', async () => {
  const { state, preview = '' } = await publish('publishDate: 2199-01-01\n');
  expect([state, await statusOf(preview)]).toEqual(['scheduled', 200]);
  expect(await run.seedpress('notices')).toMatch(/scheduled +ferry\.md .*Preview: /);
  await run.seedpress('withdraw', 'ferry.md', '--yes');
  await expect.poll(() => statusOf(preview)).toBe(404);
});
