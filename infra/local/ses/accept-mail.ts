import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { region } from '../base/aws-account.ts';
import { runInTransaction } from '../base/database.ts';
import type { BusEvent } from '../events/bus-event.ts';
import { findIdentity } from './find-identity.ts';
import { fillTemplate, type MailStore, type NewMail } from './mail-store.ts';
import { buildSesEvent, decideMailboxOutcome, isSimulatorAddress, type MailboxOutcome } from './mailbox-simulator.ts';
import { parseMailbox } from './parse-mailbox.ts';
import type { Quota } from './quota.ts';
import type { SuppressionList, SuppressionReason } from './suppression-list.ts';

/** By default an account outside the sandbox, in which every address is verified. */
export interface SesAccountSettings {
  readonly sandbox?: boolean;
  /** All identities of the account by name, as `GetEmailIdentity` returns them. */
  readonly identities?: Readonly<Record<string, object>>;
}

export interface SesContext {
  readonly database: DatabaseSync;
  readonly mails: MailStore;
  readonly quota: Quota;
  readonly suppressions: SuppressionList;
  readonly now: () => Date;
  readonly onEvent: (event: BusEvent) => void;
  readonly account: SesAccountSettings;
  /** Verified addresses and domains of the template. */
  readonly identities: ReadonlySet<string>;
}

/** Why a mail was not accepted, by the statuses of `SendBulkEmail`. */
export type SendRefusal =
  | 'ACCOUNT_THROTTLED'
  | 'ACCOUNT_DAILY_QUOTA_EXCEEDED'
  | 'INVALID_PARAMETER'
  | 'MESSAGE_REJECTED'
  | 'TRANSIENT_FAILURE';
export type AcceptResult = { readonly id: string } | { readonly refusal: SendRefusal; readonly reason: string };

// SES knows no SMTPUTF8: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Destination.html
const addressPattern = /^[\x21-\x3f\x41-\x7e]{1,64}@(?=.{1,255}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i;

/** What SES does with a mail to an address on the list, and reports. */
const listedOutcomes = { BOUNCE: 'listedBounce', COMPLAINT: 'listedComplaint' } as const;

/** Outcomes that put an address on the list, by the reasons of the configuration set. */
const suppressionReasons: Partial<Record<MailboxOutcome, SuppressionReason>> = {
  bounce: 'BOUNCE',
  complaint: 'COMPLAINT',
};

/** In the sandbox SES mails its simulator, the sender and other verified identities. */
const isMailable = ({ account, identities }: SesContext, { from, to }: Pick<NewMail, 'from' | 'to'>): boolean =>
  !account.sandbox ||
  isSimulatorAddress(to) ||
  to === parseMailbox(from).address ||
  findIdentity(to, identities) !== undefined;

/** Accepts a mail to one recipient or refuses it. Its event is emitted within the same transaction. */
export const acceptMail = (ses: SesContext, mail: Omit<NewMail, 'id' | 'at' | 'outcome'>): AcceptResult => {
  const { database, mails, quota, now, onEvent, suppressions } = ses;
  if (!addressPattern.test(mail.to)) return { refusal: 'INVALID_PARAMETER', reason: `Not an address: ${mail.to}` };
  if (!isMailable(ses, mail))
    return {
      refusal: 'MESSAGE_REJECTED',
      reason: `Email address is not verified. The following identities failed the check in region ${region.toUpperCase()}: ${mail.to}`,
    };
  const simulated = decideMailboxOutcome(mail.to, mails.countTo(mail.to));
  if (simulated === 'rejected') return { refusal: 'MESSAGE_REJECTED', reason: 'Simulated rejection' };
  if (simulated === 'busy') return { refusal: 'TRANSIENT_FAILURE', reason: 'Simulated transient failure' };
  return runInTransaction(database, () => {
    const share = quota.takeToken();
    if (share === 'rate') return { refusal: 'ACCOUNT_THROTTLED', reason: 'Maximum sending rate exceeded.' };
    if (share === 'day') return { refusal: 'ACCOUNT_DAILY_QUOTA_EXCEEDED', reason: 'Daily message quota exceeded.' };
    const { subject, html, text } = mail.template;
    const isComplete = [subject, html, text].every((part) => fillTemplate(part, mail.data).missing.length === 0);
    const at = now().getTime();
    const suppressed = suppressions.find(mail.to);
    const outcome = isComplete ? (suppressed ? listedOutcomes[suppressed.reason] : simulated) : 'unrendered';
    const isListed = mail.configurationSet !== undefined && !isSimulatorAddress(mail.to);
    const reason = isListed ? suppressionReasons[outcome] : undefined;
    if (reason) suppressions.add({ email: mail.to, reason, at });
    const id = `${at.toString(16).padStart(16, '0')}-${randomBytes(16).toString('hex')}`;
    const accepted = { ...mail, id, at, outcome };
    mails.add(accepted);
    const event = mail.configurationSet === undefined ? undefined : buildSesEvent(accepted, outcome);
    if (event) onEvent(event);
    return { id };
  });
};
