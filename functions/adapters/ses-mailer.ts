import {
  DeleteSuppressedDestinationCommand,
  GetAccountCommand,
  type MessageHeader,
  type MessageTag,
  NotFoundException,
  paginateListSuppressedDestinations,
  SESv2Client,
  type SESv2ClientConfig,
  SESv2ServiceException,
  SendBulkEmailCommand,
  type SendBulkEmailCommandOutput,
  SendEmailCommand,
} from '@aws-sdk/client-sesv2';
import { formatMailbox } from '../core/newsletter/email/format-mailbox.ts';
import { escapeTextBraces, literalReplacements } from '../core/newsletter/email/placeholders.ts';
import type { BulkMail, Mailer, MailHeaders, Recipient, SendResult } from './mailer.ts';

/** For single mails: a retry may send one twice. All attempts end before the function of the subscriptions does. */
export const createSesClient = (settings: SESv2ClientConfig = {}): SESv2Client =>
  new SESv2Client({ ...settings, maxAttempts: 3, requestHandler: { connectionTimeout: 2000, requestTimeout: 6000 } });

/**
 * A client that never retries: SES may have accepted a call that failed, and a retry would send the mails twice. So it
 * opens a connection for each call: one that was kept while Lambda froze the function may be dead, and fail.
 */
export const createBulkSesClient = (settings: SESv2ClientConfig = {}): SESv2Client =>
  new SESv2Client({
    ...settings,
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: 3000,
      requestTimeout: 20_000,
      httpAgent: { keepAlive: false },
      httpsAgent: { keepAlive: false },
    },
  });

export interface SesMailerOptions {
  readonly sender: { readonly name: string; readonly email: string };
  /** Its events report bounces and complaints. */
  readonly configurationSet: string;
}

type FailureOutcome = Exclude<SendResult, { outcome: 'sent' }>['outcome'];
type EntryResults = SendBulkEmailCommandOutput['BulkEmailEntryResults'];

/**
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_BulkEmailEntryResult.html; the other statuses concern the
 * account.
 */
const outcomeByStatus: Readonly<Record<string, FailureOutcome>> = {
  INVALID_PARAMETER: 'failed',
  MESSAGE_REJECTED: 'refused',
  TRANSIENT_FAILURE: 'retryable',
  FAILED: 'retryable',
};

const toSesHeaders = (headers: MailHeaders): MessageHeader[] =>
  Object.entries(headers)
    .filter(([name]) => name !== 'Feedback-ID')
    .map(([Name, Value]) => ({ Name, Value }));

const toSesTags = (tags: Readonly<Record<string, string>>): MessageTag[] =>
  Object.entries(tags).map(([Name, Value]) => ({ Name, Value }));

/** SES writes the Feedback-ID header itself; two tags set its first two parts. */
const buildFeedbackTags = (headers: MailHeaders): MessageTag[] => {
  const [a = '', b = ''] = headers['Feedback-ID']?.split(':') ?? [];
  return [
    ...(a ? [{ Name: 'ses:feedback-id-a', Value: a }] : []),
    ...(b ? [{ Name: 'ses:feedback-id-b', Value: b }] : []),
  ];
};

const isRefusal = (error: unknown): error is SESv2ServiceException =>
  error instanceof SESv2ServiceException && error.$fault === 'client';

/** Whether the refusal concerns the request, not the account. */
const isRequestError = ({ name }: SESv2ServiceException): boolean =>
  name === 'BadRequestException' || name === 'MessageRejected';

