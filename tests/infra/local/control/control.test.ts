import { statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listen, PortInUseError } from '../../../../infra/local/base/http-server.ts';
import { readControlFile, writeControlFile } from '../../../../infra/local/control/control-file.ts';
import { sendControlRequest } from '../../../../infra/local/control/send-control-request.ts';
import { formatPortFailure } from '../../../../infra/local/format-start-failure.ts';
import { runSeedpress } from '../../cli/run-seedpress.ts';
import { createTemporaryFolder } from '../create-function-plan.ts';

test.each([
  [[]],
  [['issue']],
  [['issue', 'compose']],
  [['issue', 'compose', 'hourly']],
  [['issue', 'compose', 'daily', 'now']],
  [['clock', 'advance', '0w']],
  [['clock', 'advance', '1.5w']],
  [['clock', 'advance', '53w']],
  [['status', 'all']],
  [['status', '--at', 'noon']],
  [['compose']],
  [['issue', 'compose', 'daily', '--on', 'x']],
])('%j is refused with code 2', async (args) => {
  const { exitCode, out, err } = await runSeedpress(args);
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  expect(err).not.toBe('');
});

test('says plainly that no local run is running, also where a killed run left its file', async () => {
  const data = createTemporaryFolder();
  const ask = () => sendControlRequest(data, { action: 'describe' });
  await expect(ask()).rejects.toThrow(`not running on ${data}`);
  const gone = await listen(createServer(), 0);
  writeControlFile(data, { endpoint: gone.endpoint, token: 'x' });
  await gone.close();
  await expect(ask()).rejects.toThrow(`not running on ${data}`);
  expect(await runSeedpress(['clock', 'advance', '4w', '--data', data])).toEqual({
    exitCode: 1,
    out: '',
    err: expect.stringContaining('npm start'),
  });
});

test('the file with the token is for its owner alone', () => {
  const data = createTemporaryFolder();
  writeControlFile(data, { endpoint: 'http://127.0.0.1:1', token: 'word' });
  expect(statSync(join(data, 'control.json')).mode & 0o777).toBe(0o600);
  expect(readControlFile(data)).toEqual({ endpoint: 'http://127.0.0.1:1', token: 'word' });
});

test('free ports are suggested for all ports in use', async () => {
  const taken = await Promise.all([listen(createServer(), 0), listen(createServer(), 0)]);
  onTestFinished(async () => {
    for (const server of taken) await server.close();
  });
  const [site = 0, s3 = 0] = taken.map(({ port }) => port);
  const wanted = { 'site-port': site, 's3-port': s3, 'inbox-port': 0 };
  const message = await formatPortFailure(new PortInUseError(site), wanted);
  expect(message).toContain(`Ports ${site} and ${s3} are taken by another program.`);
  const suggested = [...message.matchAll(/--(?:site|s3)-port (\d+)/g)].map(([, port]) => Number(port));
  expect(suggested).toHaveLength(2);
  for (const port of suggested) {
    expect([site, s3, 0]).not.toContain(port);
    await (await listen(createServer(), port)).close();
  }
  expect(message).not.toContain('--inbox-port');
});
