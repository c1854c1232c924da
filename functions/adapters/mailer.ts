/** Headers by name. Values are one line of ASCII each. */
export type MailHeaders = Readonly<Record<string, string>>;

/** One mail to one reader: a confirmation, a welcome. */
export interface OutgoingMail {
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: MailHeaders;
}

/** A mail to many: `{{name}}` in its HTML and text is replaced for each recipient. */
export type BulkMail = Omit<OutgoingMail, 'to'>;

export interface Recipient {
  readonly email: string;
  /** What stands for each `{{name}}` of the letter. */
  readonly replacements: Readonly<Record<string, string>>;
  /** Headers of this recipient's copy alone, besides those of the letter. */
  readonly headers: MailHeaders;
  /** What the mailer's events on this copy will say of it: letters, digits, dots, hyphens and underscores. */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * What became of one recipient. `failed`: no mail will ever reach this address; `refused`: this mail is not taken, be
 * the address good or bad; `again`: trying later may help; `later`: nothing of ours is taken for now, be it the quota
 * or the account, and nobody is to blame; `uncertain`: it may have been sent or not.
 */
export type SendResult =
  | { readonly outcome: 'sent'; readonly messageId: string }
  | {
      readonly outcome: 'failed' | 'refused' | 'retryable' | 'deferred' | 'uncertain';
      readonly detail: string;
    };

/** The most recipients of one `sendBulk`. */
export const maxBulkRecipients = 50;

/** Hands mails to the world, from the publication's sender. */
export interface Mailer {
  /** @throws when the mail was not taken */
  sendOne(mail: OutgoingMail): Promise<{ readonly messageId: string }>;
  /**
   * Sends a letter to up to `bulkSize` recipients: one result for each, in their order.
   * @throws when it cannot be known whether anything was sent
   */
  sendBulk(letter: BulkMail, recipients: readonly Recipient[]): Promise<readonly SendResult[]>;
  /** What may still be sent: mails a second, and recipients until the day's quota is used up. */
  readLimits(): Promise<{ readonly perSecond: number; readonly leftToday: number }>;
  /** Ends connections that would keep a program from ending, where there are any. */
  close?(): void;
}
