import { spawnSync } from 'node:child_process';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSmtpMailer } from '../../functions/adapters/smtp-mailer.ts';
import { readerPlaceholders } from '../../functions/core/newsletter/email/placeholders.ts';
import { createDeliveryHandler } from '../../functions/deliver/create-delivery-handler.ts';
import { startSmtpServer } from '../adapters/start-smtp-server.ts';
import {
  agencyEntry,
  buildNumberedEntries,
  buildTestDigest,
  digestInput,
  digestPublication,
  digestSite,
  richEntry,
  sampleEntry,
} from '../core/newsletter/digest/digest-fixture.ts';
import { startDeliverServers } from './server-deliver-fixture.ts';

const reader = 'ana@reader.example';
const links = { ...readerPlaceholders, view: `${digestSite}/issues/daily-3` };
const digest = buildTestDigest({
  ...digestInput,
  entries: [richEntry, agencyEntry, ...buildNumberedEntries(18, sampleEntry)],
  links,
});

/** One issue, as it arrives by either mailer. */
const sendBoth = async (): Promise<{ ses: string; smtp: string }> => {
  const servers = await startDeliverServers();
  const server = await startSmtpServer();
  const fixture = await servers.createFixture({ issueEmail: digest, settings: { ...digestPublication } });
  const mailer = createSmtpMailer({
    address: server.address,
    sender: digestPublication.sender,
    createId: () => '7d1f0c3a',
  });
  try {
    await fixture.addReader(reader);
    await fixture.queueIssue('daily-3', [[reader]]);
    await fixture.deliverAll();
    const [head] = fixture.ses.mails.list();
    const ses = await (await fetch(`${fixture.ses.endpoint}/mails/${head?.id}/source`)).text();
    await fixture.queueIssue('daily-4', [[reader]]);
    const [message] = fixture.pending.splice(0, 1);
    await createDeliveryHandler({ ...fixture.services, mailer }).handleMessage(
      JSON.parse(message?.body ?? ''),
      () => 60_000,
    );
    return { ses, smtp: server.receivedMails[0]?.source ?? '' };
  } finally {
    mailer.close();
    await fixture.close();
    await server.close();
    await servers.stop();
  }
};

interface Parsed {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly parts: Readonly<Record<string, string>>;
}

const decodeQuoted = (text: string): string => {
  const bytes = text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString();
};

const decode = (body: string, encoding: string): string =>
  encoding === 'base64'
    ? Buffer.from(body, 'base64').toString()
    : encoding === 'quoted-printable'
      ? decodeQuoted(body)
      : body;

const headersOf = (head: string): [string, string][] =>
  head
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]);

/** A mail taken apart by hand: a library would forgive what a mail server does not. */
const parse = (source: string): Parsed => {
  const [head = ''] = source.split(/\r?\n\r?\n/, 1);
  const headers = headersOf(head);
  const type = headers.find(([name]) => name === 'content-type')?.[1] ?? '';
  const boundary = /boundary="([^"]+)"/.exec(type)?.[1] ?? '';
  const parts = source
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => part.replace(/^\r?\n/, ''));
  return {
    headers,
    parts: Object.fromEntries(
      parts.map((part) => {
        const [partHead = ''] = part.split(/\r?\n\r?\n/, 1);
        const own = new Map(headersOf(partHead));
        const body = part.slice(partHead.length).replace(/^\r?\n\r?\n/, '');
        return [own.get('content-type') ?? '', decode(body, own.get('content-transfer-encoding') ?? '')];
      }),
    ),
  };
};

let sources: Readonly<Record<string, string>>;
beforeAll(async () => {
  sources = await sendBoth();
});
afterAll(() => {
  sources = {};
});

const html = 'text/html; charset=utf-8';
const text = 'text/plain; charset=utf-8';

