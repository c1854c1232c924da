import { expect, test } from 'vitest';
import { formatStartFailure } from '../../../infra/local/format-start-failure.ts';
import { type StartFlags, toStartOptions } from '../../../infra/local/start-options.ts';
import { runSeedpress } from '../cli/run-seedpress.ts';

const complete = (flags: StartFlags, environment: Record<string, string> = {}) =>
  toStartOptions(flags, environment, '/project');

test('defaults are within the project, and flags take precedence over the environment', () => {
  expect(complete({})).toEqual({
    data: '/project/.seedpress',
    seeds: '/project/seeds',
    sitePort: 8080,
    s3Port: 9000,
    inboxPort: 8025,
  });
  const environment = { SEEDPRESS_SITE_PORT: '1', SEEDPRESS_S3_PORT: '2' };
  expect(complete({}, environment)).toMatchObject({ sitePort: 1, s3Port: 2 });
  expect(complete({ port: '3', s3Port: '4', data: '/d', seeds: '/s' }, environment)).toEqual({
    data: '/d',
    seeds: '/s',
    sitePort: 3,
    s3Port: 4,
    inboxPort: 8025,
  });
});

test('SES is as in a new account, or as large as one likes, on demand', () => {
  expect(complete({ sesSandbox: true })).toMatchObject({ ses: { sandbox: true } });
  expect(complete({ sesRate: '50', sesQuota: '1000' })).toMatchObject({ ses: { perSecond: 50, perDay: 1000 } });
});

test('the help lists every option of a start', async () => {
  const { out, exitCode } = await runSeedpress(['start', '--help']);
  expect(exitCode).toBe(0);
  for (const flag of [
    '--seeds',
    '--site-port',
    '--s3-port',
    '--inbox-port',
    '--ses-sandbox',
    '--ses-rate',
    '--ses-quota',
  ])
    expect(out).toContain(flag);
});

test.each([
  [['--prot', '1'], "unknown option '--prot'"],
  [['--port', 'eighty'], 'A port is a number from 0 to 65535, not "eighty".'],
  [['--port', '70000'], 'A port is a number from 0 to 65535, not "70000".'],
  [['--port'], 'argument missing'],
  [['--ses-rate', '0'], '--ses-rate takes a whole number from 1, not "0".'],
  [['--ses-quota', 'all'], '--ses-quota takes a whole number from 1, not "all".'],
])('%j is refused with the way to do it', async (args, message) => {
  const { exitCode, err } = await runSeedpress(['start', ...args]);
  expect(exitCode).toBe(2);
  expect(err).toContain(message);
});

test('an error that is none of the user’s has a stack trace', () => {
  expect(formatStartFailure(new Error('a mistake of ours'))).toContain('start-options.test.ts');
});
