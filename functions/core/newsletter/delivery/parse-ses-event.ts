import * as z from 'zod';

export interface DeliveryFeedback {
  /**
   * `hardBounce`: the mailbox does not exist; `softBounce`: it takes no mail now; `complaint`: the reader marked it as
   * spam; `notSent`: the mailer could not send what it had accepted.
   */
  readonly kind: 'hardBounce' | 'softBounce' | 'complaint' | 'notSent';
  readonly messageId: string;
  readonly email: string;
  readonly sentAt: string;
  /** Absent for mails outside an issue, such as confirmations. */
  readonly issue?: string;
  readonly key?: string;
  /** False where SES refused the address by itself: that does not affect the account's reputation. */
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

/**
 * The events of https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html, as EventBridge
 * names them.
 */
const sesEventSchema = z.discriminatedUnion('detail-type', [
  z.object({
    'detail-type': z.literal('Email Bounced'),
    detail: z.object({
      mail: mailSchema,
      bounce: z.object({
        bounceType: z.string(),
        bounceSubType: z.string().default(''),
        bouncedRecipients: z.array(z.object({ status: z.string().optional(), diagnosticCode: z.string().optional() })),
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
    'detail-type': z.literal(['Email Rejected', 'Email Rendering Failed']),
    detail: z.object({ mail: mailSchema }),
  }),
]);
type SesEvent = z.infer<typeof sesEventSchema>;

const eventTypeSchema = z.object({ source: z.literal('aws.ses'), 'detail-type': z.string() });
const handledEventTypes = new Set<string>(
  sesEventSchema.options.flatMap(({ shape }) => [...shape['detail-type'].values]),
);

const accountSuppressionList = 'OnAccountSuppressionList';

/**
 * Parses an event of SES. Undefined for one that needs no action: other types, an out-of-office reply, a report that a
 * mail is not spam.
 * @throws when it is no valid event of SES
 */
export const parseSesEvent = (event: unknown): DeliveryFeedback | undefined => {
  if (!handledEventTypes.has(eventTypeSchema.parse(event)['detail-type'])) return undefined;
  const sesEvent = sesEventSchema.parse(event);
  const feedback = toFeedback(sesEvent);
  if (!feedback) return undefined;
  const { messageId, timestamp, destination, tags } = sesEvent.detail.mail;
  return {
    ...feedback,
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

/** An out-of-office reply arrives as a general bounce without a status; it is no failure. */
const toBounceFeedback = ({ bounceType, bounceSubType, bouncedRecipients }: SesBounce) => {
  const [{ status, diagnosticCode } = {}] = bouncedRecipients;
  const detail = diagnosticCode ?? `${bounceType} ${bounceSubType}`;
  if (bounceType === 'Permanent')
    return {
      kind: 'hardBounce' as const,
      countsAgainstAccount: bounceSubType !== accountSuppressionList,
      detail,
    };
  const isContentRejected = /^(?:MessageTooLarge|ContentRejected|AttachmentRejected)$/.test(bounceSubType);
  const isAutoReply = bounceSubType === 'General' && status === undefined;
  if (isContentRejected || isAutoReply) return undefined;
  return { kind: 'softBounce' as const, countsAgainstAccount: false, detail };
};
