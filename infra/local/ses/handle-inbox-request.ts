import MailComposer from 'nodemailer/lib/mail-composer';
import { region } from '../base/aws-account.ts';
import { formatFeedbackId } from './mail-headers.ts';
import type { MailStore, StoredMail } from './mail-store.ts';
import { parseMailbox } from './parse-mailbox.ts';
import { renderInboxPage, renderMailPage } from './render-inbox.ts';

/** What goes back to whoever looks into the inbox. */
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

/** A letter's own HTML: sandboxed even when it is opened by itself, and it may load pictures and styles alone. */
const mailContentPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src http: https: data:; style-src 'unsafe-inline'; font-src https: data:";

/** Links open beside the inbox: no page of ours lets itself be shown in a frame. */
const addLinkTarget = (letter: string): string => {
  const base = '<base target="_blank">';
  return /<head[^>]*>/i.test(letter) ? letter.replace(/<head[^>]*>/i, (head) => head + base) : base + letter;
};

const parseCount = (value: string | null, fallback: number): number => {
  const read = Number.parseInt(value ?? '', 10);
  return Number.isFinite(read) && read >= 0 ? read : fallback;
};

/** Pages for eyes (`/`, `/mails/<id>`, `…/html`, `…/text`, `…/source`) and JSON for programs (`/mails.json`, `/mails/<id>.json`). */
export const handleInboxRequest = async (
  mails: MailStore,
  method: string,
  address: string,
): Promise<InboxResponse> => {
  const { pathname, searchParams } = new URL(address, 'http://127.0.0.1');
  const to = searchParams.get('to') ?? undefined;
  if (pathname === '/mails.json' && method === 'DELETE') {
    mails.clear();
    return toJsonResponse({});
  }
  if (method !== 'GET' && method !== 'HEAD') return toTextResponse('The inbox is for reading.', 405);
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
    return toHtmlResponse(
      renderInboxPage(found, { to, older: found.length < page.limit ? undefined : `/?${next}` }),
    );
  }
  if (pathname === '/mails.json') return toJsonResponse({ mails: mails.list(page) });
  const [, id = '', part] = /^\/mails\/([\w-]+)(?:[/.](json|html|text|source))?$/.exec(pathname) ?? [];
  const mail = mails.get(id);
  if (!mail) return toTextResponse('There is no such mail.', 404);
  if (part === undefined) return toHtmlResponse(renderMailPage(mail));
  if (part === 'json') return toJsonResponse(mail);
  if (part === 'html')
    return {
      ...toHtmlResponse(addLinkTarget(mail.html)),
      headers: { 'content-security-policy': mailContentPolicy },
    };
  return toTextResponse(part === 'text' ? mail.text : await buildMailSource(mail));
};

/** A mail as it goes over the wire, but for its signatures: with the headers that SES writes itself. */
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
