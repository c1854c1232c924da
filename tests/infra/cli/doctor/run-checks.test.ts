import { SESv2Client } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parsePublication } from '../../../../functions/core/publication.ts';
import type { DoctorFinding } from '../../../../infra/cli/doctor/doctor-finding.ts';
import { type DoctorInput, runChecks } from '../../../../infra/cli/doctor/run-checks.ts';
import { type RunningSes, startSes } from '../../../../infra/local/ses/start-ses.ts';
import { type DnsZone, startDnsServer } from './start-dns-server.ts';
import { type ServedPage, startPageServer } from './start-page-server.ts';
import { validSettings } from './valid-settings.ts';

const newest = 'urn:uuid:0d1b8a4c-0000-5000-8000-000000000001';
const long = 'tide '.repeat(400);

const buildPages = (site: string, id = newest): Record<string, ServedPage> => ({
  '/': { type: 'text/html; charset=utf-8', body: '<!doctype html><title>Gazette</title>' },
  '/rss.xml': {
    type: 'application/rss+xml; charset=utf-8',
    body: `<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Gazette</title><link>${site}/</link><description>${long}</description><atom:link rel="self" href="${site}/rss.xml"/><item><guid isPermaLink="false">${id}</guid><title>Tide</title></item></channel></rss>`,
  },
  '/atom.xml': {
    type: 'application/atom+xml; charset=utf-8',
    body: `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x</id><title>Gazette</title><updated>2026-11-24T07:00:00Z</updated><link rel="self" href="${site}/atom.xml"/><entry><id>${id}</id><title>Tide</title><updated>2026-11-24T07:00:00Z</updated></entry></feed>`,
  },
  '/feed.json': {
    type: 'application/feed+json; charset=utf-8',
    body: JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Gazette',
      feed_url: `${site}/feed.json`,
      items: [{ id, content_text: long }],
    }),
  },
});

const identity = {
  IdentityType: 'DOMAIN',
  VerifiedForSendingStatus: true,
  VerificationStatus: 'SUCCESS',
  DkimAttributes: {
    SigningEnabled: true,
    Status: 'SUCCESS',
    SigningAttributesOrigin: 'AWS_SES',
    Tokens: ['one', 'two'],
  },
  MailFromAttributes: {
    MailFromDomain: 'bounce.gazette.example',
    MailFromDomainStatus: 'SUCCESS',
    BehaviorOnMxFailure: 'USE_DEFAULT_VALUE',
  },
};

const zone: DnsZone = {
  CNAME: {
    'one._domainkey.gazette.example': 'one.dkim.amazonses.com',
    'two._domainkey.gazette.example': 'two.dkim.amazonses.com',
  },
  MX: { 'bounce.gazette.example': 'feedback-smtp.eu-west-1.amazonses.com' },
  TXT: {
    'bounce.gazette.example': ['v=spf1 include:amazonses.com ~all'],
    '_dmarc.gazette.example': ['v=DMARC1; p=none'],
  },
};

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const createSesClient = ({ endpoint }: RunningSes) => new SESv2Client({ endpoint, region: 'us-east-1', credentials });

/** Whatever a test starts is closed when it is done. */
const started: (() => Promise<unknown> | undefined)[] = [];
afterAll(async () => {
  for (const close of started) await close();
});

interface InputFaults {
  readonly zone?: DnsZone;
  readonly identities?: Readonly<Record<string, object>>;
  readonly sandbox?: boolean;
  readonly pages?: (site: string) => Record<string, ServedPage>;
}

const privacyPage = {
  name: 'privacy',
  menu: 'footer',
  title: 'Privacy',
  path: '/privacy',
  updated: '2026-11-24T07:00:00Z',
} as const;

