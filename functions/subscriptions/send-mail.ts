import type { EmailContent } from '../core/newsletter/email/render-email.ts';
import { redactEmailAddresses } from '../core/newsletter/subscriber/email-address.ts';
import type { SubscriptionsServices } from './services.ts';

class MailNotSent extends Error {
  override readonly name = 'MailNotSent';
}

/**
 * Mails a note to one reader.
 * @throws {MailNotSent} saying why, without the address; the cause is left out since it has it
 */
export const sendMail = async (
  { mailer, log }: Pick<SubscriptionsServices, 'mailer' | 'log'>,
  to: string,
  note: EmailContent,
): Promise<void> => {
  try {
    await mailer.sendOne({ to, ...note });
  } catch (error) {
    log.count('mailFailures', 1);
    throw new MailNotSent(redactEmailAddresses(String(error)));
  }
};
