import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { connectLocal } from '../../../../infra/cli/connection/connect.ts';
import type { Connection } from '../../../../infra/cli/connection/connection.ts';
import { type RunningSes, startSes } from '../../../../infra/local/ses/start-ses.ts';
import { type LocalRunFixture, startLocalRunFixture } from '../../../journeys/local-run-fixture.ts';
import { createTestS3Client } from '../../local/s3/s3-fixture.ts';
import { runSeedpress } from '../run-seedpress.ts';
import { startStackFixture } from '../stack-fixture.ts';
import { type DnsZone, startDnsServer } from './start-dns-server.ts';
import { validSettings } from './valid-settings.ts';

const findings = z.array(
  z.object({ check: z.string(), level: z.string(), message: z.string(), action: z.string().optional() }),
);
const read = (out: string) => findings.parse(JSON.parse(out));
const findProblems = (out: string): string[] =>
  read(out)
    .filter(({ level }) => level === 'problem' || level === 'warning')
    .map(({ check, level }) => `${level} ${check}`);

let local: LocalRunFixture;
let connection: Connection;
beforeAll(async () => {
  local = await startLocalRunFixture();
  connection = await connectLocal(local.data);
});
afterAll(() => local?.close());

const put = (Bucket: string, Key: string, Body: string, ContentType = 'text/plain') =>
  createTestS3Client(local.servers.s3.endpoint).send(new PutObjectCommand({ Bucket, Key, Body, ContentType }));

describe('a local run', () => {
  const doctor = (...args: string[]) => runSeedpress(['doctor', '--data', local.data, ...args]);

  const expectOnSite = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await local.waitUntilPublished(`/${key}`);
    // Other documents of the same build are written later.
    await expect.poll(() => local.functions.isBusy()).toBe(false);
    // The site repeats for ten seconds that a page is missing.
    const { clock } = local.servers;
    clock.advanceTo(new Date(clock.now().getTime() + 11_000));
    for (const key of keys) expect((await fetch(`${local.site}/${key}`)).status, key).toBe(200);
  };

  test('without a home page: there is no site, which is said with what to do', async () => {
    await local.publish('First story', 'It begins.');
    await put(local.seedsBucket, 'pages/privacy.md', '# Privacy\n\nWhat we keep.\n');
    await expectOnSite('privacy');
    const s3 = createTestS3Client(local.servers.s3.endpoint);
    const index = { Bucket: connection.environment.SITE_BUCKET, Key: 'index.html' };
    const { Body } = await s3.send(new GetObjectCommand(index));
    const home = (await Body?.transformToString()) ?? '';
    await s3.send(new DeleteObjectCommand(index));
    const { exitCode, out, err } = await doctor();
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^problem +home page +http\S+ answers 404\.\n +→ Publish something; /m);
    expect(err).toContain('Something is wrong: home page.\n');
    await s3.send(new PutObjectCommand({ ...index, Body: home, ContentType: 'text/html; charset=utf-8' }));
  });

  test('in health: code 0, a line for each thing, and what cannot be checked here is not called well', async () => {
    await expectOnSite('index.html', 'rss.xml', 'atom.xml', 'feed.json');
    for (const reader of ['ada@reader.example', 'ben@reader.example']) await local.subscribe(reader);
    const { exitCode, out } = await doctor();
    expect(exitCode, out).toBe(0);
    expect(out).toMatch(/^ok +home page +http/m);
    expect(out).toMatch(/^ok +quota +A daily issue to 2 readers takes 1 s at 14 a second\.$/m);
    expect(out).toMatch(/^not checked +DKIM /m);
    expect(out).toMatch(/\n0 problems, 0 warnings, \d+ ok, 7 not checked\n$/);
  });

  test('with a refused seed: a warning, with what to do, and code 0', async () => {
    await put(local.seedsBucket, 'table.pdf', 'x');
    await expect.poll(async () => findProblems((await doctor('--json')).out)).toEqual(['warning rejections']);
    const { exitCode, out } = await doctor('--json');
    expect(exitCode).toBe(0);
    expect(read(out).find(({ check }) => check === 'rejections')?.action).toContain('npx seedpress rejections');
  });

  test('with dead letters and a pause: code 1, and each with its mending', async () => {
    const [queue] = local.plan.queues.filter(({ deadLetters }) => deadLetters);
    local.servers.queues.send(queue?.deadLetters?.queue ?? '', 'lost');
    await runSeedpress(['issue', 'hold', '--data', local.data, '--reason', 'a wrong picture']);
    const { exitCode, out, err } = await doctor();
    expect(exitCode).toBe(1);
    expect(err).toContain('Something is wrong: dead letters, pause.\n');
    expect(out).toContain(`→ See why in its function's log, then: npx seedpress redrive --queue ${queue?.name}.`);
    expect(out).toContain('a wrong picture.');
    await runSeedpress(['issue', 'resume', '--data', local.data, '--yes']);
    local.servers.queues.purge(queue?.deadLetters?.queue ?? '');
  });

  test('with a feed that breaks off: a problem, though a forgiving parser reads it', async () => {
    const { SITE_BUCKET = '' } = connection.environment;
    const whole = await (await fetch(`${local.site}/rss.xml`)).text();
    await put(SITE_BUCKET, 'rss.xml', whole.slice(0, -20), 'application/rss+xml');
    const { exitCode, out } = await doctor('--json');
    expect(exitCode).toBe(1);
    const found = read(out).find(({ check }) => check === 'RSS');
    expect(found).toMatchObject({ level: 'problem', action: 'Rebuild it: npx seedpress rebuild.' });
    await put(SITE_BUCKET, 'rss.xml', whole, 'application/rss+xml');
    expect(findProblems((await doctor('--json')).out)).toEqual(['warning rejections']);
  });

  test('what is no DNS server is wrong usage', async () => {
    expect(await doctor('--dns', 'dns.example')).toMatchObject({ exitCode: 2, out: '' });
  });
});

