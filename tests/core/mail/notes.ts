import { writeAlreadyMail, writeConfirmationMail } from '../../../functions/core/mail/sign-up-mails.ts';
import { writeWelcomeMail } from '../../../functions/core/mail/welcome-mail.ts';
import type { MailDesk } from '../../../functions/core/mail/write-note.ts';
import { arabic, entry, letter, publication, site, wire } from '../digest/letters.ts';

/** What mails are written with, by a publication with settings of its own. */
export const deskWith = (settings: Partial<typeof publication> = {}): MailDesk => ({
  publication: { ...publication, ...settings },
  site,
  render: letter.render,
});

const linkTo = (page: string): string =>
  `${site}/subscriptions/${page}?token=AwEiMzREVWZ3iJmqu8zd7v8AESIzRFVmd4iZqrvM3e7_EjRWeJ`;

/** Every mail that answers a reader, by a short name. */
export const everyNote = (desk: MailDesk) => ({
  confirmation: writeConfirmationMail(desk, linkTo('confirm')),
  already: writeAlreadyMail(desk, linkTo('preferences')),
  welcome: writeWelcomeMail(desk, {
    cadence: 'weekly',
    entries: [entry, arabic, wire],
    links: { unsubscribe: linkTo('unsubscribe'), preferences: linkTo('preferences') },
  }),
  'welcome to nothing yet': writeWelcomeMail(desk, {
    cadence: 'daily',
    entries: [],
    links: { unsubscribe: linkTo('unsubscribe'), preferences: linkTo('preferences') },
  }),
});
