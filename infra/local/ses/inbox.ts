import { inboxPage, mailPage } from './inbox-pages.ts';
import { sourceOf } from './mail-source.ts';
import type { Mails } from './mail-store.ts';

/** What goes back to whoever looks into the inbox. */
export interface InboxAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const html = (body: string): InboxAnswer => ({
  status: 200,
  type: 'text/html; charset=utf-8',
  body,
  headers: { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'" },
});
const text = (body: string, status = 200): InboxAnswer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body,
});
const json = (body: unknown): InboxAnswer => ({
  status: 200,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(body),
});

/** A letter's own HTML: sandboxed even when it is opened by itself, and it may load pictures and styles alone. */
const letterPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src http: https: data:; style-src 'unsafe-inline'; font-src https: data:";

/** Links open beside the inbox: no page of ours lets itself be shown in a frame. */
const openBeside = (letter: string): string => {
  const base = '<base target="_blank">';
  return /<head[^>]*>/i.test(letter) ? letter.replace(/<head[^>]*>/i, (head) => head + base) : base + letter;
};

const count = (value: string | null, fallback: number): number => {
  const read = Number.parseInt(value ?? '', 10);
  return Number.isFinite(read) && read >= 0 ? read : fallback;
};

/** Pages for eyes (`/`, `/mails/<id>`, `…/html`, `…/text`, `…/source`) and JSON for programs (`/mails.json`, `/mails/<id>.json`). */
export const answerInbox = async (mails: Mails, method: string, address: string): Promise<InboxAnswer> => {
  const { pathname, searchParams } = new URL(address, 'http://127.0.0.1');
  const to = searchParams.get('to') ?? undefined;
  if (pathname === '/mails.json' && method === 'DELETE') {
    mails.clear();
    return json({});
  }
  if (method !== 'GET' && method !== 'HEAD') return text('The inbox is for reading.', 405);
  const page = {
    ...(to !== undefined && { to }),
    limit: Math.min(1000, count(searchParams.get('limit'), 100)),
    offset: count(searchParams.get('offset'), 0),
  };
  if (pathname === '/') {
    const found = mails.list(page);
    const next = new URLSearchParams({
      ...(to !== undefined && { to }),
      limit: String(page.limit),
      offset: String(page.offset + page.limit),
    });
    return html(inboxPage(found, { to, older: found.length < page.limit ? undefined : `/?${next}` }));
  }
  if (pathname === '/mails.json') return json({ mails: mails.list(page) });
  const [, id = '', part] = /^\/mails\/([\w-]+)(?:[/.](json|html|text|source))?$/.exec(pathname) ?? [];
  const mail = mails.get(id);
  if (!mail) return text('There is no such mail.', 404);
  if (part === undefined) return html(mailPage(mail));
  if (part === 'json') return json(mail);
  if (part === 'html')
    return { ...html(openBeside(mail.html)), headers: { 'content-security-policy': letterPolicy } };
  return text(part === 'text' ? mail.text : await sourceOf(mail));
};
