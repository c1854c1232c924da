import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { createSeedParser, type SeedParser } from '../../functions/adapters/seed-parser.ts';
import { parseSeedVersion } from '../../functions/core/lifecycle/parse-seed-version.ts';

const buildSeed = (text: string, key = 'a.md') => ({
  key,
  bytes: new TextEncoder().encode(text),
  timeZone: 'Europe/Lisbon',
  uploadedAt: '2026-11-20T12:00:00.000Z',
  site: 'https://news.example',
  publicationId: 'test-gazette',
  sequencer: '01',
});
const getTimeLeftMs = () => 60_000;

let parser: SeedParser;
afterEach(() => parser.close());

test('a seed is parsed in another process as it is in this one', async () => {
  parser = createSeedParser({
    entry: new URL('../../functions/adapters/seed-parser-process.ts', import.meta.url),
    timeoutMs: 60_000,
  });
  const seeds = [
    buildSeed('---\ntags: [Sea]\n---\n# Harbour\n\nThe ferry runs again.\n'),
    buildSeed('# Only a headline\n'),
    buildSeed('BAGHDAD, Dec 8 (Reuters) – Two rockets hit the embassy.\n\nNobody was hurt.', 'a.txt'),
  ];
  const parsed = await Promise.all(seeds.map((seed) => parser.parse(seed, () => 200_000)));
  expect(parsed).toEqual(seeds.map(parseSeedVersion));
  expect(parsed.map((one) => one && 'rejection' in one)).toEqual([false, true, false]);
});

describe('whatever a seed does', () => {
  const entry = new URL('./unruly-process.ts', import.meta.url);
  const readReason = async (text: string, key?: string): Promise<string> => {
    const parsed = await parser.parse(buildSeed(text, key), getTimeLeftMs);
    return parsed && 'rejection' in parsed ? parsed.rejection.reason : '';
  };

  test.each([
    ['hang', 'The file takes too long to read (over 1 s).'],
    ['hangInside', 'The file takes too long to read (over 1 s).'],
    ['abort', 'The file needs too much memory to read.'],
    ['exit', 'The file needs too much memory to read.'],
  ])('%s: it is rejected, and those around it are parsed', async (behaviour, reason) => {
    parser = createSeedParser({ entry, timeoutMs: 1000 });
    const [before, bad, after] = await Promise.all([
      readReason('', 'before.md'),
      readReason(behaviour),
      readReason('', 'after.md'),
    ]);
    expect(before).toMatch(/^before\.md/);
    expect(bad).toBe(`${reason} Shorten it, or split it into several articles.`);
    expect(after).toMatch(/^after\.md/);
  });

  test.each(['takeMemory', 'takeMemoryAtOnce'])('%s: it is rejected, and the next one is parsed', async (behaviour) => {
    parser = createSeedParser({ entry, maxMemoryMb: 32 });
    expect(await readReason(behaviour)).toMatch(/^The file needs too much memory to read\./);
    expect(await readReason('', 'after.md')).toMatch(/^after\.md/);
  });

  test('one process parses many seeds and knows nothing of the environment', async () => {
    parser = createSeedParser({ entry, environment: { LD_LIBRARY_PATH: undefined } });
    const reasons = await Promise.all(Array.from({ length: 20 }, () => readReason('')));
    expect(new Set(reasons).size).toBe(1);
    expect(reasons[0]).toMatch(/^a\.md by \d+ with (?:NODE_\w+,?)*$/);
  });

  test('where the process is stopped by somebody, the seed is not to blame', async () => {
    parser = createSeedParser({ entry });
    await expect(readReason('beStopped')).rejects.toThrow('parsing a seed was stopped');
    expect(await readReason('', 'after.md')).toMatch(/^after\.md/);
  });

  test('where the time left is too short for the longest seed, none is begun', async () => {
    parser = createSeedParser({ entry });
    expect(await parser.parse(buildSeed(''), () => 49_999)).toBeUndefined();
    expect(await parser.parse(buildSeed(''), () => 50_000)).toBeDefined();
  });

  test('a process that ended while it was idle is replaced', async () => {
    parser = createSeedParser({ entry });
    const pid = / by (\d+) /.exec(await readReason(''))?.[1];
    process.kill(Number(pid), 'SIGKILL');
    expect(await readReason('', 'after.md')).toMatch(/^after\.md/);
  });

  test('a program waits for what is parsed, and ends while the process is idle', async () => {
    const parserUrl = new URL('../../functions/adapters/seed-parser.ts', import.meta.url);
    const program = `
      import { createSeedParser } from '${parserUrl}';
      const parser = createSeedParser({ entry: new URL('${entry}'), timeoutMs: 300 });
      for (const text of ['', 'hang', 'abort', '']) {
        const bytes = new TextEncoder().encode(text);
        const { rejection } = await parser.parse({ key: 'a.md', bytes }, () => 60_000);
        console.log(rejection.reason.slice(0, 16));
      }`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
    expect(stdout.trim().split('\n')).toEqual([
      expect.stringMatching(/^a\.md by/),
      'The file takes t',
      'The file needs t',
      expect.stringMatching(/^a\.md by/),
    ]);
  });

  test('a process that cannot start is an error of ours', async () => {
    parser = createSeedParser({ entry: new URL('./no-such-file.ts', import.meta.url) });
    await expect(readReason('')).rejects.toThrow('does not start');
  });
});