describe.each(['ses', 'smtp'])('an issue as it arrives by %s', (mailer) => {
  const mail = (): Parsed => parse(sources[mailer] ?? '');

  test('has every header of a newsletter, once', () => {
    const names = [
      ...['from', 'to', 'subject', 'date', 'message-id', 'mime-version', 'content-type'],
      ...['list-id', 'list-unsubscribe', 'list-unsubscribe-post', 'list-archive', 'list-post', 'list-help'],
      ...['list-owner', 'feedback-id'],
    ];
    expect(
      mail()
        .headers.map(([name]) => name)
        .sort(),
    ).toEqual(names.sort());
    const headers = new Map(mail().headers);
    expect(headers.get('list-id')).toBe('<harbour-gazette.news.example>');
    expect(headers.get('list-unsubscribe')).toMatch(
      /^<https:\/\/news\.example\/subscriptions\/unsubscribe\?token=[\w-]+>$/,
    );
    expect(headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(headers.get('list-post')).toBe('NO');
    expect(headers.get('feedback-id')).toMatch(/^daily-[34]:harbour-gazette:[^:]+:\w+$/);
    expect(headers.get('from')).toBe('The Harbour Gazette <editor@harbour-gazette.example>');
  });

  test('is plain text, and the same in HTML, in this order', () => {
    const { headers, parts } = mail();
    expect(new Map(headers).get('content-type')).toMatch(/^multipart\/alternative;/);
    expect(Object.keys(parts)).toEqual([text, html]);
    expect(parts[text]).toContain('A year of tides, counted by hand');
    expect(parts[html]).toContain('A year of tides, counted by hand');
  });

  test('has the reader’s own links in both parts, and no placeholder left', () => {
    const { headers, parts } = mail();
    const link = /^<(.*)>$/.exec(new Map(headers).get('list-unsubscribe') ?? '')?.[1] ?? '';
    for (const part of [text, html]) {
      expect(parts[part]?.split(link).length).toBeGreaterThanOrEqual(3);
      expect(parts[part]).not.toMatch(/\{\{|\}\}/);
    }
  });

  test('is small enough that Gmail does not truncate it', () => {
    expect(Buffer.byteLength(mail().parts[html] ?? '')).toBeLessThanOrEqual(92_160);
  });

  test('declares that it supports dark mode', () => {
    const { document } = parseHTML(mail().parts[html] ?? '');
    for (const name of ['color-scheme', 'supported-color-schemes'])
      expect(document.querySelector(`meta[name="${name}"]`)?.getAttribute('content')).toBe('light dark');
    expect(mail().parts[html]).toContain('prefers-color-scheme');
  });

  test('tracks nobody: what it loads are the articles’ pictures, and its links are those of the digest', () => {
    const { document } = parseHTML(mail().parts[html] ?? '');
    const loaded = [...document.querySelectorAll('[src],[background]')].map(
      (element) => element.getAttribute('src') ?? element.getAttribute('background'),
    );
    const pictures = [...digest.html.matchAll(/src="([^"]+)"/g)].map(([, src]) => src);
    expect(loaded).toEqual(pictures);
    expect(new Set(loaded).size).toBe(loaded.length);
    expect(mail().parts[html]).not.toMatch(
      /@import|url\(\s*['"]?https?:|<link[^>]+stylesheet|width="1"[^>]*height="1"/,
    );
    const hosts = [...document.querySelectorAll('a[href]')].map(
      (link) => new URL(link.getAttribute('href') ?? '').hostname,
    );
    expect([...new Set(hosts)].sort()).toEqual(['harbour-gazette.example', 'mole.example', 'news.example']);
  });

  const isThere = spawnSync('spamassassin', ['--version']).status === 0;
  test.skipIf(!isThere)('is under one point of SpamAssassin (skipped where that is not installed)', () => {
    // As it stands in the reader's mailbox: handed over by a server of the world.
    const received =
      'Received: from a8-1.smtp-out.amazonses.com (a8-1.smtp-out.amazonses.com [54.240.8.1])\r\n\tby mx.reader.example with ESMTPS id 1; Mon, 02 Nov 2026 12:00:01 +0000\r\n';
    const { stdout } = spawnSync('spamassassin', ['--local', '--test-mode'], {
      input: received + (sources[mailer] ?? ''),
      encoding: 'utf8',
    });
    const score = Number(/^X-Spam-Status: \w+, score=(-?[\d.]+)/m.exec(stdout)?.[1]);
    expect(score, stdout.slice(stdout.indexOf('Content analysis details'))).toBeLessThan(1);
  });
});
