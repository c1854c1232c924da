import { describe, expect, test } from 'vitest';
import { parsePublication } from '../../../../functions/core/publication.ts';
import { checkAccount, checkQuota } from '../../../../infra/cli/doctor/check-account.ts';
import { checkDmarc, parseDmarc } from '../../../../infra/cli/doctor/check-dmarc.ts';
import { checkEvents } from '../../../../infra/cli/doctor/check-events.ts';
import {
  checkAlarms,
  checkDeadLetters,
  checkPause,
  checkRejections,
  checkTopicReaders,
} from '../../../../infra/cli/doctor/check-operations.ts';
import { checkFeed, checkSiteAddresses } from '../../../../infra/cli/doctor/check-site.ts';
import type { DoctorFinding } from '../../../../infra/cli/doctor/doctor-finding.ts';
import { fetchDmarcWalk } from '../../../../infra/cli/doctor/fetch-mail-setup.ts';
import { formatFindings } from '../../../../infra/cli/doctor/run-checks.ts';
import { validSettings } from './valid-settings.ts';

const defaultTopicPolicy = JSON.stringify({
  Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: ['SNS:GetTopicAttributes', 'SNS:Publish'] }],
});

const toLevels = (found: readonly DoctorFinding[]): string[] => found.map(({ check, level }) => `${check}: ${level}`);

test('an account in the sandbox, or one that may not send, is a problem', () => {
  expect(toLevels(checkAccount({ ProductionAccessEnabled: true, SendingEnabled: true }))).toEqual([
    'sandbox: ok',
    'sending: ok',
  ]);
  expect(toLevels(checkAccount({ ProductionAccessEnabled: false, SendingEnabled: false }))).toEqual([
    'sandbox: problem',
    'sending: problem',
  ]);
});

test('readers of a cadence that is offered no more are told of, with what they get', () => {
  const account = { SendQuota: { MaxSendRate: 14, Max24HourSend: 50_000, SentLast24Hours: 0 } };
  const publication = parsePublication({ ...validSettings, digest: { monthly: { day: 1, hour: 7 } } });
  const found = checkQuota(account, publication, { immediately: 0, daily: 12, weekly: 0, monthly: 3 });
  expect(toLevels(found)).toEqual(['quota: ok', 'daily readers: warning']);
  expect(found.at(-1)?.message).toContain('12 readers chose daily issues');
  expect(found.at(-1)?.message).toContain('they get monthly ones');
});

test('readers of a cadence without a quieter one that is offered get nothing, which is a problem', () => {
  const account = { SendQuota: { MaxSendRate: 14, Max24HourSend: 50_000, SentLast24Hours: 0 } };
  const publication = parsePublication({ ...validSettings, digest: { daily: { hour: 7 } } });
  const found = checkQuota(account, publication, { immediately: 0, daily: 0, weekly: 5, monthly: 0 });
  expect(toLevels(found)).toEqual(['quota: ok', 'weekly readers: problem']);
  expect(found.at(-1)?.message).toContain('5 readers chose weekly issues');
});

test('readers who chose only topics that are offered no more are told of', () => {
  expect(checkTopicReaders(0)).toEqual([]);
  expect(toLevels(checkTopicReaders(3))).toEqual(['topics: warning']);
  expect(checkTopicReaders(3)[0]?.message).toContain('3 readers chose only topics');
});

describe('quota', () => {
  const quota = (perSecond: number, perDay: number, sent = 0) => ({
    SendQuota: { MaxSendRate: perSecond, Max24HourSend: perDay, SentLast24Hours: sent },
  });
  const judge = (account: ReturnType<typeof quota>, daily: number, weekly: number, newsletter = {}) =>
    checkQuota(account, parsePublication({ ...validSettings, newsletter }), {
      immediately: 0,
      daily,
      weekly,
      monthly: 0,
    });

  test('says how long an issue takes', () => {
    const found = judge(quota(14, 50_000), 42_000, 100);
    expect(found.map(({ message }) => message)).toEqual([
      'A daily issue to 42,000 readers takes 50 min at 14 a second.',
      'A weekly issue to 100 readers takes 8 s at 14 a second.',
    ]);
    expect(toLevels(found)).toEqual(['quota: ok', 'quota: ok']);
  });

  test('that spreads a daily issue over days is a problem, a weekly one within its week a warning', () => {
    const found = judge(quota(14, 50_000), 120_000, 120_000);
    expect(toLevels(found)).toEqual(['quota: problem', 'quota: warning']);
    expect(found[0]?.message).toContain('spreads over 3 days, with 50,000 a day');
  });

  test('without a daily limit is bounded by the rate, and by quiet hours', () => {
    expect(toLevels(judge(quota(1, -1), 50_000, 0))).toEqual(['quota: ok', 'quota: ok']);
    const quiet = judge(quota(1, -1), 50_000, 0, { quietHours: { from: 18, to: 6 } });
    expect(toLevels(quiet)).toEqual(['quota: problem', 'quota: ok']);
  });

  test('of an issue that nobody reads yet takes no time', () => {
    expect(judge(quota(14, 50_000), 0, 1)[0]).toMatchObject({
      level: 'ok',
      message: 'Nobody subscribes to the daily issue yet.',
    });
  });

  test('that is mostly used is told', () => {
    expect(toLevels(judge(quota(14, 50_000, 49_000), 1000, 500))).toContain('quota: warning');
    expect(toLevels(judge(quota(0, 0), 1, 1))).toEqual(['quota: problem']);
  });
});

