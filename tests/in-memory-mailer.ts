import { type Mailer, type MailHeaders, maxBulkRecipients, type SendResult } from '../functions/adapters/mailer.ts';
import { fillPlaceholders } from '../functions/core/newsletter/email/placeholders.ts';

/** A mail as it lies in a reader's inbox. */
export interface DeliveredMail {
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: MailHeaders;
}

type MailRefusal = Exclude<SendResult, { outcome: 'sent' }>;

export interface InMemoryMailerOptions {
  /** What becomes of a recipient who is not reached. */
  readonly refuse?: (email: string) => MailRefusal | undefined;
  readonly limits?: () => { readonly perSecond: number; readonly leftToday: number };
}

/** A mailer that keeps what it is given, as the inboxes would show it. */
export const createInMemoryMailer = ({
  refuse = () => undefined,
  limits = () => defaultLimits,
}: InMemoryMailerOptions = {}) => {
  const mails: DeliveredMail[] = [];
  const deliver = (mail: Omit<DeliveredMail, 'messageId'>): string => {
    for (const line of [mail.to, mail.subject, ...Object.entries(mail.headers).flat()])
      if (/[\r\n]/.test(line)) throw new Error(`a header of more than one line: ${JSON.stringify(line)}`);
    const messageId = `message-${mails.length + 1}`;
    mails.push({ messageId, ...mail });
    return messageId;
  };
  const mailer: Mailer = {
    sendOne: async (mail) => {
      const refusal = refuse(mail.to);
      if (refusal) throw new Error(`${refusal.outcome}: ${refusal.detail}`);
      return { messageId: deliver(mail) };
    },
    sendBulk: async ({ subject, html, text, headers }, recipients) => {
      if (recipients.length > maxBulkRecipients) throw new Error(`${recipients.length} recipients in one call`);
      return recipients.map(
        ({ email, replacements, headers: own }) =>
          refuse(email) ?? {
            outcome: 'sent',
            messageId: deliver({
              to: email,
              subject,
              html: fillPlaceholders(html, replacements),
              text: fillPlaceholders(text, replacements),
              headers: { ...headers, ...own },
            }),
          },
      );
    },
    liftSuppression: async () => {},
    listSuppressed: async function* () {},
    readLimits: async () => limits(),
  };
  return { mailer, mails };
};

const defaultLimits = { perSecond: 1000, leftToday: 1_000_000 };
