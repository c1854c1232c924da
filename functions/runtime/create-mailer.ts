import { randomUUID } from 'node:crypto';
import type { SESv2Client } from '@aws-sdk/client-sesv2';
import type { Mailer } from '../adapters/mailer.ts';
import { createSesClient, createSesMailer } from '../adapters/ses-mailer.ts';
import { createSmtpMailer } from '../adapters/smtp-mailer.ts';
import type { Publication } from '../core/publication.ts';

export interface MailerConfig {
  readonly publication: Publication;
  readonly configurationSet?: string | undefined;
  readonly smtpAddress?: string | undefined;
}

/** The mailer that the publication's settings choose. @throws when the environment does not configure it */
export const createMailer = (
  { publication, configurationSet, smtpAddress }: MailerConfig,
  createSes: () => SESv2Client = createSesClient,
): Mailer => {
  const {
    sender,
    newsletter: { mailer },
  } = publication;
  if (mailer === 'ses' && configurationSet !== undefined)
    return createSesMailer(createSes(), { sender, configurationSet });
  if (mailer === 'smtp' && smtpAddress !== undefined)
    return createSmtpMailer({ address: smtpAddress, sender, createId: randomUUID });
  throw new Error(`the mailer ${mailer} is not configured in the environment`);
};
