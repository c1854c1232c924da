import MailComposer from 'nodemailer/lib/mail-composer';
import { region } from '../template/references.ts';
import { formatFeedbackId } from './headers.ts';
import type { StoredMail } from './mail-store.ts';
import { parseMailbox } from './parse-mailbox.ts';

/** A mail as it goes over the wire, but for its signatures: with the headers that SES writes itself. */
export const buildMailSource = (mail: StoredMail): Promise<string> => {
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
