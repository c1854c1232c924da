import {
  renderConfirmAddressPage,
  renderConfirmPage,
  renderDataPage,
  renderDataRequestPage,
  renderUnsubscribePage,
} from '../../../../functions/core/newsletter/pages/render-action-page.ts';
import {
  renderConfirmedNotice,
  renderExpiredLinkNotice,
  renderInvalidSignUpNotice,
  renderMovedNotice,
  renderNamedNotice,
} from '../../../../functions/core/newsletter/pages/render-notice.ts';
import { renderPreferencesPage } from '../../../../functions/core/newsletter/pages/render-preferences-page.ts';
import type { PageContext } from '../../../../functions/core/site/page-context.ts';

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
export const renderAllSubscriptionPages = (site: PageContext): Readonly<Record<string, string>> => ({
  'check-mail': renderNamedNotice(site, 'checkMail'),
  'invalid-sign-up': renderInvalidSignUpNotice(site, { email: 'ana@harbour', cadence: 'weekly' }),
  confirm: renderConfirmPage(site, { email, cadence: 'daily', token }),
  confirmed: renderConfirmedNotice(site, preferences),
  'expired-link': renderExpiredLinkNotice(site),
  'invalid-link': renderNamedNotice(site, 'invalidLink'),
  preferences: renderPreferencesPage(site, {
    subscriber,
    token,
    unsubscribeToken: token,
    dataLink: `/subscriptions/erase?token=${token}`,
    saved: true,
  }),
  'rejected-address': renderPreferencesPage(site, {
    subscriber,
    token,
    unsubscribeToken: token,
    dataLink: `/subscriptions/erase?token=${token}`,
    saved: false,
    rejectedAddress: 'ana@quay',
  }),
  'check-address': renderNamedNotice(site, 'checkAddress'),
  'confirm-address': renderConfirmAddressPage(site, { email, cadence: 'weekly', token }),
  'address-expired': renderNamedNotice(site, 'addressExpired'),
  moved: renderMovedNotice(site, { email, preferences }),
  unsubscribe: renderUnsubscribePage(site, { email, token, preferences }),
  'unsubscribe-moved': renderUnsubscribePage(site, { token }),
  unsubscribed: renderNamedNotice(site, 'unsubscribed'),
  'not-subscribed': renderNamedNotice(site, 'notSubscribed'),
  'data-request': renderDataRequestPage(site, { email, token, preferences }),
  'data-link': renderNamedNotice(site, 'dataLink'),
  'data-expired': renderNamedNotice(site, 'dataExpired'),
  data: renderDataPage(site, { email, token, preferences }),
  erased: renderNamedNotice(site, 'erased'),
  'too-many': renderNamedNotice(site, 'tooMany'),
  'too-many-requests': renderNamedNotice(site, 'tooManyRequests'),
  unreadable: renderNamedNotice(site, 'unreadable'),
  failed: renderNamedNotice(site, 'failed'),
});
