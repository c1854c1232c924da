import { randomUUID } from 'node:crypto';
import type { Mailer } from '../adapters/mailer.ts';
import { createSesClient, createSesMailer } from '../adapters/ses-mailer.ts';
import { createSmtpMailer } from '../adapters/smtp-mailer.ts';
import type { Publication } from '../core/publication.ts';

/** Where mails go out, besides what the publication's settings say. */
export interface MailRoute {
  readonly configurationSet?: string | undefined;
  readonly smtpAddress?: string | undefined;
}

/**
 * The mailer that the settings choose.
 * @param ses where SES is, where the process's own environment does not say so
 * @throws when the deployment does not say where it is
 */
export const createMailer = (
  { sender, newsletter: { mailer } }: Publication,
  { configurationSet, smtpAddress }: MailRoute,
  ses: Parameters<typeof createSesClient>[0] = {},
): Mailer => {
  if (mailer === 'ses' && configurationSet !== undefined)
    return createSesMailer(createSesClient(ses), { sender, configurationSet });
  if (mailer === 'smtp' && smtpAddress !== undefined)
    return createSmtpMailer({ address: smtpAddress, sender, newId: randomUUID });
  throw new Error(`mails go out by ${mailer}, but the function was not told how`);
};