const identity = {
  IdentityType: 'DOMAIN',
  VerifiedForSendingStatus: true,
  VerificationStatus: 'SUCCESS',
  DkimAttributes: {
    SigningEnabled: true,
    Status: 'SUCCESS',
    SigningAttributesOrigin: 'AWS_SES',
    Tokens: ['one'],
  },
  MailFromAttributes: { MailFromDomain: 'bounce.gazette.example', MailFromDomainStatus: 'SUCCESS' },
};
const zone: DnsZone = {
  CNAME: { 'one._domainkey.gazette.example': 'one.dkim.amazonses.com' },
  MX: { 'bounce.gazette.example': 'feedback-smtp.us-east-1.amazonses.com' },
  TXT: {
    'bounce.gazette.example': ['v=spf1 include:amazonses.com ~all'],
    '_dmarc.gazette.example': ['v=DMARC1; p=none'],
  },
};

interface StackFaults {
  readonly publication?: object;
  readonly site?: string;
  readonly zone?: DnsZone;
  readonly ses?: Parameters<typeof startSes>[0];
  /** Where SES is said to be. */
  readonly mailer?: string;
  readonly subscriptions?: readonly string[];
}

/**
 * The local run's data as a stack's: its settings, mailer, DNS and alarms are a deployed one's, in health but for what
 * a test says.
 */
const startDeployedStack = async (ill: StackFaults = {}) => {
  const ses: RunningSes = await startSes(ill.ses ?? { account: { identities: { 'gazette.example': identity } } });
  const dns = await startDnsServer(ill.zone ?? zone);
  const { AWS_ENDPOINT_URL_SESV2: _, ...variables } = connection.environment;
  const stack = await startStackFixture({
    stackName: 'Gazette',
    variables: {
      ...variables,
      PUBLICATION: JSON.stringify({ ...validSettings, ...ill.publication }),
      SITE_ADDRESS: ill.site ?? local.site,
    },
    queues: connection.queues.map(({ url }) => url),
    subscriptions: ill.subscriptions ?? ['arn:aws:sns:us-east-1:000000000000:alarms:1'],
    services: { ...local.servers.environment, AWS_ENDPOINT_URL_SESV2: ill.mailer ?? ses.endpoint },
  });
  onTestFinished(async () => {
    await Promise.all([stack.close(), ses.close(), dns.close()]);
  });
  return (...args: string[]) => stack.run(['doctor', '--stack', 'Gazette', '--dns', dns.server, ...args]);
};

