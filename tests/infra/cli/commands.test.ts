import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProgram } from '../../../infra/cli/program/create-program.ts';
import { type LocalRunFixture, startLocalRunFixture } from '../../journeys/local-run-fixture.ts';
import { runSeedpress } from './run-seedpress.ts';

interface Named {
  /** Such as `issue compose`. */
  readonly name: string;
  readonly command: Command;
}

const silent = { environment: {}, out: () => undefined, err: () => undefined, outJson: () => undefined };

const commandsIn = (parent: Command, names: readonly string[] = []): Named[] =>
  parent.commands.flatMap((command) => {
    const path = [...names, command.name()];
    return [{ name: path.join(' '), command }, ...commandsIn(command, path)];
  });

const all = commandsIn(createProgram(silent));
/** `articles` lists them, and has `articles show`. */
const isLeaf = ({ name, command }: Named): boolean => command.commands.length === 0 || name === 'articles';
const leaves = all.filter(isLeaf);
const groups = all.filter((each) => !isLeaf(each));

/** The first example in a command's help, as arguments without `npx seedpress`. */
const exampleIn = (help: string): string[] => {
  const [, line = ''] = /\nExamples?:\n {2}npx seedpress ([^\n]+)/.exec(help) ?? [];
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');
};

test('there are commands, some in groups', () => {
  expect(leaves.map(({ name }) => name)).toEqual(expect.arrayContaining(['status', 'doctor', 'issue compose']));
  expect(groups.map(({ name }) => name)).toEqual(expect.arrayContaining(['issue', 'subscribers']));
});

describe.each(all)('$name', ({ name, command }) => {
  const path = name.split(' ');

  test('says what it does, and its help has an example of itself', async () => {
    expect(command.description()).toMatch(/^\S.{20,}$/);
    const { exitCode, out, err } = await runSeedpress([...path, '--help']);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(exampleIn(out).slice(0, path.length)).toEqual(path);
  });

  test('calls an unknown option wrong usage', async () => {
    const { exitCode, out, err } = await runSeedpress([...path, '--frobnicate']);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).not.toBe('');
  });

  test('says of every option what it is for', () => {
    for (const option of command.options) expect(option.description, option.flags).not.toBe('');
  });
});

test.each(groups)('$name alone is wrong usage: it says what can follow', async ({ name }) => {
  const { exitCode, out, err } = await runSeedpress(name.split(' '));
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  expect(err).toContain('Commands:');
});

describe('on a running publication', () => {
  let local: LocalRunFixture;
  const before = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'seedpress-examples-'));
  /** What had something to do there. */
  const done: string[] = [];
  beforeAll(async () => {
    local = await startLocalRunFixture();
    // Examples name files in the folder that one stands in, and beside it.
    mkdirSync(join(folder, 'here'));
    process.chdir(join(folder, 'here'));
  });
  afterAll(async () => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
    await local?.close();
  });

  test('with an article and a reader', async () => {
    await local.publish('First story', 'It begins.');
    await local.subscribe('ada@reader.example');
  });

  // These start processes of their own, and are tried with the package.
  const isForAnyPublication = ({ name }: Named): boolean => !['start', 'deploy', 'synth'].includes(name);
  test.each(leaves.filter(isForAnyPublication))(
    '$name takes its own example, and with --json prints one JSON document',
    async ({ name }) => {
      const example = exampleIn((await runSeedpress([...name.split(' '), '--help'])).out);
      // Nothing else that asks may change what the other examples need.
      const confirmed = name === 'issue compose' ? ['--yes'] : [];
      const { exitCode, out, err } = await runSeedpress([...example, ...confirmed, '--json', '--data', local.data]);
      if (exitCode === 0 || out !== '') expect(JSON.parse(out)).toBeDefined();
      if (exitCode === 0) done.push(name);
      // Understood, but not to be done here: nothing is of that name, or nobody is there to say yes.
      else expect(err).toMatch(exitCode === 2 ? /--yes/ : /\S/);
    },
  );

  test('most examples had something to do', () => {
    const wanted = [
      ...['articles', 'cost', 'doctor', 'issue preview', 'issue compose', 'issue hold', 'issue resume'],
      ...['issues', 'status', 'subscribers list', 'subscribers show', 'subscribers export', 'export'],
    ];
    expect(done).toEqual(expect.arrayContaining(wanted));
  });
});
