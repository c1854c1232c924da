import { cpSync, existsSync, mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formatImportPlan, planSource, toFixturePath } from './plan-source.ts';

const golden = (name: string): string => `golden/${name}.txt`;

test.each([
  ['rss.xml'],
  ['atom.xml'],
  ['feed.json'],
  ['wordpress.xml'],
  ['ghost.json', 'https://ropes.example'],
  ['hugo', 'https://lamps.example'],
  ['jekyll', 'https://nets.example'],
])('%s comes to these seeds, and to these only', async (name: string, base?: string) => {
  await expect(formatImportPlan(await planSource(toFixturePath(name), base))).toMatchFileSnapshot(golden(name));
});

test.each(['eleventy', 'plain'])("%s has the date of a file's last change where it states none", async (name) => {
  const folder = mkdtempSync(join(tmpdir(), 'seedpress-source-'));
  try {
    cpSync(toFixturePath(name), folder, { recursive: true });
    const then = new Date('2025-05-05T05:05:05Z');
    for (const file of ['posts/bells.md', 'gulls.md']) {
      const path = join(folder, file);
      if (existsSync(path)) utimesSync(path, then, then);
    }
    await expect(formatImportPlan(await planSource(folder))).toMatchFileSnapshot(golden(name));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a plan is the same however often it is made', async () => {
  for (const name of ['rss.xml', 'wordpress.xml', 'hugo'])
    expect(await planSource(toFixturePath(name))).toEqual(await planSource(toFixturePath(name)));
});
