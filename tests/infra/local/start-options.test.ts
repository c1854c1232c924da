import { expect, test } from 'vitest';
import { toCommandFailure } from '../../../infra/local/command-failure.ts';
import { parseStartOptions, UsageError } from '../../../infra/local/start-options.ts';

const read = (args: string[], environment: Record<string, string> = {}) =>
  parseStartOptions(args, environment, '/project');

test('defaults are within the project, and flags take precedence over the environment', () => {
  expect(read([])).toEqual({
    data: '/project/.seedpress',
    seeds: '/project/seeds',
    sitePort: 8080,
    s3Port: 9000,
    inboxPort: 8025,
  });
  const environment = { SEEDPRESS_SITE_PORT: '1', SEEDPRESS_S3_PORT: '2' };
  expect(read([], environment)).toMatchObject({ sitePort: 1, s3Port: 2 });
  expect(read(['--port', '3', '--s3-port', '4', '--data', '/d', '--seeds', '/s'], environment)).toEqual({
    data: '/d',
    seeds: '/s',
    sitePort: 3,
    s3Port: 4,
    inboxPort: 8025,
  });
  expect(read(['--help'])).toEqual({ help: expect.stringContaining('--site-port') });
});

test('SES is as in a new account, or as large as one likes, on demand', () => {
  expect(read(['--ses-sandbox'])).toMatchObject({ ses: { sandbox: true } });
  expect(read(['--ses-rate', '50', '--ses-quota', '1000'])).toMatchObject({ ses: { perSecond: 50, perDay: 1000 } });
});

test.each([
  [['--prot', '1']],
  [['--port', 'eighty']],
  [['--port', '70000']],
  [['--port']],
  [['--ses-rate', '0']],
  [['--ses-quota', 'all']],
])('%j is refused with the way to do it', (args) => {
  expect(() => read(args)).toThrow(UsageError);
});

test('an error that the user can correct has no stack trace, and a usage error has exit code 2', () => {
  expect(toCommandFailure(new UsageError('what?'))).toEqual({ message: 'what?', exitCode: 2 });
  expect(toCommandFailure(new Error('a mistake of ours')).message).toContain('start-options.test.ts');
});