export const createSesMailer = (ses: SESv2Client, { sender, configurationSet }: SesMailerOptions): Mailer => {
  const from = formatMailbox(sender);

  const sendBulkEmail = (mail: BulkMail, recipients: readonly Recipient[]) =>
    ses.send(
      new SendBulkEmailCommand({
        FromEmailAddress: from,
        ConfigurationSetName: configurationSet,
        DefaultContent: {
          Template: {
            TemplateContent: { Subject: escapeTextBraces(mail.subject), Html: mail.html, Text: mail.text },
            TemplateData: '{}',
            Headers: toSesHeaders(mail.headers),
          },
        },
        BulkEmailEntries: recipients.map(({ email, replacements, headers, tags = {} }) => ({
          Destination: { ToAddresses: [email] },
          ReplacementEmailContent: {
            ReplacementTemplate: {
              ReplacementTemplateData: JSON.stringify({ ...literalReplacements, ...replacements }),
            },
          },
          ReplacementHeaders: toSesHeaders(headers),
          // All tags: the API reference does not say whether these replace or extend the default tags.
          ReplacementTags: [...buildFeedbackTags(mail.headers), ...toSesTags(tags)],
        })),
      }),
    );

  const sendBulk = async (mail: BulkMail, recipients: readonly Recipient[]): Promise<SendResult[]> => {
    try {
      const { BulkEmailEntryResults } = await sendBulkEmail(mail, recipients);
      return toSendResults(BulkEmailEntryResults, recipients.length);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const detail = `${error.name}: ${error.message}`;
      if (!isRequestError(error)) return recipients.map(() => ({ outcome: 'deferred', detail }));
      if (recipients.length === 1) return [{ outcome: 'refused', detail }];
      // One bad entry makes SES refuse the whole call: halving finds it, and the others get their mail.
      const middle = Math.ceil(recipients.length / 2);
      const first = await sendBulk(mail, recipients.slice(0, middle));
      return [...first, ...(await sendRest(mail, recipients.slice(middle)))];
    }
  };

  /** A failure here must not lose the results of earlier calls: it makes only its own recipients uncertain. */
  const sendRest = async (mail: BulkMail, recipients: readonly Recipient[]): Promise<SendResult[]> => {
    try {
      return await sendBulk(mail, recipients);
    } catch (error) {
      return recipients.map(() => ({ outcome: 'uncertain', detail: String(error) }));
    }
  };

  return {
    sendBulk,

    sendOne: async ({ to, subject, html, text, headers }) => {
      const { MessageId } = await ses.send(
        new SendEmailCommand({
          FromEmailAddress: from,
          ConfigurationSetName: configurationSet,
          Destination: { ToAddresses: [to] },
          EmailTags: buildFeedbackTags(headers),
          Content: {
            Simple: {
              Subject: { Data: subject, Charset: 'UTF-8' },
              Body: { Html: { Data: html, Charset: 'UTF-8' }, Text: { Data: text, Charset: 'UTF-8' } },
              Headers: toSesHeaders(headers),
            },
          },
        }),
      );
      return { messageId: MessageId ?? '' };
    },

    liftSuppression: async (email) => {
      try {
        await ses.send(new DeleteSuppressedDestinationCommand({ EmailAddress: email }));
      } catch (error) {
        if (!(error instanceof NotFoundException)) throw error;
      }
    },

    listSuppressed: async function* (since) {
      const pages = paginateListSuppressedDestinations({ client: ses, pageSize: 1000 }, { StartDate: since });
      for await (const { SuppressedDestinationSummaries = [] } of pages)
        for (const { EmailAddress: email = '', Reason, LastUpdateTime = since } of SuppressedDestinationSummaries)
          yield { email, reason: Reason === 'COMPLAINT' ? 'complaint' : 'bounce', at: LastUpdateTime.toISOString() };
    },

    readLimits: async () => {
      const { SendQuota, SendingEnabled } = await ses.send(new GetAccountCommand({}));
      const { Max24HourSend = 0, MaxSendRate = 0, SentLast24Hours = 0 } = SendQuota ?? {};
      // -1: no quota.
      const quota = Max24HourSend < 0 ? Number.MAX_SAFE_INTEGER : Max24HourSend;
      return {
        perSecond: MaxSendRate > 0 ? MaxSendRate : 1,
        leftToday: SendingEnabled === false ? 0 : Math.max(0, Math.floor(quota - SentLast24Hours)),
      };
    },
  };
};

/**
 * Results by recipient. An address that SES calls invalid counts as gone only if others in the same call were sent:
 * otherwise the mail itself may be invalid.
 */
const toSendResults = (results: EntryResults, count: number): SendResult[] => {
  const anySent = results?.some(({ Status }) => Status === 'SUCCESS') ?? false;
  return Array.from({ length: count }, (_, index): SendResult => {
    const { Status = 'NO_RESULT', MessageId = '', Error: reason = '' } = results?.[index] ?? {};
    if (Status === 'SUCCESS') return { outcome: 'sent', messageId: MessageId };
    const detail = `${Status}: ${reason}`;
    if (Status === 'NO_RESULT') return { outcome: 'uncertain', detail };
    const outcome = outcomeByStatus[Status] ?? 'deferred';
    return { outcome: outcome === 'failed' && !anySent ? 'refused' : outcome, detail };
  });
};
