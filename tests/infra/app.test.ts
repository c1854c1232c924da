import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkDeployment } from '../../infra/check-deployment.ts';
import { serve } from '../../infra/local/base/http-server.ts';
import { parseStage } from '../../infra/stage.ts';
import { buildContext, runCdkApp, runRefusedCdkApp } from './run-cdk-app.ts';
import { synthesizeStack } from './synthesize-stack.ts';

it('reports all mistakes in the settings at once, without a stack trace', async () => {
  const publication = { id: 'x', title: ' ', language: 'english!', timeZone: 'Europe/Atlantis', feedsize: 3 };
  const { status, stdout, stderr } = await runRefusedCdkApp({ publication });
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^The settings of the publication have mistakes:\n( {2}publication[^\n]+\n)+$/);
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
    'The settings of the publication have mistakes:\n' +
      '  publication.sender.email: must be an address of the domain whose hosted zone is given\n',
  );
});

describe('with credentials for an account', () => {
  const own = {
    id: 'gazette',
    sender: { name: 'Gazette', email: 'editor@gazette.example' },
    postalAddress: 'Gazette, 5 Mole Road, Porto',
  };
  const parse = (changes: Readonly<Record<string, unknown>>) => parseStage(buildContext(changes));

  /** CloudFormation with one stack, or none. */
  const serveStack = async (publicationId?: string): Promise<CloudFormationClient> => {
    const server = await serve(async (_request, response) => {
      const tag = `<Tags><member><Key>seedpress:publication</Key><Value>${publicationId}</Value></member></Tags>`;
      const found = `<DescribeStacksResponse><DescribeStacksResult><Stacks><member>${tag}</member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
      const missing =
        '<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack with id Seedpress does not exist</Message></Error></ErrorResponse>';
      response.writeHead(publicationId === undefined ? 400 : 200, { 'content-type': 'text/xml' });
      response.end(publicationId === undefined ? missing : found);
    }, 0);
    onTestFinished(server.close);
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    return new CloudFormationClient({ endpoint: server.endpoint, region: 'eu-west-1', credentials });
  };

  it.each([
    ['nothing of its own', {}, 'id, sender.email, postalAddress'],
    ['only an id of its own', { id: 'gazette' }, 'sender.email, postalAddress'],
    ['the id of the sample', { ...own, id: 'harbour-gazette' }, 'id'],
  ])('refuses to deploy the sample with %s', async (_, changes, named) => {
    await expect(checkDeployment(parse(changes), await serveStack())).rejects.toThrow(
      `are still those of the sample publication: ${named}.`,
    );
  });

  it('refuses to deploy over the stack of another publication', async () => {
    await expect(checkDeployment(parse(own), await serveStack('other'))).rejects.toThrow(
      'The stack Seedpress in this account and region belongs to the publication "other", not to "gazette".',
    );
  });

  it('deploys a first time, and again', async () => {
    await checkDeployment(parse(own), await serveStack());
    await checkDeployment(parse(own), await serveStack('gazette'));
    expect((await synthesizeStack(own)).stackTags).toEqual({ 'seedpress:publication': 'gazette' });
  });

  it('looks before it synthesizes', async () => {
    const outdir = await mkdtemp(join(tmpdir(), 'seedpress-refused-'));
    onTestFinished(() => rm(outdir, { recursive: true }));
    const { status, stderr } = await runCdkApp(outdir, buildContext({}), 'eu-west-1', '123456789012');
    expect(status).toBe(1);
    expect(stderr).toContain('are still those of the sample publication');
  });
});

it.each(['a,b', 'é'.repeat(129), '-x', 'a*b'])('refuses the id %s, which no tag may have', (id) => {
  expect(() => parseStage(buildContext({ id }))).toThrow('publication.id: must be a short name that never changes');
});
