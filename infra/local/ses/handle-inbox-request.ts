import MailComposer from 'nodemailer/lib/mail-composer';
import { region } from '../base/aws-account.ts';
import { formatFeedbackId } from './mail-headers.ts';
import type { MailStore, StoredMail } from './mail-store.ts';
import { parseMailbox } from './parse-mailbox.ts';
import { renderInboxPage, renderMailPage } from './render-inbox.ts';

export interface InboxResponse {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const toHtmlResponse = (body: string): InboxResponse => ({
  status: 200,
  type: 'text/html; charset=utf-8',
  body,
  headers: { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'" },
});
const toTextResponse = (body: string, status = 200): InboxResponse => ({
  status,
  type: 'text/plain; charset=utf-8',
  body,
});
const toJsonResponse = (body: unknown): InboxResponse => ({
  status: 200,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(body),
});

/** For the HTML of a mail: sandboxed outside its frame, too; it may load images, styles and fonts only. */
const mailContentPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src http: https: data:; style-src 'unsafe-inline'; font-src https: data:";

/** Links open in a new tab: pages of the site do not allow frames. */
const addLinkTarget = (html: string): string => {
  const base = '<base target="_blank">';
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => head + base) : base + html;
};

const parseCount = (value: string | null, fallback: number): number => {
  const count = Number.parseInt(value ?? '', 10);
  return Number.isFinite(count) && count >= 0 ? count : fallback;
};

/** Pages (`/`, `/mails/<id>`, `…/html`, `…/text`, `…/source`) and JSON (`/mails.json`, `/mails/<id>.json`). */
export const handleInboxRequest = async (mails: MailStore, method: string, address: string): Promise<InboxResponse> => {
  const { pathname, searchParams } = new URL(address, 'http://127.0.0.1');
  const to = searchParams.get('to') ?? undefined;
  if (pathname === '/mails.json' && method === 'DELETE') {
    mails.clear();
    return toJsonResponse({});
  }
  if (method !== 'GET' && method !== 'HEAD') return toTextResponse('The inbox is read-only.', 405);
  const page = {
    ...(to !== undefined && { to }),
    limit: Math.min(1000, parseCount(searchParams.get('limit'), 100)),
    offset: parseCount(searchParams.get('offset'), 0),
  };
  if (pathname === '/') {
    const found = mails.list(page);
    const next = new URLSearchParams({
      ...(to !== undefined && { to }),
      limit: String(page.limit),
      offset: String(page.offset + page.limit),
    });
    return toHtmlResponse(renderInboxPage(found, { to, older: found.length < page.limit ? undefined : `/?${next}` }));
  }
  if (pathname === '/mails.json') return toJsonResponse({ mails: mails.list(page) });
  const [, id = '', part] = /^\/mails\/([\w-]+)(?:[/.](json|html|text|source))?$/.exec(pathname) ?? [];
  const mail = mails.get(id);
  if (!mail) return toTextResponse('There is no such mail.', 404);
  if (part === undefined) return toHtmlResponse(renderMailPage(mail));
  if (part === 'json') return toJsonResponse(mail);
  if (part === 'html')
    return { ...toHtmlResponse(addLinkTarget(mail.html)), headers: { 'content-security-policy': mailContentPolicy } };
  return toTextResponse(part === 'text' ? mail.text : await buildMailSource(mail));
};

/** The raw message, with the headers that SES adds, but unsigned. */
const buildMailSource = (mail: StoredMail): Promise<string> => {
  const { id, at, from, to, subject, html, text, headers, tags } = mail;
  const node = new MailComposer({
    from: parseMailbox(from),
    to,
    subject,
    ...(html !== '' && { html }),
    ...(text !== '' && { text }),
    date: new Date(at),
    messageId: `<${id}@${region}.amazonses.com>`,
    headers: [...headers, { name: 'Feedback-ID', value: formatFeedbackId(tags) }].map(({ name, value }) => ({
      key: name,
      value: { prepared: true, foldLines: true, value },
    })),
  }).compile();
  return new Promise((resolve, reject) => {
    node.build((error, message) => (error ? reject(error) : resolve(message.toString())));
  });
};
