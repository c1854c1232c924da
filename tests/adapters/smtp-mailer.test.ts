import { expect, onTestFinished, test } from 'vitest';
import type { BulkMail, Recipient } from '../../functions/adapters/mailer.ts';
import { createSmtpMailer } from '../../functions/adapters/smtp-mailer.ts';
import { startSmtpServer, type TestSmtpServerOptions } from './start-smtp-server.ts';

const sender = { name: 'Évora Gazette', email: 'editor@news.example' };

const start = async (options: TestSmtpServerOptions = {}) => {
  const server = await startSmtpServer(options);
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `id-${ids}`;
  };
  const mailer = createSmtpMailer({ address: server.address, sender, createId: newId });
  onTestFinished(async () => {
    mailer.close();
    await server.close();
  });
  return { server, mailer };
};

const letter: BulkMail = {
  subject: 'Ferries — and {{more}}',
  html: '<p>Olá <a href="{{unsubscribe}}">Leave</a></p>',
  text: 'Olá\nLeave: {{ unsubscribe }}\n',
  headers: { 'List-Id': '<gazette.news.example>', 'Feedback-ID': 'daily-1:gazette:issue:seedpress' },
};
const recipient = (name: string): Recipient => ({
  email: `${name}@example.com`,
  replacements: { unsubscribe: `https://news.example/leave?token=${name}` },
  headers: { 'List-Unsubscribe': `<https://news.example/leave?token=${name}>` },
});

test('a letter goes copy by copy, each whole, with its own links, headers and id', async () => {
  const { server, mailer } = await start();
  const recipients = Array.from({ length: 50 }, (_, index) => recipient(`reader-${index}`));
  const results = await mailer.sendBulk(letter, recipients);
  expect(results.map(({ outcome }) => outcome)).toEqual(recipients.map(() => 'sent'));
  expect(new Set(results.map((result) => result.outcome === 'sent' && result.messageId)).size).toBe(50);
  expect(server.connections()).toBeLessThanOrEqual(5);
  const source = server.receivedMails.find(({ to }) => to === 'reader-7@example.com')?.source ?? '';
  expect(source).toMatch(/^From: =\?UTF-8\?[BQ]\?.*\?= <editor@news\.example>\r$/m);
  expect(source).toMatch(/^To: reader-7@example\.com\r$/m);
  expect(source).toMatch(/^Message-ID: <id-\d+@news\.example>\r$/m);
  expect(source).toMatch(/^List-I[Dd]: <gazette\.news\.example>\r$/m);
  expect(source).toMatch(/^List-Unsubscribe: <https:\/\/news\.example\/leave\?token=reader-7>\r$/m);
  expect(source).toMatch(/^Feedback-ID: daily-1:gazette:issue:seedpress\r$/m);
  expect(source).toMatch(/^Content-Type: multipart\/alternative;/m);
  expect(source.match(/^Content-Type: text\/(?:plain|html)/gm)).toEqual([
    'Content-Type: text/plain',
    'Content-Type: text/html',
  ]);
});

test('each recipient has a result of its own: gone, refused, for now, or taken', async () => {
  const { server, mailer } = await start();
  const names = ['ana', 'gone', 'policy', 'later', 'spam', 'ben'];
  const results = await mailer.sendBulk(letter, names.map(recipient));
  expect(results.map(({ outcome }) => outcome)).toEqual(['sent', 'failed', 'refused', 'retryable', 'refused', 'sent']);
  expect(server.receivedMails.map(({ to }) => to).sort()).toEqual(['ana@example.com', 'ben@example.com']);
});

test('an address that the server does not know is gone, also by words alone; what concerns the sender ends nothing', async () => {
  const { mailer } = await start();
  const names = ['unknown', 'nobody', 'absent', 'relay', 'listed', 'vague'];
  const results = await mailer.sendBulk(letter, names.map(recipient));
  expect(results.map(({ outcome }) => outcome)).toEqual([
    'failed',
    'failed',
    'failed',
    'refused',
    'refused',
    'refused',
  ]);
});

test('a mail whose connection broke may have been taken: it is uncertain, and is not sent again', async () => {
  const { server, mailer } = await start();
  const results = await mailer.sendBulk(letter, [recipient('drop')]);
  expect(results).toEqual([{ outcome: 'uncertain', detail: expect.any(String) }]);
  expect(server.receivedMails).toHaveLength(1);
});

test('a server that is away, or knows us not, is nobody’s fault', async () => {
  const { server, mailer } = await start({
    authOptional: false,
    onAuth: (_auth, _session, done) => done(new Error('no')),
  });
  expect(await mailer.sendBulk(letter, [recipient('ana')])).toMatchObject([{ outcome: 'deferred' }]);
  await server.close();
  expect(await mailer.sendBulk(letter, [recipient('ana')])).toMatchObject([{ outcome: 'deferred' }]);
});

test('a confirmation is one mail, and says so when it is not taken', async () => {
  const { server, mailer } = await start();
  const mail = {
    ...letter,
    html: '<p>Yes?</p>',
    text: 'Yes?',
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
  await mailer.sendOne({ ...mail, to: 'ana@example.com' });
  expect(server.receivedMails[0]?.source).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  await expect(mailer.sendOne({ ...mail, to: 'gone@example.com' })).rejects.toThrow('5.1.1');
});

test('beyond this machine nothing goes without TLS', async () => {
  const server = await startSmtpServer({}, '127.0.0.2');
  // Another name of 127.0.0.1, which the mailer cannot know to be this machine.
  const mailer = createSmtpMailer({ address: server.address, sender, createId: () => 'id' });
  onTestFinished(async () => {
    mailer.close();
    await server.close();
  });
  expect(await mailer.sendBulk(letter, [recipient('ana')])).toMatchObject([
    { outcome: 'deferred', detail: expect.stringMatching(/STARTTLS|TLS/) },
  ]);
  expect(server.receivedMails).toEqual([]);
});

test('the rate is what the address says', async () => {
  const server = await startSmtpServer();
  const mailer = createSmtpMailer({ address: `${server.address}?rate=3`, sender, createId: () => 'id' });
  onTestFinished(async () => {
    mailer.close();
    await server.close();
  });
  expect(await mailer.readLimits()).toMatchObject({ perSecond: 3 });
});