describe('a deployed stack', () => {
  test('in health: its alarms, identity and records are looked at, and well', async () => {
    const doctor = await startDeployedStack();
    const { exitCode, out, err } = await doctor('--json');
    expect(err).toBe('The stack Gazette on AWS\n');
    expect(exitCode).toBe(0);
    expect(findProblems(out)).toEqual(['warning rejections']);
    expect(read(out).map(({ level }) => level)).not.toContain('not checked');
  });

  test('new on AWS: sandbox, no domain, alarms unconfirmed; and no address is told', async () => {
    const unverified = { IdentityType: 'EMAIL_ADDRESS', VerifiedForSendingStatus: false };
    const identities = { 'editor@gazette.example': unverified };
    const doctor = await startDeployedStack({
      ses: { account: { sandbox: true, identities } },
      zone: {},
      subscriptions: ['PendingConfirmation'],
    });
    const { exitCode, out } = await doctor('--json');
    expect(exitCode).toBe(1);
    expect(findProblems(out)).toEqual([
      ...['warning rejections', 'problem sandbox', 'problem sender', 'warning DKIM', 'warning MAIL FROM'],
      ...['problem DMARC', 'problem alarms'],
    ]);
    expect(out).not.toContain('editor@');
  });

  test('with records that lead elsewhere, a small quota and an hour that is skipped in spring', async () => {
    const doctor = await startDeployedStack({
      publication: { timeZone: 'Europe/Berlin', digest: { daily: { hour: 2 } } },
      zone: { ...zone, CNAME: { 'one._domainkey.gazette.example': 'elsewhere.example' } },
      ses: { account: { identities: { 'gazette.example': identity } }, quota: { perDay: 1 } },
    });
    const { exitCode, out } = await doctor();
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^warning +daily schedule +02:00 on Sunday \d+ March \d{4} does not exist: /m);
    expect(out).toMatch(/^problem +DKIM +one\._domainkey\.gazette\.example points to elsewhere\.example\.$/m);
    expect(out).toMatch(/^ +→ Make it a CNAME of one\.dkim\.amazonses\.com\.$/m);
    expect(out).toMatch(/^problem +quota +A daily issue to 2 readers takes 1 s at 14 a second, and spreads over 2/m);
  });

  test('whose site is away', async () => {
    const doctor = await startDeployedStack({ site: 'http://127.0.0.1:9' });
    const { exitCode, out } = await doctor('--json');
    expect(exitCode).toBe(1);
    expect(findProblems(out)).toEqual([
      ...['warning address', 'problem home page', 'problem RSS', 'problem Atom', 'problem JSON Feed'],
      'warning rejections',
    ]);
  });

  test('whose mailer does not answer: that is told, and the rest is looked at', async () => {
    const doctor = await startDeployedStack({ mailer: 'http://127.0.0.1:9' });
    const { exitCode, out } = await doctor('--json');
    expect(exitCode).toBe(1);
    expect(findProblems(out)).toEqual(['warning rejections', 'problem mail']);
    expect(read(out).find(({ check }) => check === 'mail')?.message).toMatch(/^The check failed: .+/);
    expect(read(out).at(-1)).toMatchObject({ check: 'alarms', level: 'ok' });
  });

  test('that is not there is told in a sentence, with code 3', async () => {
    const stack = await startStackFixture({
      stackName: 'Gazette',
      variables: {},
      queues: [],
      subscriptions: [],
      services: {},
    });
    onTestFinished(stack.close);
    expect(await stack.run(['doctor', '--stack', 'Other'])).toEqual({
      exitCode: 3,
      out: '',
      err: 'There is no stack Other in this account and region. Name another with --stack, or start a local run with npm start.\n',
    });
  });
});