describe('DMARC', () => {
  const mail = { from: 'gazette.example', dkim: 'gazette.example', mailFrom: 'bounce.gazette.example' };
  const of = (record: string, domain = 'gazette.example') => [{ domain, records: [record] }];

  test.each([
    ['v=DMARC1; p=none', { v: 'DMARC1', p: 'none' }],
    ['v = DMARC1;p=reject ; rua=mailto:a@b.example;', { v: 'DMARC1', p: 'reject', rua: 'mailto:a@b.example' }],
    ['v=DMARC12; p=none', undefined],
    ['p=none; v=DMARC1', undefined],
  ])('%s is read', (record, tags) => {
    expect(parseDmarc(record)).toEqual(tags);
  });

  test.each([
    ['a policy, and both aligned', of('v=DMARC1; p=none'), mail, ['DMARC: ok', 'DMARC alignment: ok']],
    ['none', [], mail, ['DMARC: problem']],
    [
      'two records',
      [{ domain: 'gazette.example', records: ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] }],
      mail,
      ['DMARC: problem'],
    ],
    [
      'no policy, which is p=none (RFC 9989)',
      of('v=DMARC1; rua=mailto:a@b.example'),
      mail,
      ['DMARC: warning', 'DMARC alignment: ok'],
    ],
    ['an unknown policy', of('v=DMARC1; p=maybe'), mail, ['DMARC: problem']],
    [
      'tags that RFC 9989 removed',
      of('v=DMARC1; p=reject; pct=50; ri=3600'),
      mail,
      ['DMARC: ok', 'DMARC: warning', 'DMARC alignment: ok'],
    ],
    [
      'a record of the organization, not of the domain between',
      [...of('v=DMARC1; p=none', 'news.gazette.example'), ...of('v=DMARC1; p=none')],
      { from: 'a.news.gazette.example', dkim: 'gazette.example', mailFrom: 'other.gazette.example' },
      ['DMARC: ok', 'DMARC alignment: ok'],
    ],
    [
      'a domain that says it is an organization of its own',
      of('v=DMARC1; p=none; psd=n', 'news.gazette.example'),
      { from: 'news.gazette.example', dkim: 'gazette.example', mailFrom: 'a.news.gazette.example' },
      ['DMARC: ok', 'DMARC alignment: warning'],
    ],
    [
      'the record of a public suffix alone',
      of('v=DMARC1; p=reject; psd=y', 'example'),
      { ...mail, dkim: 'other.example', mailFrom: 'a.gazette.example' },
      ['DMARC: ok', 'DMARC alignment: warning'],
    ],
    [
      'strict alignment of SPF under another name',
      of('v=DMARC1; p=none; aspf=s'),
      mail,
      ['DMARC: ok', 'DMARC alignment: warning'],
    ],
    [
      'a signature alone',
      of('v=DMARC1; p=none'),
      { ...mail, mailFrom: undefined },
      ['DMARC: ok', 'DMARC alignment: warning'],
    ],
    ['SPF alone', of('v=DMARC1; p=none'), { ...mail, dkim: undefined }, ['DMARC: ok', 'DMARC alignment: warning']],
    [
      'nothing of its own',
      of('v=DMARC1; p=none'),
      { from: 'gazette.example' },
      ['DMARC: ok', 'DMARC alignment: problem'],
    ],
    [
      'a stranger of a like name',
      of('v=DMARC1; p=none'),
      { ...mail, dkim: 'not-gazette.example', mailFrom: undefined },
      ['DMARC: ok', 'DMARC alignment: problem'],
    ],
  ])('with %s', (_, dmarc, authenticated, wanted) => {
    expect(toLevels(checkDmarc(dmarc, authenticated))).toEqual(wanted);
  });

  test('that is only tested says what is applied', () => {
    expect(checkDmarc(of('v=DMARC1; p=reject; t=y'), mail)[0]?.message).toBe(
      'gazette.example says p=reject as a test (t=y): receivers apply p=quarantine.',
    );
  });

  test.each([
    ['a@b.c.example', ['b.c.example', 'c.example', 'example']],
    [
      'a@1.2.3.4.5.6.7.8.9.example',
      [
        '1.2.3.4.5.6.7.8.9.example',
        '4.5.6.7.8.9.example',
        '5.6.7.8.9.example',
        '6.7.8.9.example',
        '7.8.9.example',
        '8.9.example',
        '9.example',
        'example',
      ],
    ],
  ])('of %s is looked for on the way to the root, at eight names at most', async (email, domains) => {
    const asked: string[] = [];
    const resolver = {
      resolveCname: async () => [],
      resolveMx: async () => [],
      resolveTxt: async (name: string) => {
        asked.push(name);
        return name === '_dmarc.example' ? [['v=DMARC1; p=reject; psd=y']] : [];
      },
    };
    expect(await fetchDmarcWalk(resolver, email)).toEqual(of('v=DMARC1; p=reject; psd=y', 'example'));
    expect(asked).toEqual(domains.map((domain) => `_dmarc.${domain}`));
  });

  test('is not looked for above a domain that says whether it is a public suffix', async () => {
    const asked: string[] = [];
    const resolver = {
      resolveCname: async () => [],
      resolveMx: async () => [],
      resolveTxt: async (name: string) => {
        asked.push(name);
        return name === '_dmarc.c.example' ? [['v=DMARC1; p=none; psd=n']] : [];
      },
    };
    expect(await fetchDmarcWalk(resolver, 'a@b.c.example')).toHaveLength(1);
    expect(asked).toEqual(['_dmarc.b.c.example', '_dmarc.c.example']);
  });

  test('of a domain above says what holds for domains below', () => {
    const below = { ...mail, from: 'news.gazette.example' };
    expect(checkDmarc(of('v=DMARC1; p=reject; sp=none'), below)[0]?.message).toBe('gazette.example says p=none.');
  });
});

