/** Headers by name. Values are one line of ASCII each. */
export type MailHeaders = Readonly<Record<string, string>>;

export interface OutgoingMail {
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: MailHeaders;
}

export type BulkMail = Omit<OutgoingMail, 'to'>;

export interface Recipient {
  readonly email: string;
  /** The text for each `{{name}}` of the mail. */
  readonly replacements: Readonly<Record<string, string>>;
  readonly headers: MailHeaders;
  /** Returned in the mailer's events on this message: letters, digits, dots, hyphens and underscores. */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * The result for one recipient. `failed`: no mail can reach the address; `refused`: this mail is not accepted, whatever
 * the address; `retryable`: a later try may succeed; `deferred`: no mail of ours is accepted for now, because of the
 * quota or the account; `uncertain`: it may have been sent.
 */
export type SendResult =
  | { readonly outcome: 'sent'; readonly messageId: string }
  | { readonly outcome: 'failed' | 'refused' | 'retryable' | 'deferred' | 'uncertain'; readonly detail: string };

/** An address that the mailer accepts mail for and sends none to. */
export interface SuppressedAddress {
  readonly email: string;
  readonly reason: 'bounce' | 'complaint';
  readonly at: string;
}

export const maxBulkRecipients = 50;

export interface Mailer {
  /** @throws when the mail was not accepted */
  sendOne(mail: OutgoingMail): Promise<{ readonly messageId: string }>;
  /**
   * Sends a mail to up to `maxBulkRecipients` recipients: one result for each, in their order.
   * @throws when it is unknown whether anything was sent
   */
  sendBulk(mail: BulkMail, recipients: readonly Recipient[]): Promise<readonly SendResult[]>;
  /** Has mail sent to an address again that the mailer has kept a list of; nothing changes where it is not on it. */
  liftSuppression(email: string): Promise<void>;
  /** What was put on that list from an instant on. */
  listSuppressed(since: Date): AsyncIterable<SuppressedAddress>;
  /** Mails a second, and recipients left of the day's quota. */
  readLimits(): Promise<{ readonly perSecond: number; readonly leftToday: number }>;
  /** Closes connections that would keep the process alive, if there are any. */
  close?(): void;
}
