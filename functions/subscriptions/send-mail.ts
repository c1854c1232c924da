import type { EmailContent } from '../core/newsletter/email/render-email.ts';
import { redactEmailAddresses } from '../core/newsletter/subscriber/email-address.ts';
import type { SubscriptionsServices } from './services.ts';

type MailServices = Pick<SubscriptionsServices, 'mailer' | 'log'>;

class MailNotSent extends Error {
  override readonly name = 'MailNotSent';
}

/**
 * Sends a mail that the reader has just asked for, also where the mailer has stopped sending to the address after a
 * bounce or a complaint.
 * @throws {MailNotSent} as `sendMail` does
 */
export const sendRequestedMail: typeof sendMail = async (services, to, content) => {
  await callMailer(services, () => services.mailer.liftSuppression(to));
  await sendMail(services, to, content);
};

/**
 * @throws {MailNotSent} with the reason, but without the address; it has no cause, since that may contain the address
 */
export const sendMail = (services: MailServices, to: string, content: EmailContent): Promise<void> =>
  callMailer(services, () => services.mailer.sendOne({ to, ...content }));

const callMailer = async ({ log }: MailServices, call: () => Promise<unknown>): Promise<void> => {
  try {
    await call();
  } catch (error) {
    log.count('mailFailures', 1);
    throw new MailNotSent(redactEmailAddresses(String(error)));
  }
};