test('events that SES does not tell are a problem, as is a set that does not exist', () => {
  const destination = {
    Name: 'events',
    Enabled: true,
    EventBridgeDestination: { EventBusArn: 'arn:aws:events:x:1:event-bus/default' },
    MatchingEventTypes: ['BOUNCE' as const, 'COMPLAINT' as const, 'REJECT' as const, 'RENDERING_FAILURE' as const],
  };
  expect(checkEvents([destination]).level).toBe('ok');
  expect(checkEvents([{ ...destination, Enabled: false }]).message).toContain('BOUNCE, COMPLAINT');
  expect(checkEvents([{ ...destination, MatchingEventTypes: ['BOUNCE'] }]).level).toBe('problem');
  expect(checkEvents(undefined).level).toBe('problem');
});

test.each([
  [
    'dead letters',
    checkDeadLetters([{ queue: 'uploads', count: 0 }]),
    checkDeadLetters([{ queue: 'uploads', count: 2 }]),
    'problem',
  ],
  ['rejections', [checkRejections(0)], [checkRejections(1)], 'warning'],
  [
    'a pause',
    [checkPause(undefined)],
    [checkPause({ at: '2026-11-24T07:00:00.000Z', reason: 'too many bounces' })],
    'problem',
  ],
  [
    'alarms',
    [checkAlarms({ subscriptions: ['PendingConfirmation', 'arn:aws:sns:x:1:t:2'], policy: defaultTopicPolicy })],
    [checkAlarms({ subscriptions: ['PendingConfirmation'], policy: defaultTopicPolicy })],
    'problem',
  ],
  [
    'an address',
    [checkSiteAddresses({ functions: 'https://a.example' })],
    [checkSiteAddresses({ settings: 'https://b.example', functions: 'https://a.example' })],
    'problem',
  ],
])('%s: well, and not', (_, well, ill, level) => {
  expect(well.map((one) => one.level)).toEqual(['ok']);
  expect(ill.map((one) => one.level)).toEqual([level]);
  expect(ill[0]?.action).toBeDefined();
});

test('a feed whose entries share an id is a problem', () => {
  const address = 'https://gazette.example/rss.xml';
  const type = 'application/rss+xml';
  const served = {
    address,
    type,
    name: 'RSS',
    wantedType: type,
    status: 200,
    etag: '"1"',
    again: 304,
  } as const;
  const judge = (...ids: string[]) =>
    checkFeed({ ...served, parsed: { entryCount: 2, ids, selfAddress: address } }, 'urn:a');
  expect(toLevels(judge('urn:a', 'urn:b'))).toEqual(['RSS: ok']);
  expect(judge('urn:a', 'urn:a')[0]?.message).toBe(
    `${address} has 2 entries, but 1 different ids: feed readers confuse some of them.`,
  );
  expect(toLevels(judge('urn:a'))).toEqual(['RSS: problem']);
});

test('findings are lines, with what to do under them', () => {
  expect(
    formatFindings([
      { check: 'pause', level: 'ok', message: 'Sending is not paused.' },
      { check: 'rejections', level: 'warning', message: '1 seed is refused.', action: 'Mend it.' },
    ])
      .map((line) => `${line}\n`)
      .join(''),
  ).toBe(`ok       pause       Sending is not paused.
warning  rejections  1 seed is refused.
                     → Mend it.

0 problems, 1 warning, 1 ok, 0 not checked
`);
});
