import { createTransport } from 'nodemailer';
import { z } from 'zod';
import { fillPlaceholders } from '../core/newsletter/email/placeholders.ts';
import type { Mailer, MailHeaders, OutgoingMail, SendResult } from './mailer.ts';

export interface SmtpMailerOptions {
  /** `smtp://user:password@host:587`, or `smtps://…`; `?rate=5` is how many mails a second the provider takes. */
  readonly address: string;
  readonly sender: { readonly name: string; readonly email: string };
  /** Makes ids of mails: random, and unlike any other. */
  readonly createId: () => string;
}

/** Mails a second where the address does not say. */
const defaultRatePerSecond = 10;

/** What nodemailer tells of a failure. */
const smtpErrorSchema = z.object({
  code: z.string().optional(),
  originalCode: z.string().optional(),
  timeoutType: z.string().optional(),
  command: z.string().optional(),
  responseCode: z.number().optional(),
  message: z.string(),
});

/** RFC 3463: the mailbox or its domain is not there, or is shut for good. */
const invalidMailboxPattern = /\b5\.(?:1\.[0-36]|1\.10|2\.1)\b/;
/** Commands that come before anything of a mail is said. */
const commandsBeforeMailPattern = /^(?:CONN|API|EHLO|HELO|LHLO|STARTTLS|AUTH.*|MAIL FROM)$/;
/** Failures to reach the server or to be let in. Of a connection that broke, nothing tells when it did. */
const connectionErrorPattern =
  /^(?:EDNS|ETLS|EAUTH|ENOAUTH|ECONFIG|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENOTFOUND|CONNECT_TIMEOUT|GREETING_TIMEOUT|UPGRADE_TIMEOUT)$/;

/** What a failure means for the recipient. Replies of the 5yz class are for good, those of 4yz for now (RFC 5321, 4.2.1). */
const toFailedResult = (error: unknown): SendResult => {
  const read = smtpErrorSchema.parse(error);
  const { command = '', responseCode, message: detail } = read;
  const causes = [read.code, read.originalCode, read.timeoutType];
  if (causes.some((cause) => cause !== undefined && connectionErrorPattern.test(cause)))
    return { outcome: 'deferred', detail };
  if (responseCode === undefined) return { outcome: 'uncertain', detail };
  if (commandsBeforeMailPattern.test(command)) return { outcome: 'deferred', detail };
  if (responseCode < 500) return { outcome: 'retryable', detail };
  return {
    outcome: command === 'RCPT TO' && invalidMailboxPattern.test(detail) ? 'failed' : 'refused',
    detail,
  };
};

const isLocalhost = (host: string): boolean => host === '127.0.0.1' || host === 'localhost';

const createSmtpTransport = (address: URL) => {
  const { hostname, port, protocol, username, password } = address;
  const secure = protocol === 'smtps:';
  return createTransport({
    pool: true,
    host: hostname,
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    // Nobody on the way may read who subscribes to what; on one machine there is no way.
    requireTLS: !secure && !isLocalhost(hostname),
    ignoreTLS: !secure && isLocalhost(hostname),
    ...(username !== '' && {
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    }),
    // A mail whose connection broke may have been taken: sending it once more is not the pool's to decide.
    maxRequeues: 0,
    connectionTimeout: 5000,
    greetingTimeout: 5000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
};

const toHeaderLines = (headers: MailHeaders) =>
  Object.entries(headers).map(([key, value]) => ({
    key,
    value: { prepared: true, foldLines: true, value },
  }));

/** Mails by any provider that speaks SMTP. A letter to many is sent copy by copy over a few connections. */
export const createSmtpMailer = ({
  address,
  sender,
  createId,
}: SmtpMailerOptions): Mailer & { close(): void } => {
  const url = new URL(address);
  const transport = createSmtpTransport(url);
  const from = { name: sender.name, address: sender.email };
  const domain = sender.email.split('@').at(-1) ?? 'localhost';

  const sendOne = async ({
    to,
    subject,
    html,
    text,
    headers,
  }: OutgoingMail): Promise<{ messageId: string }> => {
    const { messageId } = await transport.sendMail({
      from,
      to,
      subject,
      html,
      text,
      messageId: `<${createId()}@${domain}>`,
      headers: toHeaderLines(headers),
    });
    return { messageId };
  };

  return {
    sendOne,

    sendBulk: ({ subject, html, text, headers: common }, recipients) =>
      Promise.all(
        recipients.map(async ({ email, replacements, headers }): Promise<SendResult> => {
          const copy = {
            to: email,
            subject,
            html: fillPlaceholders(html, replacements),
            text: fillPlaceholders(text, replacements),
            headers: { ...common, ...headers },
          };
          try {
            const { messageId } = await sendOne(copy);
            return { outcome: 'sent', messageId };
          } catch (error) {
            return toFailedResult(error);
          }
        }),
      ),

    /** SMTP tells neither: the rate is the operator's word, and a spent quota shows in the answers. */
    readLimits: async () => ({
      perSecond: Number(url.searchParams.get('rate') ?? defaultRatePerSecond) || defaultRatePerSecond,
      leftToday: Number.MAX_SAFE_INTEGER,
    }),

    close: () => transport.close(),
  };
};
