import { randomUUID } from 'node:crypto';
import { accountId, region } from '../base/aws-account.ts';
import type { BusEvent } from '../events/bus-event.ts';
import type { JsonValue } from '../template/template.ts';
import type { NewMail } from './mail-store.ts';

/** What becomes of a mail, by its recipient's address. */
export type MailboxOutcome =
  | 'delivered'
  | 'bounce'
  | 'softbounce'
  | 'complaint'
  | 'ooto'
  | 'suppressed'
  | 'busy'
  | 'rejected'
  | 'unrendered';

/** The mailbox simulator's addresses, with any label after a plus sign. */
const simulatorOutcomes: Readonly<Record<string, MailboxOutcome>> = {
  success: 'delivered',
  bounce: 'bounce',
  complaint: 'complaint',
  ooto: 'ooto',
  suppressionlist: 'suppressed',
};

/** Local parts that mean the same at any domain, so that a test can have as many readers of a kind as it likes. */
const outcomePrefixes: readonly (readonly [string, MailboxOutcome])[] = [
  ['softbounce', 'softbounce'],
  ['bounce', 'bounce'],
  ['complaint', 'complaint'],
  // Not SES's own: refused at once, for now (`busy`) or for good (`rejected`).
  ['busy', 'busy'],
  ['rejected', 'rejected'],
];

/** Who begins with it gets so many mails before anything happens to them: the confirmation and the welcome. */
const delayed = { prefix: 'later', mails: 2 } as const;

/**
 * What becomes of a mail to this address: as SES's mailbox simulator has it, and by a few beginnings elsewhere.
 * `laterbounce@…` is one of those who were well when they signed up.
 * @param before mails that were sent there before
 */
export const decideMailboxOutcome = (address: string, before = 0): MailboxOutcome => {
  const [local = '', domain = ''] = address.toLowerCase().split('@');
  if (local.startsWith(delayed.prefix)) {
    const own = address.slice(delayed.prefix.length);
    return before < delayed.mails ? 'delivered' : decideMailboxOutcome(own);
  }
  if (domain === 'simulator.amazonses.com')
    return simulatorOutcomes[local.split('+')[0] ?? ''] ?? 'delivered';
  return outcomePrefixes.find(([prefix]) => local.startsWith(prefix))?.[1] ?? 'delivered';
};

/** The event that SES puts on the bus for a mail's fate; undefined where nothing is to be told. */
export const buildSesEvent = (mail: NewMail, fate: MailboxOutcome): BusEvent | undefined => {
  const event = buildEventDetail(mail, fate);
  return (
    event && {
      version: '0',
      id: randomUUID(),
      'detail-type': event.type,
      source: 'aws.ses',
      account: accountId,
      time: `${new Date(mail.at).toISOString().slice(0, 19)}Z`,
      region,
      resources: [`arn:aws:ses:${region}:${accountId}:configuration-set/${mail.configurationSet ?? ''}`],
      detail: { ...event.detail, mail: buildEventMail(mail) },
    }
  );
};

/** `status` is absent where what came back is an answer, not a delivery report. */
const buildBounce = (mail: NewMail, bounceType: string, bounceSubType: string, status?: string) => ({
  type: 'Email Bounced',
  detail: {
    eventType: 'Bounce',
    bounce: {
      feedbackId: `${mail.id}-feedback`,
      bounceType,
      bounceSubType,
      bouncedRecipients: [
        {
          emailAddress: mail.to,
          ...(status !== undefined && {
            action: 'failed',
            status,
            diagnosticCode: `smtp; ${status.startsWith('5') ? 550 : 450} ${status} simulated`,
          }),
        },
      ],
      timestamp: new Date(mail.at).toISOString(),
      reportingMTA: 'dns; localhost',
    },
  },
});

const buildEventDetail = (
  mail: NewMail,
  fate: MailboxOutcome,
): { type: string; detail: Record<string, JsonValue> } | undefined => {
  if (fate === 'bounce') return buildBounce(mail, 'Permanent', 'General', '5.1.1');
  if (fate === 'suppressed') return buildBounce(mail, 'Permanent', 'Suppressed', '5.1.1');
  if (fate === 'softbounce') return buildBounce(mail, 'Transient', 'MailboxFull', '4.2.2');
  if (fate === 'ooto') return buildBounce(mail, 'Transient', 'General');
  if (fate === 'unrendered')
    return {
      type: 'Email Rendering Failed',
      detail: { eventType: 'Rendering Failure', failure: { errorMessage: 'A value is missing.' } },
    };
  if (fate !== 'complaint') return undefined;
  return {
    type: 'Email Complaint Received',
    detail: {
      eventType: 'Complaint',
      complaint: {
        feedbackId: `${mail.id}-feedback`,
        complainedRecipients: [{ emailAddress: mail.to }],
        timestamp: new Date(mail.at).toISOString(),
        complaintFeedbackType: 'abuse',
        userAgent: 'Seedpress local SES',
      },
    },
  };
};

const buildEventMail = (mail: NewMail): { [name: string]: JsonValue } => ({
  timestamp: new Date(mail.at).toISOString(),
  source: mail.from,
  sendingAccountId: accountId,
  messageId: mail.id,
  destination: [mail.to],
  headersTruncated: false,
  headers: mail.headers.map(({ name, value }) => ({ name, value })),
  tags: Object.fromEntries(Object.entries(mail.tags).map(([name, value]) => [name, [value]])),
});
