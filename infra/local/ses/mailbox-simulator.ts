import { randomUUID } from 'node:crypto';
import { accountId, region } from '../base/aws-account.ts';
import type { BusEvent } from '../events/bus-event.ts';
import type { JsonValue } from '../template/template.ts';
import type { NewMail } from './mail-store.ts';

export type MailboxOutcome =
  | 'delivered'
  | 'bounce'
  | 'softbounce'
  | 'complaint'
  | 'ooto'
  | 'suppressed'
  | 'listedBounce'
  | 'listedComplaint'
  | 'busy'
  | 'rejected'
  | 'unrendered';

const simulatorDomain = 'simulator.amazonses.com';

/** SES does not put these on its suppression list. */
export const isSimulatorAddress = (address: string): boolean => address.toLowerCase().endsWith(`@${simulatorDomain}`);

/** Addresses of the mailbox simulator; a label may follow after a plus sign. */
const simulatorOutcomes: Readonly<Record<string, MailboxOutcome>> = {
  success: 'delivered',
  bounce: 'bounce',
  complaint: 'complaint',
  ooto: 'ooto',
  suppressionlist: 'suppressed',
};

/** Beginnings of local parts, at any domain: a test can have many readers of each kind. */
const outcomePrefixes: readonly (readonly [string, MailboxOutcome])[] = [
  ['softbounce', 'softbounce'],
  ['bounce', 'bounce'],
  ['complaint', 'complaint'],
  // Not of SES: refused at once, either temporarily (`busy`) or permanently (`rejected`).
  ['busy', 'busy'],
  ['rejected', 'rejected'],
];

/** An outcome with this prefix happens after so many delivered mails: the confirmation and the welcome. */
const delayed = { prefix: 'later', mails: 2 } as const;

/**
 * Decides the outcome of a mail by its address. `laterbounce@…` signs up successfully and bounces later.
 * @param sentBefore number of mails that were sent to the address before
 */
export const decideMailboxOutcome = (address: string, sentBefore = 0): MailboxOutcome => {
  const [local = '', domain = ''] = address.toLowerCase().split('@');
  if (local.startsWith(delayed.prefix)) {
    return sentBefore < delayed.mails ? 'delivered' : decideMailboxOutcome(address.slice(delayed.prefix.length));
  }
  if (domain === simulatorDomain) return simulatorOutcomes[local.split('+')[0] ?? ''] ?? 'delivered';
  return outcomePrefixes.find(([prefix]) => local.startsWith(prefix))?.[1] ?? 'delivered';
};

/** The event that SES sends to EventBridge; undefined for an outcome without one. */
export const buildSesEvent = (mail: NewMail, outcome: MailboxOutcome): BusEvent | undefined => {
  const event = buildEventDetail(mail, outcome);
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

/** Without `status` the response is an auto-reply, not a delivery report. */
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
  outcome: MailboxOutcome,
): { type: string; detail: Record<string, JsonValue> } | undefined => {
  if (outcome === 'bounce') return buildBounce(mail, 'Permanent', 'General', '5.1.1');
  if (outcome === 'suppressed') return buildBounce(mail, 'Permanent', 'Suppressed', '5.1.1');
  if (outcome === 'listedBounce') return buildBounce(mail, 'Permanent', 'OnAccountSuppressionList', '5.1.1');
  if (outcome === 'softbounce') return buildBounce(mail, 'Transient', 'MailboxFull', '4.2.2');
  if (outcome === 'ooto') return buildBounce(mail, 'Transient', 'General');
  if (outcome === 'unrendered')
    return {
      type: 'Email Rendering Failed',
      detail: { eventType: 'Rendering Failure', failure: { errorMessage: 'A value is missing.' } },
    };
  if (outcome !== 'complaint' && outcome !== 'listedComplaint') return undefined;
  return {
    type: 'Email Complaint Received',
    detail: {
      eventType: 'Complaint',
      complaint: {
        feedbackId: `${mail.id}-feedback`,
        complainedRecipients: [{ emailAddress: mail.to }],
        timestamp: new Date(mail.at).toISOString(),
        complaintFeedbackType: 'abuse',
        ...(outcome === 'listedComplaint' && { complaintSubType: 'OnAccountSuppressionList' }),
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
