import { z } from 'zod';

/** What a mailer told of one mail after it had taken it. */
export interface DeliveryFeedback {
  /**
   * `hardBounce`: the address takes no mail; `softBounce`: not now; `complaint`: the reader called it unwanted;
   * `notSent`: the mailer could not send what it had taken.
   */
  readonly kind: 'hardBounce' | 'softBounce' | 'complaint' | 'notSent';
  readonly messageId: string;
  readonly email: string;
  /** The instant the mail was taken at. */
  readonly sentAt: string;
  /** The issue it was a copy of; absent for confirmations and the like. */
  readonly issue?: string;
  /** The reader it was for, where the mail said so. */
  readonly key?: string;
  /** Whether it is held against the account: SES refuses by itself what it knows to be refused, and then it is not. */
  readonly countsAgainstAccount: boolean;
  readonly detail: string;
}

const firstValueSchema = z.array(z.string()).transform((values) => values[0]);

const mailSchema = z.object({
  messageId: z.string(),
  timestamp: z.string(),
  destination: z.array(z.string()).min(1),
  tags: z.record(z.string(), firstValueSchema).default({}),
});

/** The events of https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html, as EventBridge names them. */
const sesEventSchema = z.discriminatedUnion('detail-type', [
  z.object({
    'detail-type': z.literal('Email Bounced'),
    detail: z.object({
      mail: mailSchema,
      bounce: z.object({
        bounceType: z.string(),
        bounceSubType: z.string().default(''),
        bouncedRecipients: z.array(
          z.object({ status: z.string().optional(), diagnosticCode: z.string().optional() }),
        ),
      }),
    }),
  }),
  z.object({
    'detail-type': z.literal('Email Complaint Received'),
    detail: z.object({
      mail: mailSchema,
      complaint: z.object({
        complaintSubType: z.string().nullish(),
        complaintFeedbackType: z.string().nullish(),
      }),
    }),
  }),
  z.object({
    'detail-type': z.enum(['Email Rejected', 'Email Rendering Failed']),
    detail: z.object({ mail: mailSchema }),
  }),
]);
type SesEvent = z.infer<typeof sesEventSchema>;

const eventTypeSchema = z.object({ source: z.literal('aws.ses'), 'detail-type': z.string() });
const handledEventTypes = new Set<string>([
  'Email Bounced',
  'Email Complaint Received',
  'Email Rejected',
  'Email Rendering Failed',
]);

/** What SES keeps an address by that it refuses to mail again: it costs the account nothing. */
const accountSuppressionList = 'OnAccountSuppressionList';

/**
 * Reads an event of SES. Undefined for what asks for nothing: other events, an out-of-office reply, a reader who says
 * that it is no spam.
 * @throws when it is no event of SES, or lacks what its kind must have
 */
export const parseSesEvent = (event: unknown): DeliveryFeedback | undefined => {
  if (!handledEventTypes.has(eventTypeSchema.parse(event)['detail-type'])) return undefined;
  const read = sesEventSchema.parse(event);
  const told = toFeedback(read);
  if (!told) return undefined;
  const { messageId, timestamp, destination, tags } = read.detail.mail;
  return {
    ...told,
    messageId,
    sentAt: timestamp,
    email: destination[0] ?? '',
    ...(tags.issue !== undefined && { issue: tags.issue }),
    ...(tags.key !== undefined && { key: tags.key }),
  };
};

const toFeedback = (
  event: SesEvent,
): Pick<DeliveryFeedback, 'kind' | 'countsAgainstAccount' | 'detail'> | undefined => {
  if (event['detail-type'] === 'Email Bounced') return toBounceFeedback(event.detail.bounce);
  if (event['detail-type'] === 'Email Complaint Received') {
    const { complaintFeedbackType: type, complaintSubType } = event.detail.complaint;
    if (type === 'not-spam') return undefined;
    return {
      kind: 'complaint',
      countsAgainstAccount: complaintSubType !== accountSuppressionList,
      detail: type ?? 'complaint',
    };
  }
  return { kind: 'notSent', countsAgainstAccount: false, detail: event['detail-type'] };
};

type SesBounce = (SesEvent & { 'detail-type': 'Email Bounced' })['detail']['bounce'];

/** Who does not read mail for now answers by a bounce without a status: a holiday is no reason to lose a reader. */
const toBounceFeedback = ({ bounceType, bounceSubType, bouncedRecipients }: SesBounce) => {
  const [{ status, diagnosticCode } = {}] = bouncedRecipients;
  const detail = diagnosticCode ?? `${bounceType} ${bounceSubType}`;
  if (bounceType === 'Permanent')
    return {
      kind: 'hardBounce' as const,
      countsAgainstAccount: bounceSubType !== accountSuppressionList,
      detail,
    };
  const isLettersFault = /^(?:MessageTooLarge|ContentRejected|AttachmentRejected)$/.test(bounceSubType);
  const isAnswer = bounceSubType === 'General' && status === undefined;
  if (isLettersFault || isAnswer) return undefined;
  return { kind: 'softBounce' as const, countsAgainstAccount: false, detail };
};
