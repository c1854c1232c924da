import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { BulkMail, Recipient } from '../../functions/adapters/mailer.ts';
import { createBulkSesClient, createSesClient, createSesMailer } from '../../functions/adapters/ses-mailer.ts';
import { serve } from '../../infra/local/base/http-server.ts';
import { startSes } from '../../infra/local/ses/start-ses.ts';

const sender = { name: 'Gazette', email: 'editor@news.example' };
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

const mailerTo = (endpoint: string, createClient = createBulkSesClient) => {
  const client = createClient({ endpoint, region: 'us-east-1', credentials });
  onTestFinished(() => client.destroy());
  return createSesMailer(client, { sender, configurationSet: 'news' });
};

const letter: BulkMail = {
  subject: 'News',
  html: '<a href="{{unsubscribe}}">Leave</a>',
  text: 'Leave: {{unsubscribe}}',
  headers: { 'Feedback-ID': 'daily-1:gazette:issue:seedpress', 'List-Id': '<gazette.news.example>' },
};
const recipient = (name: string): Recipient => ({
  email: `${name}@example.com`,
  replacements: { unsubscribe: `https://news.example/leave?token=${name}` },
  headers: {},
  tags: { issue: 'daily-1', key: name },
});

interface Answer {
  readonly status: number;
  readonly error?: string;
  readonly body?: object;
}

const called = z.object({
  BulkEmailEntries: z.array(z.object({ Destination: z.object({ ToAddresses: z.array(z.string()) }) })).default([]),
});

/** A server that answers each call as the test wishes, and keeps whom it was for. */
const answering = async (answer: (recipients: readonly string[], calls: number) => Answer) => {
  const calls: string[][] = [];
  const sockets = new Set<unknown>();
  const server = await serve(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { BulkEmailEntries } = called.parse(JSON.parse(Buffer.concat(chunks).toString() || '{}'));
    const recipients = BulkEmailEntries.flatMap(({ Destination }) => Destination.ToAddresses);
    calls.push(recipients);
    sockets.add(request.socket);
    const { status, error, body } = answer(recipients, calls.length);
    if (status === 0) return void request.socket.destroy();
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(error && { 'x-amzn-errortype': error }),
    });
    response.end(JSON.stringify(body ?? { message: 'no' }));
  }, 0);
  onTestFinished(server.close);
  return { endpoint: server.endpoint, mailer: mailerTo(server.endpoint), calls, sockets };
};

const success = (recipients: readonly string[]): Answer => ({
  status: 200,
  body: { BulkEmailEntryResults: recipients.map((to) => ({ Status: 'SUCCESS', MessageId: `id-${to}` })) },
});

test.each([
  ['a broken connection', { status: 0 }],
  ['an error of the server', { status: 500, error: 'InternalServiceErrorException' }],
])('%s is unknown, and the call is not made again', async (_, answer) => {
  const { mailer, calls } = await answering(() => answer);
  await expect(mailer.sendBulk(letter, [recipient('ana')])).rejects.toThrow();
  expect(calls).toHaveLength(1);
});

test('each bulk call has a connection of its own: one kept while Lambda froze the function may be dead', async () => {
  const { mailer, calls, sockets } = await answering(success);
  for (const name of ['ana', 'ben', 'cem']) await mailer.sendBulk(letter, [recipient(name)]);
  expect([calls.length, sockets.size]).toEqual([3, 3]);
});

test('a confirmation is sent again after a broken connection', async () => {
  const { endpoint, calls } = await answering((_, count) => ({
    status: count < 3 ? 0 : 200,
    body: { MessageId: 'id' },
  }));
  const mail = { ...letter, to: 'ana@example.com' };
  expect(await mailerTo(endpoint, createSesClient).sendOne(mail)).toEqual({ messageId: 'id' });
  expect(calls).toHaveLength(3);
});

test.each([
  ['too many a second', { status: 429, error: 'TooManyRequestsException' }],
  ['a paused account', { status: 400, error: 'SendingPausedException' }],
  ['a sender that is not verified', { status: 400, error: 'MailFromDomainNotVerifiedException' }],
  ['a right that is missing', { status: 403, error: 'AccessDeniedException' }],
])('%s is nobody’s fault', async (_, answer) => {
  const { mailer, calls } = await answering(() => answer);
  const results = await mailer.sendBulk(letter, [recipient('ana'), recipient('ben')]);
  expect(results.map(({ outcome }) => outcome)).toEqual(['deferred', 'deferred']);
  expect(calls).toHaveLength(1);
});

