import { escapeAttribute } from '../../../functions/core/text/escape-markup.ts';
import { formatFeedbackId } from './mail-headers.ts';
import type { MailSummary, StoredMail } from './mail-store.ts';
import { parseMailbox } from './parse-mailbox.ts';

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { margin: 0 auto; max-width: 60rem; padding: 1rem }
h1 { font-size: 1.4rem } a { color: inherit }
ul { list-style: none; padding: 0 } li { padding: .6rem 0; border-block-end: 1px solid #8884 } li p { margin: 0; overflow-wrap: anywhere }
.subject { font-weight: 600 }
table { border-collapse: collapse; width: 100% } td, th { text-align: start; padding: .35rem .5rem; border-block-end: 1px solid #8884; vertical-align: top }
th { white-space: nowrap } td { overflow-wrap: anywhere }
iframe { width: 100%; height: 75vh; border: 1px solid #8888; background: #fff }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #8888; padding: .5rem }
nav a { margin-inline-end: 1rem }`;

const renderPage = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeAttribute(title)}</title><style>${style}</style></head>
<body>${body}</body></html>
`;

const formatInstant = (at: number): string => new Date(at).toISOString().replace('T', ' ').slice(0, 19).concat(' UTC');

export const renderInboxPage = (
  mails: readonly MailSummary[],
  { to, older }: { readonly to: string | undefined; readonly older: string | undefined },
): string => {
  const lines = mails.map(
    (mail) => `<li><a class="subject" href="/mails/${mail.id}">${escapeAttribute(mail.subject)}</a>
<p>to <a href="/?to=${encodeURIComponent(mail.to)}">${escapeAttribute(mail.to)}</a> · <time>${formatInstant(mail.at)}</time>${mail.outcome === 'delivered' ? '' : ` · <strong>${escapeAttribute(mail.outcome)}</strong>`}</p></li>`,
  );
  const head = to === undefined ? 'Inbox' : `Mails to ${to}`;
  return renderPage(
    head,
    `${to === undefined ? '' : '<nav><a href="/">All mails</a></nav>'}<h1>${escapeAttribute(head)}</h1>
${mails.length === 0 ? '<p>No mail yet.</p>' : `<ul>${lines.join('')}</ul>`}
${older === undefined ? '' : `<nav><a href="${escapeAttribute(older)}">Older mails</a></nav>`}`,
  );
};

/** One mail; its HTML is in a frame without scripts and without an origin. */
export const renderMailPage = (mail: StoredMail): string => {
  const from = parseMailbox(mail.from);
  const headers = [
    ['From', [from.name, `<${from.address}>`].filter(Boolean).join(' ')],
    ['To', mail.to],
    ['Date', new Date(mail.at).toUTCString()],
    ['Feedback-ID', formatFeedbackId(mail.tags)],
    ...mail.headers.map(({ name, value }) => [name, value]),
  ].map(([name = '', value = '']) => `<tr><th>${escapeAttribute(name)}</th><td>${escapeAttribute(value)}</td></tr>`);
  return renderPage(
    mail.subject,
    `<nav><a href="/">All mails</a><a href="/mails/${mail.id}/html" target="_blank">HTML</a><a href="/mails/${mail.id}/text">Text</a><a href="/mails/${mail.id}/source">Source</a></nav>
<h1>${escapeAttribute(mail.subject)}</h1>
<iframe title="The mail" src="/mails/${mail.id}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
<h2>Headers</h2><table>${headers.join('')}</table>
<h2>Text</h2><pre>${escapeAttribute(mail.text)}</pre>`,
  );
};