/** A publication in the best of health but for what a test says. */
const createDoctorInput = async (ill: InputFaults = {}): Promise<DoctorInput> => {
  const ses = await startSes({
    account: { sandbox: ill.sandbox ?? false, identities: ill.identities ?? { 'gazette.example': identity } },
  });
  const dns = await startDnsServer(ill.zone ?? zone);
  const server = await startPageServer(ill.pages ?? buildPages);
  started.push(ses.close, dns.close, server.close);
  return {
    publication: parsePublication({ ...validSettings, site: server.site }),
    isLocal: false,
    now: new Date('2026-11-24T12:00:00Z'),
    ses: createSesClient(ses),
    resolver: dns.resolver,
    fetch,
    site: server.site,
    configurationSet: 'set',
    builtForSite: server.site,
    pages: [privacyPage],
    newestArticleId: newest,
    paused: undefined,
    subscribers: { immediately: 0, daily: 100, weekly: 10, monthly: 0 },
    readersOfFormerTopics: 0,
    rejections: 0,
    deadLetters: [{ queue: 'uploads', count: 0 }],
    readAlarmTopic: async () => ({ subscriptions: ['arn:aws:sns:us-east-1:1:topic:1'], policy: topicPolicy }),
  };
};

const topicPolicy = JSON.stringify({
  Statement: [
    { Effect: 'Deny', Principal: '*', Action: 'sns:Publish' },
    { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish' },
  ],
});

const findProblems = (found: readonly DoctorFinding[]): string[] =>
  found.filter(({ level }) => level !== 'ok').map(({ check, level, message }) => `${level} ${check}: ${message}`);

describe('a deployed publication', () => {
  test('in health: everything is looked at, and well', async () => {
    const found = await runChecks(await createDoctorInput());
    expect(findProblems(found)).toEqual([]);
    expect(found.map(({ check }) => check)).toEqual([
      ...['address', 'home page', 'RSS', 'Atom', 'JSON Feed', 'privacy page', 'rejections'],
      'dead letters',
      ...['daily schedule', 'weekly schedule', 'pause', 'sandbox', 'sending', 'sender', 'DKIM', 'MAIL FROM'],
      ...['DMARC', 'DMARC alignment', 'quota', 'quota', 'events', 'alarms'],
    ]);
  });

  test('fresh from the box: sandbox, no domain, nobody hears of alarms', async () => {
    const address = { IdentityType: 'EMAIL_ADDRESS', VerifiedForSendingStatus: false };
    const identities = { 'editor@gazette.example': address };
    const patient = await createDoctorInput({ sandbox: true, identities, zone: {} });
    const found = await runChecks({
      ...patient,
      readAlarmTopic: async () => ({ subscriptions: ['PendingConfirmation'], policy: topicPolicy }),
    });
    expect(findProblems(found).map((line) => line.replace(/:.*/, ''))).toEqual([
      ...['problem sandbox', 'problem sender', 'warning DKIM', 'warning MAIL FROM', 'problem DMARC', 'problem alarms'],
    ]);
    expect(JSON.stringify(found)).not.toContain('editor@');
  });

  test.each([
    ['only refuses', [{ Effect: 'Deny', Principal: '*', Action: 'sns:Publish' }]],
    ['names another service', [{ Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'SNS:Publish' }]],
    [
      'allows CloudWatch something else',
      [{ Effect: 'Allow', Principal: { Service: ['cloudwatch.amazonaws.com'] }, Action: ['sns:Subscribe'] }],
    ],
  ])('whose topic of alarms has a policy that %s', async (_, Statement) => {
    const readAlarmTopic = async () => ({
      subscriptions: ['arn:aws:sns:us-east-1:1:topic:1'],
      policy: JSON.stringify({ Statement }),
    });
    const found = await runChecks({ ...(await createDoctorInput()), readAlarmTopic });
    expect(findProblems(found)).toEqual([
      'problem alarms: CloudWatch may not publish to the topic of alarms, so no alarm arrives.',
    ]);
  });

  test('without a privacy page', async () => {
    const found = await runChecks({ ...(await createDoctorInput()), pages: [{ ...privacyPage, name: 'about' }] });
    expect(findProblems(found)).toEqual(['warning privacy page: The sign-up form has no privacy page.']);
  });

  test('whose DNS lost its records', async () => {
    const lost: DnsZone = {
      CNAME: { 'one._domainkey.gazette.example': 'elsewhere.example' },
      TXT: { 'bounce.gazette.example': ['v=spf1 -all'], '_dmarc.gazette.example': ['v=DMARC1; p=none'] },
    };
    expect(findProblems(await runChecks(await createDoctorInput({ zone: lost })))).toEqual([
      'problem DKIM: one._domainkey.gazette.example points to elsewhere.example.',
      'problem DKIM: two._domainkey.gazette.example is missing from DNS.',
      'problem MAIL FROM: bounce.gazette.example has no MX record that names SES.',
      'problem SPF: bounce.gazette.example has no SPF record that names SES.',
    ]);
  });

  test('whose signing is pending', async () => {
    const pending = {
      ...identity,
      VerifiedForSendingStatus: false,
      DkimAttributes: { ...identity.DkimAttributes, Status: 'PENDING' },
      MailFromAttributes: { ...identity.MailFromAttributes, MailFromDomainStatus: 'PENDING' },
    };
    const found = await runChecks(await createDoctorInput({ identities: { 'gazette.example': pending } }));
    expect(findProblems(found).map((line) => line.replace(/:.*/, ''))).toEqual([
      ...['problem sender', 'problem DKIM', 'problem MAIL FROM', 'problem DMARC alignment'],
    ]);
  });

  test('whose DNS does not answer is not called ill for it', async () => {
    const patient = await createDoctorInput();
    const { resolver, close } = await startDnsServer(zone);
    await close();
    const found = findProblems(await runChecks({ ...patient, resolver }));
    expect(found.map((line) => line.replace(/:.*/, ''))).toEqual(['warning DKIM', 'warning DMARC']);
  });

  test('whose feeds are stale, bare, of another type or another address', async () => {
    const pages = (site: string) => {
      const well = buildPages('https://old.example', 'urn:other');
      return {
        ...buildPages(site),
        '/rss.xml': {
          ...buildPages(site, 'urn:other')['/rss.xml'],
          type: 'text/xml',
          isBare: true,
          body: buildPages(site, 'urn:other')['/rss.xml']?.body ?? '',
        },
        '/atom.xml': { type: 'application/atom+xml', body: well['/atom.xml']?.body ?? '' },
        '/feed.json': { type: 'application/feed+json', body: '<html>Sorry</html>' },
      };
    };
    const found = await runChecks(await createDoctorInput({ pages }));
    const of = (check: string) =>
      found
        .filter((one) => one.check === check)
        .map(({ message }) => message.replace(/http:\/\/127\.0\.0\.1:\d+/g, ''));
    expect(of('RSS')).toEqual([
      '/rss.xml is served as text/xml, not as application/rss+xml.',
      '/rss.xml has no ETag.',
      '/rss.xml is not compressed.',
      '/rss.xml does not have the latest article.',
    ]);
    expect(of('Atom')).toEqual([
      '/atom.xml states https://old.example/atom.xml as its own address.',
      '/atom.xml does not have the latest article.',
    ]);
    expect(of('JSON Feed')[0]).toMatch(/^Feed readers cannot read \/feed\.json: /);
  });

  test('whose site is away, or empty', async () => {
    const away = findProblems(await runChecks({ ...(await createDoctorInput()), site: 'http://127.0.0.1:9' }));
    expect(away.filter((line) => line.includes('cannot be reached'))).toHaveLength(4);
    const empty = await runChecks(await createDoctorInput({ pages: () => ({}) }));
    expect(findProblems(empty).filter((line) => line.includes('answers 404'))).toHaveLength(4);
  });

  test('that mails by another provider: SES is not asked', async () => {
    const patient = await createDoctorInput({ sandbox: true, identities: {} });
    const publication = parsePublication({ ...validSettings, newsletter: { mailer: 'smtp' } });
    const found = await runChecks({ ...patient, publication, builtForSite: patient.site });
    expect(findProblems(found)).toEqual([
      'not checked SES: Another provider sends the mails: see there for quota, DKIM and bounces.',
    ]);
  });
});

describe('a local run', () => {
  let found: readonly DoctorFinding[];
  beforeAll(async () => {
    found = await runChecks({ ...(await createDoctorInput({ sandbox: true, zone: {} })), isLocal: true });
  });

  test('is not called well where its mailer knows nothing', () => {
    expect(found.filter(({ level }) => level === 'not checked').map(({ check }) => check)).toEqual([
      ...['sandbox', 'sending', 'sender', 'DKIM', 'MAIL FROM', 'DMARC', 'alarms'],
    ]);
  });

  test('is looked at for all else', () => {
    expect(found.filter(({ level }) => level === 'problem')).toEqual([]);
    expect(found.map(({ check }) => check)).toEqual(expect.arrayContaining(['RSS', 'quota', 'events', 'pause']));
  });
});
