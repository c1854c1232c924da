import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runSeedpress } from './run-seedpress.ts';

const folder = mkdtempSync(join(tmpdir(), 'seedpress-completion-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What each shell offers for a command line whose last word is being typed. */
const completeIn = {
  bash: (script: string, line: readonly string[]): string =>
    `source ${script}; COMP_WORDS=(${line.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${line.length - 1}; _seedpress; printf '%s\\n' "\${COMPREPLY[@]}"`,
  zsh: (script: string, line: readonly string[]): string =>
    `compdef() { : }; _default() { : }; _describe() { print -l -- "\${(@P)2}" }; source ${script}; words=(${line.map((word) => `'${word}'`).join(' ')}); CURRENT=$#words; _seedpress`,
  fish: (script: string, line: readonly string[]): string => `source ${script}; complete -C '${line.join(' ')}'`,
} as const;

describe.each(['bash', 'zsh', 'fish'] as const)('in %s', (shell) => {
  const isInstalled = spawnSync(shell, ['-c', 'true']).status === 0;
  const complete = async (...line: string[]): Promise<string[]> => {
    const script = join(folder, `completion.${shell}`);
    const { exitCode, out } = await runSeedpress(['completion', shell]);
    expect(exitCode).toBe(0);
    writeFileSync(script, out);
    const noRcFiles = { bash: ['--norc'], zsh: ['-f'], fish: ['-N'] }[shell];
    const { stdout, stderr } = spawnSync(shell, [...noRcFiles, '-c', completeIn[shell](script, line)], {
      encoding: 'utf8',
      cwd: folder,
    });
    expect(stderr).toBe('');
    return stdout
      .split('\n')
      .flatMap((offer) => /^[\w-]+/.exec(offer) ?? [])
      .toSorted();
  };

  test.skipIf(!isInstalled)(`commands, options and their values are completed (needs ${shell})`, async () => {
    expect(await complete('seedpress', 'stat')).toContain('status');
    expect(await complete('npx', 'seedpress', 'issue', '')).toEqual(
      expect.arrayContaining(['approve', 'compose', 'discard', 'hold', 'preview', 'resume']),
    );
    expect(await complete('seedpress', '--data', 'folder', 'issue', 'compose', 'd')).toContain('daily');
    expect(await complete('seedpress', 'issue', 'compose', '--')).toEqual(
      expect.arrayContaining(['--at', '--data', '--yes']),
    );
    expect(await complete('seedpress', 'issues', '--cadence', '')).toEqual([
      'daily',
      'immediately',
      'monthly',
      'weekly',
    ]);
    expect(await complete('npx', 'another', 'stat')).not.toContain('status');
  });
});

test('another shell is wrong usage', async () => {
  expect(await runSeedpress(['completion', 'cmd'])).toMatchObject({ exitCode: 2, out: '' });
});
