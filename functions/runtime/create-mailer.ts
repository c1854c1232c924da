import { randomUUID } from 'node:crypto';
import type { SESv2Client } from '@aws-sdk/client-sesv2';
import type { Mailer } from '../adapters/mailer.ts';
import { createSesClient, createSesMailer } from '../adapters/ses-mailer.ts';
import { createSmtpMailer } from '../adapters/smtp-mailer.ts';
import type { Publication } from '../core/publication.ts';

/** Where mails go out, besides what the publication's settings say. */
export interface MailTransportConfig {
  readonly configurationSet?: string | undefined;
  readonly smtpAddress?: string | undefined;
}

/**
 * The mailer that the settings choose.
 * @param createSes makes the client, where it is not the usual one
 * @throws when the deployment does not say where it is
 */
export const createMailer = (
  { sender, newsletter: { mailer } }: Publication,
  { configurationSet, smtpAddress }: MailTransportConfig,
  createSes: () => SESv2Client = createSesClient,
): Mailer => {
  if (mailer === 'ses' && configurationSet !== undefined)
    return createSesMailer(createSes(), { sender, configurationSet });
  if (mailer === 'smtp' && smtpAddress !== undefined)
    return createSmtpMailer({ address: smtpAddress, sender, createId: randomUUID });
  throw new Error(`mails go out by ${mailer}, but the function was not told how`);
};
