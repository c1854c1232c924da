import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProgram } from '../../../infra/cli/program/create-program.ts';
import { type LocalRunFixture, startLocalRunFixture } from '../../journeys/local-run-fixture.ts';
import { runSeedpress } from './run-seedpress.ts';

const [done, failed, usage, notFound] = [0, 1, 2, 3];

const folder = mkdtempSync(join(tmpdir(), 'seedpress-exit-codes-'));
const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const readers = file('readers.csv', 'email,confirmed at,consent\ncem@reader.example,2024-06-05,On paper\n');
const feed = file(
  'feed.xml',
  '<rss version="2.0"><channel><title>Old</title><link>https://old.example/</link><description>Old</description><item><title>Old story</title><guid isPermaLink="false">urn:old</guid><pubDate>Tue, 02 Jun 2020 10:00:00 GMT</pubDate><description>It began.</description></item></channel></rss>',
);
const story = file('story.md', '# Story\n\nIt begins.\n');

/** In order: later commands need what earlier ones did. */
const table: readonly (readonly [name: string, args: string, exitCode: number])[] = [
  ['status', '', done],
  ['status', 'more', usage],
  ['status', '--stack X --local', usage],
  ['doctor', '--dns nowhere', usage],
  ['articles', '', done],
  ['articles', '--limit 0', usage],
  ['articles show', 'nothing.md', notFound],
  ['articles show', '', usage],
  ['rejections', '', done],
  ['rejections', 'nothing.md', notFound],
  ['notices', '', done],
  ['notices', 'more', usage],
  ['cost', '--what-if', done],
  ['cost', '--daily many', usage],
  ['publish', story, done],
  ['articles show', 'story.md', done],
  ['publish', join(folder, 'none.md'), notFound],
  ['publish', file('table.docx', 'x'), failed],
  ['publish', '-', usage],
  ['publish', '', usage],
  ['doctor', '', done],
  ['withdraw', 'nothing.md', notFound],
  ['withdraw', 'story.md', usage],
  ['issues', '--cadence hourly', usage],
  ['issues', '', done],
  ['issue preview', `daily --out ${join(folder, 'next')}`, done],
  ['issue preview', 'hourly', usage],
  ['issue compose', 'daily', usage],
  ['issue compose', 'daily --at noon --yes', usage],
  ['issue compose', 'daily --yes', done],
  ['issue compose', 'daily', done],
  ['issue edit', 'daily-9', notFound],
  ['issue edit', 'daily-1 --subject Mine', failed],
  ['issue edit', 'daily-1 --introduction', usage],
  ['issue approve', 'daily-9', notFound],
  ['issue approve', 'daily-1', failed],
  ['issue discard', 'daily-9', notFound],
  ['issue discard', 'daily', usage],
  ['issue resume', '--yes', notFound],
  ['issue hold', 'now', usage],
  ['issue hold', '', done],
  ['issue resume', '', usage],
  ['issue resume', '--yes', done],
  ['send-test', 'editor@news.example --issue daily-1', done],
  ['send-test', 'editor@news.example --issue daily-9', notFound],
  ['send-test', 'editor', usage],
  ['subscribers list', '', done],
  ['subscribers list', '--state happy', usage],
  ['subscribers show', 'ada@reader.example', done],
  ['subscribers show', 'nobody@reader.example', notFound],
  ['subscribers set', 'ada@reader.example --cadence weekly', done],
  ['subscribers set', 'ada@reader.example --cadence monthly', notFound],
  ['subscribers set', 'ada@reader.example --topics Books', usage],
  ['subscribers set', 'ada@reader.example', usage],
  ['subscribers set', 'nobody@reader.example --resume', notFound],
  ['subscribers import', readers, usage],
  ['subscribers import', `${readers} --yes`, done],
  ['subscribers import', join(folder, 'none.csv'), notFound],
  ['subscribers import', file('names.csv', 'name\nAda\n'), failed],
  ['subscribers export', join(folder, 'all.csv'), done],
  ['subscribers export', join(folder, 'all.csv'), failed],
  ['subscribers export', '', usage],
  ['subscribers erase', 'nobody@reader.example', notFound],
  ['subscribers erase', 'cem@reader.example', usage],
  ['subscribers erase', 'cem@reader.example --yes', done],
  ['subscribers restore-erasures', '', done],
  ['subscribers restore-erasures', 'cem@reader.example', usage],
  ['redrive', '', done],
  ['redrive', '--queue nothing', notFound],
  ['redrive', '--queue queue', usage],
  ['rebuild', '--dry-run', done],
  ['rebuild', '', usage],
  ['keys rotate', '', usage],
  ['keys rotate', '--yes', done],
  ['export', join(folder, 'export'), done],
  ['export', join(folder, 'export'), usage],
  ['import', feed, usage],
  ['import', `${feed} --dry-run --report ${join(folder, 'report.csv')}`, done],
  ['import', join(folder, 'none.xml'), notFound],
  ['import', `${feed} --prefix ../up`, usage],
  ['init', join(folder, 'my-paper'), done],
  ['init', join(folder, 'my-paper'), usage],
  ['restore', '', usage],
  ['restore', '--yes', done],
  ['withdraw', 'story.md --yes', done],
  ['clock advance', '1h', done],
  ['clock advance', '1m', usage],
  ['clock advance', '1h --stack X', usage],
  ['completion', 'bash', done],
  ['completion', 'cmd', usage],
];

const silent = { environment: {}, out: () => {}, err: () => {}, outJson: () => {} };

const listCommands = (parent = createProgram(silent), path = ''): string[] =>
  parent.commands.flatMap((command) =>
    command.commands.length > 0 ? listCommands(command, `${path}${command.name()} `) : [`${path}${command.name()}`],
  );

/** They run other programs, or until they are stopped: they are tried with the package. */
const otherPrograms = ['start', 'deploy', 'synth'];

test.each(listCommands().filter((name) => !otherPrograms.includes(name)))(
  '%s is in the table with 0 and with another code',
  (name) => {
    const codes = table.flatMap(([each, , code]) => (each === name ? [code] : []));
    // The sample publication holds no issue for approval.
    if (!['issue edit', 'issue approve', 'issue discard'].includes(name)) expect(codes).toContain(done);
    expect(codes.some((code) => code !== done)).toBe(true);
  },
);

describe('on a running publication', () => {
  let local: LocalRunFixture;
  beforeAll(async () => {
    local = await startLocalRunFixture();
  });
  afterAll(async () => {
    await local?.close();
    rmSync(folder, { recursive: true });
  });

  test('with a reader', async () => {
    await local.subscribe('ada@reader.example');
  });

  test.each(table)('%s %s ends with %i', async (name, args, exitCode) => {
    const split = [...name.split(' '), ...args.split(' ').filter((arg) => arg !== '')];
    const at = args.includes('--stack') ? [] : ['--data', local.data];
    const run = await runSeedpress([...split, ...at]);
    expect(run.exitCode, run.err).toBe(exitCode);
    if (exitCode === usage || exitCode === notFound) expect(run.out).toBe('');
    if (exitCode !== done) expect(run.err).not.toBe('');
  });
});
