import { GetAccountCommand, SESv2Client, SendBulkEmailCommand, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '../../../../infra/local/base/database.ts';
import type { BusEvent } from '../../../../infra/local/events/bus-event.ts';
import { type SesOptions, startSes } from '../../../../infra/local/ses/start-ses.ts';

const start = async (options: SesOptions = {}) => {
  const ses = await startSes(options);
  const client = new SESv2Client({
    endpoint: ses.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  const events: BusEvent[] = [];
  ses.onEvent((event) => events.push(event));
  onTestFinished(async () => {
    client.destroy();
    await ses.close();
  });
  return { ses, client, events };
};

const single = (to: string, headers: { Name: string; Value: string }[] = []) =>
  new SendEmailCommand({
    FromEmailAddress: 'Gazette <editor@news.example>',
    Destination: { ToAddresses: [to] },
    Content: {
      Simple: {
        Subject: { Data: 'Confirm — {{not a placeholder}}' },
        Body: { Html: { Data: '<p>Hello</p>' }, Text: { Data: 'Hello' } },
        Headers: headers,
      },
    },
    ConfigurationSetName: 'news',
  });

const bulk = (recipients: readonly string[], html = '<a href="{{leave}}">Leave</a>') =>
  new SendBulkEmailCommand({
    FromEmailAddress: 'editor@news.example',
    DefaultContent: {
      Template: {
        TemplateContent: { Subject: 'News', Html: html, Text: 'Leave: {{leave}}' },
        TemplateData: '{}',
        Headers: [
          { Name: 'List-Id', Value: '<gazette.news.example>' },
          { Name: 'List-Unsubscribe', Value: '<https://news.example/>' },
        ],
      },
    },
    DefaultEmailTags: [{ Name: 'ses:feedback-id-a', Value: 'daily-1' }],
    BulkEmailEntries: recipients.map((to, index) => ({
      Destination: { ToAddresses: [to] },
      ReplacementEmailContent: {
        ReplacementTemplate: {
          ReplacementTemplateData: JSON.stringify({ leave: `https://news.example/?a=${index}&b` }),
        },
      },
      ReplacementHeaders: [{ Name: 'list-unsubscribe', Value: `<https://news.example/?a=${index}>` }],
      ReplacementTags: [{ Name: 'key', Value: `key-${index}` }],
    })),
    ConfigurationSetName: 'news',
  });

test('a single email is accepted as it is, without placeholders', async () => {
  const { ses, client } = await start();
  const { MessageId = '' } = await client.send(
    single('ana@example.com', [{ Name: 'Auto-Submitted', Value: 'auto-generated' }]),
  );
  expect(ses.mails.get(MessageId)).toMatchObject({
    to: 'ana@example.com',
    subject: 'Confirm — {{not a placeholder}}',
    html: '<p>Hello</p>',
    headers: [{ name: 'Auto-Submitted', value: 'auto-generated' }],
    outcome: 'delivered',
  });
});

test('a bulk email has links and headers for each recipient, and nothing is escaped', async () => {
  const { ses, client } = await start();
  const { BulkEmailEntryResults } = await client.send(bulk(['ana@example.com', 'ben@example.com']));
  const [, ben] = BulkEmailEntryResults ?? [];
  expect(ben?.Status).toBe('SUCCESS');
  expect(ses.mails.get(ben?.MessageId ?? '')).toMatchObject({
    to: 'ben@example.com',
    html: '<a href="https://news.example/?a=1&b">Leave</a>',
    text: 'Leave: https://news.example/?a=1&b',
    headers: [
      { name: 'List-Id', value: '<gazette.news.example>' },
      { name: 'list-unsubscribe', value: '<https://news.example/?a=1>' },
    ],
    tags: { 'ses:feedback-id-a': 'daily-1', key: 'key-1' },
  });
});

test('each recipient of a bulk email has a result', async () => {
  const { client } = await start();
  const { BulkEmailEntryResults } = await client.send(
    bulk(['ana@example.com', 'ünï@example.com', 'busy@example.com', 'rejected@example.com', 'bounce-2@example.com']),
  );
  expect(BulkEmailEntryResults?.map(({ Status }) => Status)).toEqual([
    'SUCCESS',
    'INVALID_PARAMETER',
    'TRANSIENT_FAILURE',
    'MESSAGE_REJECTED',
    'SUCCESS',
  ]);
});

test('simulated bounces and complaints are events as SES sends them, with the tags of the email', async () => {
  const { client, events } = await start();
  await client.send(
    bulk([
      'success@simulator.amazonses.com',
      'bounce+1@simulator.amazonses.com',
      'complaint@simulator.amazonses.com',
      'ooto@simulator.amazonses.com',
      'suppressionlist@simulator.amazonses.com',
      'softbounce.ana@example.com',
      'complaint.ben@example.com',
    ]),
  );
  const seen = z.array(
    z.object({
      'detail-type': z.string(),
      source: z.literal('aws.ses'),
      detail: z.object({
        bounce: z.object({ bounceType: z.string(), bounceSubType: z.string() }).optional(),
        mail: z.object({ destination: z.array(z.string()), tags: z.record(z.string(), z.array(z.string())) }),
      }),
    }),
  );
  const received = seen
    .parse(events)
    .map((event) => [
      event['detail-type'],
      event.detail.bounce ? `${event.detail.bounce.bounceType} ${event.detail.bounce.bounceSubType}` : '',
      event.detail.mail.tags.key?.[0],
    ]);
  expect(received).toEqual([
    ['Email Bounced', 'Permanent General', 'key-1'],
    ['Email Complaint Received', '', 'key-2'],
    ['Email Bounced', 'Transient General', 'key-3'],
    ['Email Bounced', 'Permanent Suppressed', 'key-4'],
    ['Email Bounced', 'Transient MailboxFull', 'key-5'],
    ['Email Complaint Received', '', 'key-6'],
  ]);
});

test('a placeholder without a value is a rendering failure', async () => {
  const { client, events } = await start();
  await client.send(bulk(['ana@example.com'], '{{unknown}}'));
  expect(events.map((event) => event['detail-type'])).toEqual(['Email Rendering Failed']);
});

test('rate and daily quota are enforced, and GetAccount returns them', async () => {
  let now = Date.parse('2026-11-02T07:00:00Z');
  const { client } = await start({ now: () => new Date(now), quota: { perSecond: 2, perDay: 3 } });
  const send = async (count: number) => {
    const to = Array.from({ length: count }, (_, index) => `reader-${index}@example.com`);
    const { BulkEmailEntryResults } = await client.send(bulk(to));
    return BulkEmailEntryResults?.map(({ Status }) => Status);
  };
  expect(await send(3)).toEqual(['SUCCESS', 'SUCCESS', 'ACCOUNT_THROTTLED']);
  await expect(client.send(single('ana@example.com'))).rejects.toMatchObject({
    name: 'TooManyRequestsException',
  });
  now += 1000;
  expect(await send(2)).toEqual(['SUCCESS', 'ACCOUNT_DAILY_QUOTA_EXCEEDED']);
  const { SendQuota } = await client.send(new GetAccountCommand({}));
  expect(SendQuota).toEqual({ Max24HourSend: 3, MaxSendRate: 2, SentLast24Hours: 3 });
  now += 24 * 60 * 60 * 1000;
  expect(await send(1)).toEqual(['SUCCESS']);
});

test.each([
  [
    'a header that occurs twice',
    [
      { Name: 'List-Id', Value: '<a>' },
      { Name: 'list-id', Value: '<b>' },
    ],
  ],
  ['a header with other characters than ASCII', [{ Name: 'List-Id', Value: '<ü>' }]],
  ['a header with two lines', [{ Name: 'List-Id', Value: 'a\r\nBcc: b@example.com' }]],
])('%s is refused', async (_, headers) => {
  const { client } = await start();
  await expect(client.send(single('ana@example.com', headers))).rejects.toMatchObject({
    name: 'BadRequestException',
  });
});

test('the inbox lists mails and shows each in a sandbox', async () => {
  const database = openDatabase(':memory:');
  const { ses, client } = await start({ database });
  const hostile = '<script>alert(1)</script><p>{{leave}}</p>';
  const { BulkEmailEntryResults } = await client.send(bulk(['ana+1@example.com', 'ben@example.com'], hostile));
  const id = BulkEmailEntryResults?.[0]?.MessageId ?? '';
  const get = async (path: string) => {
    const answer = await fetch(ses.endpoint + path);
    return { policy: answer.headers.get('content-security-policy') ?? '', body: await answer.text() };
  };
  expect((await get('/')).body).toContain(`href="/mails/${id}">News</a>`);
  expect((await get('/?limit=1')).body).toContain('href="/?limit=1&amp;offset=1">Older mails');
  const list = await get(`/mails.json?to=${encodeURIComponent('ana+1@example.com')}`);
  expect(JSON.parse(list.body)).toMatchObject({ mails: [{ id, to: 'ana+1@example.com', subject: 'News' }] });
  const shown = await get(`/mails/${id}`);
  expect(shown.body).toContain('sandbox="allow-popups');
  expect(shown.body).not.toContain('<script>');
  expect((await get(`/mails/${id}/html`)).policy).toMatch(/^sandbox allow-popups.*default-src 'none'/);
  expect(JSON.parse((await get(`/mails/${id}.json`)).body)).toMatchObject({
    html: expect.stringContaining('<script>'),
  });
  const { body: source } = await get(`/mails/${id}/source`);
  expect(source).toMatch(/^Feedback-ID: daily-1::1\.us-east-1\.local:AmazonSES$/im);
  expect(source).toContain('Content-Type: multipart/alternative');
  expect((await fetch(`${ses.endpoint}/mails/none`)).status).toBe(404);
});

test('mails survive a restart', async () => {
  const database = openDatabase(':memory:');
  const first = await start({ database });
  await first.client.send(single('ana@example.com'));
  const second = await start({ database });
  expect(second.ses.mails.list()).toMatchObject([{ to: 'ana@example.com' }]);
});

test('an unknown operation is refused by name', async () => {
  const { ses } = await start();
  const answer = await fetch(`${ses.endpoint}/v2/email/templates`, { method: 'POST' });
  expect([answer.status, await answer.text()]).toEqual([
    404,
    expect.stringContaining('does not know POST /v2/email/templates'),
  ]);
});

test('an address may bounce or complain after the sign-up', async () => {
  const { ses, client, events } = await start();
  for (const to of ['laterbounce@news.example', 'latercomplaint2@news.example'])
    for (let mail = 1; mail <= 3; mail += 1) await client.send(single(to));
  const fates = (to: string) =>
    ses.mails
      .list({ to })
      .toReversed()
      .map(({ outcome }) => outcome);
  expect(fates('laterbounce@news.example')).toEqual(['delivered', 'delivered', 'bounce']);
  expect(fates('latercomplaint2@news.example')).toEqual(['delivered', 'delivered', 'complaint']);
  expect(events.map((event) => event['detail-type'])).toEqual(['Email Bounced', 'Email Complaint Received']);
});

test('links in a mail open in a new tab, since the pages of the site allow no frames', async () => {
  const { ses, client } = await start();
  await client.send(bulk(['ann@news.example'], '<html><head lang="en"><title>T</title></head><a href="/">x</a>'));
  const [mail] = ses.mails.list();
  const letter = await (await fetch(`${ses.endpoint}/mails/${mail?.id}/html`)).text();
  expect(letter).toBe('<html><head lang="en"><base target="_blank"><title>T</title></head><a href="/">x</a>');
});

test('in the sandbox it mails the sender, verified identities and its simulator only, 200 a day and one a second', async () => {
  let now = Date.parse('2026-11-28T07:00:00Z');
  const { ses, client } = await start({ account: { sandbox: true }, now: () => new Date(now) });
  ses.addIdentity('friends.example');
  const { SendQuota, ProductionAccessEnabled } = await client.send(new GetAccountCommand({}));
  expect({ ...SendQuota, ProductionAccessEnabled }).toMatchObject({
    MaxSendRate: 1,
    Max24HourSend: 200,
    ProductionAccessEnabled: false,
  });
  const allowed = ['editor@news.example', 'ann@mail.friends.example', 'success@simulator.amazonses.com'];
  for (const to of allowed) {
    await client.send(single(to));
    now += 1000;
  }
  await expect(client.send(single('ann@example.org'))).rejects.toMatchObject({
    name: 'MessageRejected',
    message: expect.stringContaining('failed the check in region US-EAST-1: ann@example.org'),
  });
  const { BulkEmailEntryResults } = await client.send(bulk(['editor@news.example', 'ann@example.org']));
  expect(BulkEmailEntryResults?.map(({ Status }) => Status)).toEqual(['SUCCESS', 'MESSAGE_REJECTED']);
  await expect(client.send(single('editor@news.example'))).rejects.toMatchObject({ name: 'TooManyRequestsException' });
});
