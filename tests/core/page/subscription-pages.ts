import {
  renderConfirmPage,
  renderErasePage,
  renderUnsubscribePage,
} from '../../../functions/core/page/render-action-page.ts';
import {
  renderConfirmed,
  renderExpiredLink,
  renderInvalidSignUp,
  renderPlainNotice,
} from '../../../functions/core/page/render-notice.ts';
import { renderPreferencesPage } from '../../../functions/core/page/render-preferences-page.ts';
import type { SitePage } from '../../../functions/core/page/site-page.ts';

const email = 'ana.maria.de-vasconcelos+harbour@a-rather-long-name-of-a-domain.harbour.example';
const token = 'AwEiMzREVWZ3iJmqu8zd7v8AESIzRFVmd4iZqrvM3e7_EjRWeJ';
const preferences = `/subscriptions/preferences?token=${token}`;

const subscriber = {
  state: 'active',
  key: '0123456789abcdef0123456789abcdef',
  since: '2026-11-23T07:00:00.000Z',
  email,
  cadence: 'weekly',
  paused: false,
  softBounces: 0,
} as const;

/** Every page that answers a reader, by a short name. */
export const subscriptionPages = (site: SitePage): Readonly<Record<string, string>> => ({
  'check-mail': renderPlainNotice(site, 'checkMail'),
  'invalid-sign-up': renderInvalidSignUp(site, { email: 'ana@harbour', cadence: 'weekly' }),
  confirm: renderConfirmPage(site, { email, cadence: 'daily', token }),
  confirmed: renderConfirmed(site, preferences),
  'expired-link': renderExpiredLink(site),
  'invalid-link': renderPlainNotice(site, 'invalidLink'),
  preferences: renderPreferencesPage(site, {
    subscriber,
    token,
    leaveToken: token,
    eraseLink: `/subscriptions/erase?token=${token}`,
    saved: true,
  }),
  unsubscribe: renderUnsubscribePage(site, { email, token, preferences }),
  unsubscribed: renderPlainNotice(site, 'unsubscribed'),
  'not-subscribed': renderPlainNotice(site, 'notSubscribed'),
  erase: renderErasePage(site, { email, token, preferences }),
  erased: renderPlainNotice(site, 'erased'),
  'too-many': renderPlainNotice(site, 'tooMany'),
  unreadable: renderPlainNotice(site, 'unreadable'),
  failed: renderPlainNotice(site, 'failed'),
});
