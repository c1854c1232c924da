import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { runInTransaction } from '../base/database.ts';
import type { BusEvent } from '../events/bus-event.ts';
import { fillTemplate } from './fill-template.ts';
import type { MailStore, NewMail } from './mail-store.ts';
import { buildSesEvent, decideMailboxOutcome } from './mailbox-simulator.ts';
import type { Quota } from './quota.ts';

export type SesListener = (event: BusEvent) => void;

/** What an account is told to be; absent: one that left the sandbox, to which every address is verified. */
export interface SesAccountSettings {
  readonly sandbox?: boolean;
  /** Identities as `GetEmailIdentity` gives them, by name; then there are no others. */
  readonly identities?: Readonly<Record<string, object>>;
}

/** What the operations work on. */
export interface SesContext {
  readonly database: DatabaseSync;
  readonly mails: MailStore;
  readonly quota: Quota;
  readonly now: () => Date;
  readonly listeners: ReadonlySet<SesListener>;
  readonly account: SesAccountSettings;
}

/** Why a mail was not taken, by the statuses of `SendBulkEmail`. */
export type SendRefusal =
  | 'ACCOUNT_THROTTLED'
  | 'ACCOUNT_DAILY_QUOTA_EXCEEDED'
  | 'INVALID_PARAMETER'
  | 'MESSAGE_REJECTED'
  | 'TRANSIENT_FAILURE';
export type AcceptResult =
  | { readonly id: string }
  | { readonly refusal: SendRefusal; readonly reason: string };

// SES knows no SMTPUTF8: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Destination.html
const addressPattern = /^[\x21-\x3f\x41-\x7e]{1,64}@(?=.{1,255}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i;

/** Takes a mail to one recipient, or says why not. Listeners hear of its fate within the same transaction. */
export const acceptMail = (ses: SesContext, draft: Omit<NewMail, 'id' | 'at' | 'fate'>): AcceptResult => {
  const { database, mails, quota, now, listeners } = ses;
  if (!addressPattern.test(draft.to))
    return { refusal: 'INVALID_PARAMETER', reason: `Not an address: ${draft.to}` };
  const fate = decideMailboxOutcome(draft.to, mails.countTo(draft.to));
  if (fate === 'rejected') return { refusal: 'MESSAGE_REJECTED', reason: 'Simulated rejection' };
  if (fate === 'busy') return { refusal: 'TRANSIENT_FAILURE', reason: 'Simulated transient failure' };
  return runInTransaction(database, () => {
    const share = quota.takeToken();
    if (share === 'rate') return { refusal: 'ACCOUNT_THROTTLED', reason: 'Maximum sending rate exceeded.' };
    if (share === 'day')
      return { refusal: 'ACCOUNT_DAILY_QUOTA_EXCEEDED', reason: 'Daily message quota exceeded.' };
    const { template: letter, data } = draft;
    const filled = [letter.subject, letter.html, letter.text].map((part) => fillTemplate(part, data));
    const outcome = filled.some(({ missing }) => missing.length > 0) ? 'unrendered' : fate;
    const at = now().getTime();
    const mail = {
      ...draft,
      id: `${at.toString(16).padStart(16, '0')}-${randomBytes(16).toString('hex')}`,
      at,
      fate: outcome,
    };
    mails.add(mail);
    const event = mail.configurationSet === undefined ? undefined : buildSesEvent(mail, outcome);
    if (event) for (const listener of listeners) listener(event);
    return { id: mail.id };
  });
};
