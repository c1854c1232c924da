import {
  renderAddressChangedEmail,
  renderAlreadySubscribedEmail,
  renderConfirmAddressEmail,
  renderConfirmationEmail,
  renderDataLinkEmail,
} from '../../../../functions/core/newsletter/email/reader-emails.ts';
import { renderWelcomeEmail } from '../../../../functions/core/newsletter/email/welcome-email.ts';
import type { RenderContext } from '../../../../functions/core/render.ts';
import {
  agencyEntry,
  arabicEntry,
  digestInput,
  digestPublication,
  digestSite,
  sampleEntry,
} from '../digest/digest-fixture.ts';

/** What mails are written with, by a publication with settings of its own. */
export const createMailContext = (settings: Partial<typeof digestPublication> = {}): RenderContext => ({
  publication: { ...digestPublication, ...settings },
  site: digestSite,
  render: digestInput.render,
});

const buildLink = (page: string): string =>
  `${digestSite}/subscriptions/${page}?token=AwEiMzREVWZ3iJmqu8zd7v8AESIzRFVmd4iZqrvM3e7_EjRWeJ`;

/** Every mail that answers a reader, by a short name. */
export const buildAllReaderMails = (context: RenderContext) => ({
  confirmation: renderConfirmationEmail(context, buildLink('confirm')),
  already: renderAlreadySubscribedEmail(context, buildLink('preferences')),
  'data-link': renderDataLinkEmail(context, buildLink('erase')),
  'new-address': renderConfirmAddressEmail(context, buildLink('address')),
  'old-address': renderAddressChangedEmail(context),
  welcome: renderWelcomeEmail(context, {
    cadence: 'weekly',
    firstIssueAt: '2026-12-04T07:00:00.000Z',
    entries: [sampleEntry, arabicEntry, agencyEntry],
    links: { unsubscribe: buildLink('unsubscribe'), preferences: buildLink('preferences') },
  }),
  'welcome to nothing yet': renderWelcomeEmail(context, {
    cadence: 'daily',
    firstIssueAt: '2026-12-01T07:00:00.000Z',
    entries: [],
    links: { unsubscribe: buildLink('unsubscribe'), preferences: buildLink('preferences') },
  }),
  'welcome to each article': renderWelcomeEmail(context, {
    cadence: 'immediately',
    firstIssueAt: undefined,
    entries: [],
    links: { unsubscribe: buildLink('unsubscribe'), preferences: buildLink('preferences') },
  }),
});
