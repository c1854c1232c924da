import { expect, it } from 'vitest';
import { buildContext, runRefusedCdkApp } from './run-cdk-app.ts';

it('reports all mistakes in the settings at once, without a stack trace', async () => {
  const publication = { id: 'x', title: ' ', language: 'english!', timeZone: 'Europe/Atlantis', feedsize: 3 };
  const { status, stdout, stderr } = await runRefusedCdkApp({ publication });
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^The publication settings in cdk\.json have mistakes:\n( {2}publication[^\n]+\n)+$/);
  for (const name of ['title', 'language', 'timeZone', 'description', 'sender', 'postalAddress', 'digest']) {
    expect(stderr).toContain(`  publication.${name}: `);
  }
  expect(stderr).toContain('feedsize');
});

it('refuses a sender outside the domain of the hosted zone', async () => {
  const domain = { hostedZoneId: 'Z1', zoneName: 'gazette.example' };
  const { status, stderr } = await runRefusedCdkApp(buildContext({ domain }));
  expect(status).toBe(1);
  expect(stderr).toBe(
    'The publication settings in cdk.json have mistakes:\n' +
      '  publication.sender.email: must be an address of the domain whose hosted zone is given\n',
  );
});