test('one entry that makes SES refuse the call is found, and the others have their mail once', async () => {
  const { mailer, calls } = await answering((recipients) =>
    recipients.includes('bad@example.com') ? { status: 400, error: 'BadRequestException' } : success(recipients),
  );
  const names = ['a', 'b', 'c', 'd', 'bad', 'e', 'f'];
  const results = await mailer.sendBulk(letter, names.map(recipient));
  expect(results.map(({ outcome }) => outcome)).toEqual(['sent', 'sent', 'sent', 'sent', 'refused', 'sent', 'sent']);
  const taken = calls.filter((recipients) => !recipients.includes('bad@example.com')).flat();
  expect(taken.sort()).toEqual(
    names
      .filter((name) => name !== 'bad')
      .map((name) => `${name}@example.com`)
      .sort(),
  );
});

test('where a later part of a divided call is unknown, what was sent before is not', async () => {
  const { mailer } = await answering((recipients, calls) => {
    if (calls === 1) return { status: 400, error: 'BadRequestException' };
    return calls === 2 ? success(recipients) : { status: 500, error: 'InternalServiceErrorException' };
  });
  const results = await mailer.sendBulk(letter, ['a', 'b'].map(recipient));
  expect(results.map(({ outcome }) => outcome)).toEqual(['sent', 'uncertain']);
});

test('each status of a recipient is read for what it says', async () => {
  const statuses = [
    ...['SUCCESS', 'INVALID_PARAMETER', 'MESSAGE_REJECTED', 'TRANSIENT_FAILURE', 'FAILED'],
    ...['ACCOUNT_THROTTLED', 'ACCOUNT_DAILY_QUOTA_EXCEEDED', 'ACCOUNT_SUSPENDED', 'SOMETHING_NEW'],
  ];
  const { mailer } = await answering(() => ({
    status: 200,
    body: { BulkEmailEntryResults: statuses.map((Status) => ({ Status, MessageId: 'id', Error: 'why' })) },
  }));
  const results = await mailer.sendBulk(letter, [...statuses, 'without a result'].map(recipient));
  expect(results.map(({ outcome }) => outcome)).toEqual([
    ...[
      'sent',
      'failed',
      'refused',
      'retryable',
      'retryable',
      'deferred',
      'deferred',
      'deferred',
      'deferred',
      'uncertain',
    ],
  ]);
});

test.each([
  [{ Max24HourSend: 200, MaxSendRate: 1, SentLast24Hours: 50.5 }, true, { perSecond: 1, leftToday: 149 }],
  [{ Max24HourSend: -1, MaxSendRate: 14, SentLast24Hours: 9 }, true, { perSecond: 14, leftToday: 2 ** 53 - 10 }],
  [{ Max24HourSend: 200, MaxSendRate: 1, SentLast24Hours: 250 }, true, { perSecond: 1, leftToday: 0 }],
  [{ Max24HourSend: 200, MaxSendRate: 1, SentLast24Hours: 0 }, false, { perSecond: 1, leftToday: 0 }],
])('of %o, sending %s, it makes %o', async (SendQuota, SendingEnabled, expected) => {
  const { mailer } = await answering(() => ({ status: 200, body: { SendQuota, SendingEnabled } }));
  expect(await mailer.readLimits()).toEqual(expected);
});

test('a confirmation is one mail as it is, with no header that SES writes itself', async () => {
  const ses = await startSes();
  onTestFinished(ses.close);
  const mail = { ...letter, to: 'ana@example.com', html: '<p>{{as it is}}</p>' };
  const { messageId } = await mailerTo(ses.endpoint).sendOne(mail);
  expect(ses.mails.get(messageId)).toMatchObject({
    from: 'Gazette <editor@news.example>',
    html: '<p>{{as it is}}</p>',
    headers: [{ name: 'List-Id', value: '<gazette.news.example>' }],
    tags: { 'ses:feedback-id-a': 'daily-1', 'ses:feedback-id-b': 'gazette' },
  });
});
