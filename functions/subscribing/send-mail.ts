import type { Note } from '../core/mail/write-note.ts';
import { withoutAddresses } from '../core/newsletter/without-addresses.ts';
import type { SubscribingServices } from './services.ts';

export class MailNotSent extends Error {
  override readonly name = 'MailNotSent';
}

/**
 * Mails a note to one reader.
 * @throws {MailNotSent} saying why, without the address; the cause is left out since it has it
 */
export const sendMail = async (
  { mailer, log }: Pick<SubscribingServices, 'mailer' | 'log'>,
  to: string,
  note: Note,
): Promise<void> => {
  try {
    await mailer.sendOne({ to, ...note });
  } catch (error) {
    log.count('mailFailures', 1);
    throw new MailNotSent(withoutAddresses(String(error)));
  }
};
