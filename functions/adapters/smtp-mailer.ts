import { createTransport } from 'nodemailer';
import * as z from 'zod';
import { fillPlaceholders } from '../core/newsletter/email/placeholders.ts';
import type { Mailer, MailHeaders, OutgoingMail, SendResult } from './mailer.ts';

export interface SmtpMailerOptions {
  /** `smtp://user:password@host:587`, or `smtps://…`; `?rate=5` is how many mails a second the provider accepts. */
  readonly address: string;
  readonly sender: { readonly name: string; readonly email: string };
  readonly createId: () => string;
}

const defaultRatePerSecond = 10;

const smtpErrorSchema = z.object({
  code: z.string().optional(),
  originalCode: z.string().optional(),
  timeoutType: z.string().optional(),
  command: z.string().optional(),
  responseCode: z.number().optional(),
  message: z.string(),
});

/** RFC 3463: the mailbox or its domain does not exist, or is disabled. */
const invalidMailboxPattern = /\b5\.(?:1\.[0-36]|1\.10|2\.1)\b/;
const enhancedCodePattern = /\b5\.\d{1,3}\.\d{1,3}\b/;
/** What servers without enhanced codes say of such a mailbox, in words that they do not use for their policies. */
const unknownMailboxPattern =
  /\b(?:no such|unknown|invalid|nonexistent|non-existent)\b.{0,20}\b(?:user|mailbox|recipient|address|account|person)\b|\b(?:user|mailbox|recipient|address|account)\b.{0,40}\b(?:unknown|not found|not exist|no longer exists?|does ?n[o']t exist|invalid|disabled|inactive)\b/i;
const commandsBeforeMailPattern = /^(?:CONN|API|EHLO|HELO|LHLO|STARTTLS|AUTH.*|MAIL FROM)$/;
/**
 * Failures to reach the server or to log in. A broken connection is not among them: it may break after the mail was
 * sent.
 */
const connectionErrorPattern =
  /^(?:EDNS|ETLS|EAUTH|ENOAUTH|ECONFIG|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENOTFOUND|CONNECT_TIMEOUT|GREETING_TIMEOUT|UPGRADE_TIMEOUT)$/;

/** Policies and refused relaying concern the sender: they must end no subscription. */
const isMailboxGone = (reply: string): boolean =>
  enhancedCodePattern.test(reply) ? invalidMailboxPattern.test(reply) : unknownMailboxPattern.test(reply);

/** RFC 5321, 4.2.1: replies 5yz are permanent, 4yz transient. */
const toFailedResult = (error: unknown): SendResult => {
  const read = smtpErrorSchema.parse(error);
  const { command = '', responseCode, message: detail } = read;
  const causes = [read.code, read.originalCode, read.timeoutType];
  if (causes.some((cause) => cause !== undefined && connectionErrorPattern.test(cause)))
    return { outcome: 'deferred', detail };
  if (responseCode === undefined) return { outcome: 'uncertain', detail };
  if (commandsBeforeMailPattern.test(command)) return { outcome: 'deferred', detail };
  if (responseCode < 500) return { outcome: 'retryable', detail };
  return { outcome: command === 'RCPT TO' && isMailboxGone(detail) ? 'failed' : 'refused', detail };
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
    // Subscribers' addresses must not cross a network unencrypted.
    requireTLS: !secure && !isLocalhost(hostname),
    ignoreTLS: !secure && isLocalhost(hostname),
    ...(username !== '' && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    // A mail whose connection broke may have been accepted: the pool must not send it again by itself.
    maxRequeues: 0,
    connectionTimeout: 5000,
    greetingTimeout: 5000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
};

const toHeaderLines = (headers: MailHeaders) =>
  Object.entries(headers).map(([key, value]) => ({ key, value: { prepared: true, foldLines: true, value } }));

export const createSmtpMailer = ({ address, sender, createId }: SmtpMailerOptions): Mailer & { close(): void } => {
  const url = new URL(address);
  const transport = createSmtpTransport(url);
  const from = { name: sender.name, address: sender.email };
  const domain = sender.email.split('@').at(-1) ?? 'localhost';

  const sendOne = async ({ to, subject, html, text, headers }: OutgoingMail): Promise<{ messageId: string }> => {
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
          const mail = {
            to: email,
            subject,
            html: fillPlaceholders(html, replacements),
            text: fillPlaceholders(text, replacements),
            headers: { ...common, ...headers },
          };
          try {
            const { messageId } = await sendOne(mail);
            return { outcome: 'sent', messageId };
          } catch (error) {
            return toFailedResult(error);
          }
        }),
      ),

    // SMTP reports neither: the rate is in the address, and an exhausted quota shows in the replies.
    readLimits: async () => ({
      perSecond: Number(url.searchParams.get('rate') ?? defaultRatePerSecond) || defaultRatePerSecond,
      leftToday: Number.MAX_SAFE_INTEGER,
    }),

    // A provider's list, if it has one, is out of reach.
    liftSuppression: async () => {},
    listSuppressed: async function* () {},

    close: () => transport.close(),
  };
};
