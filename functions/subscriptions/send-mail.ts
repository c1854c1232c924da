import type { EmailContent } from '../core/newsletter/email/render-email.ts';
import { redactEmailAddresses } from '../core/newsletter/subscriber/email-address.ts';
import type { SubscriptionsServices } from './services.ts';

class MailNotSent extends Error {
  override readonly name = 'MailNotSent';
}

/** @throws {MailNotSent} with the reason, but without the address; it has no cause, since that may contain the address */
export const sendMail = async (
  { mailer, log }: Pick<SubscriptionsServices, 'mailer' | 'log'>,
  to: string,
  content: EmailContent,
): Promise<void> => {
  try {
    await mailer.sendOne({ to, ...content });
  } catch (error) {
    log.count('mailFailures', 1);
    throw new MailNotSent(redactEmailAddresses(String(error)));
  }
};
