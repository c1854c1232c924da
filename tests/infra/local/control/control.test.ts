import { statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listen, PortInUseError } from '../../../../infra/local/base/http-server.ts';
import { UsageError } from '../../../../infra/local/base/usage-error.ts';
import { toCommandFailure, toPortFailure } from '../../../../infra/local/command-failure.ts';
import { readControlFile, writeControlFile } from '../../../../infra/local/control/control-file.ts';
import { parseLocalArguments } from '../../../../infra/local/control/parse-local-arguments.ts';
import { sendLocalCommand } from '../../../../infra/local/control/send-local-command.ts';
import { createTemporaryFolder } from '../create-function-plan.ts';

const read = (...args: string[]) => parseLocalArguments(args, '/project');

test('commands are read from the command line', () => {
  const data = '/project/.seedpress';
  expect(read('issue', 'daily')).toEqual({ data, command: { do: 'issue', cadence: 'daily' } });
  expect(read('issue', 'weekly', '--at', '2026-12-01T07:00', '--data', '/d')).toEqual({
    data: '/d',
    command: { do: 'issue', cadence: 'weekly', at: '2026-12-01T07:00' },
  });
  expect(read('weeks', '4')).toEqual({ data, command: { do: 'weeks', weeks: 4 } });
  expect(read('status')).toEqual({ data, command: { do: 'status' } });
  expect(read('--help')).toEqual({ help: expect.stringContaining('issue daily|weekly') });
});

test.each([
  [[]],
  [['issue']],
  [['issue', 'hourly']],
  [['issue', 'daily', 'now']],
  [['weeks', '0']],
  [['weeks', '1.5']],
  [['status', 'all']],
  [['status', '--at', 'noon']],
  [['compose']],
  [['issue', 'daily', '--on', 'x']],
])('%j is refused with the way to do it, and code 2', (args) => {
  expect(() => parseLocalArguments(args, '/project')).toThrow(UsageError);
  expect(() => parseLocalArguments(args, '/project')).toThrow('npm run local --');
});

test('that nothing is running is told plainly, also where a killed run left its file', async () => {
  const data = createTemporaryFolder();
  const ask = () => sendLocalCommand(data, { do: 'status' }, () => {});
  await expect(ask()).rejects.toThrow(`not running on ${data}`);
  const gone = await listen(createServer(), 0);
  writeControlFile(data, { endpoint: gone.endpoint, token: 'x' });
  await gone.close();
  await expect(ask()).rejects.toThrow(`not running on ${data}`);
  const failure = await ask().catch(toCommandFailure);
  expect(failure).toEqual({ message: expect.stringContaining('npm start'), exitCode: 1 });
});

test('the file with the word that opens is for its owner alone', () => {
  const data = createTemporaryFolder();
  writeControlFile(data, { endpoint: 'http://127.0.0.1:1', token: 'word' });
  expect(statSync(join(data, 'control.json')).mode & 0o777).toBe(0o600);
  expect(readControlFile(data)).toEqual({ endpoint: 'http://127.0.0.1:1', token: 'word' });
});

test('where ports are taken, free ones are suggested for all of them', async () => {
  const taken = await Promise.all([listen(createServer(), 0), listen(createServer(), 0)]);
  onTestFinished(async () => {
    for (const server of taken) await server.close();
  });
  const [site = 0, s3 = 0] = taken.map(({ port }) => port);
  const wanted = { 'site-port': site, 's3-port': s3, 'inbox-port': 0 };
  const { message, exitCode } = await toPortFailure(new PortInUseError(site), wanted);
  expect(exitCode).toBe(1);
  expect(message).toContain(`Ports ${site} and ${s3} are taken by another program.`);
  const suggested = [...message.matchAll(/--(?:site|s3)-port (\d+)/g)].map(([, port]) => Number(port));
  expect(suggested).toHaveLength(2);
  for (const port of suggested) {
    expect([site, s3, 0]).not.toContain(port);
    await (await listen(createServer(), port)).close();
  }
  expect(message).not.toContain('--inbox-port');
});
