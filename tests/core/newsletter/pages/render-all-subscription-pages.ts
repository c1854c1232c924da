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
  renderUnknownTopicNotice,
} from '../../../../functions/core/newsletter/pages/render-notice.ts';
import { renderPreferencesPage } from '../../../../functions/core/newsletter/pages/render-preferences-page.ts';
import type { PageContext } from '../../../../functions/core/site/page-context.ts';

const email = 'ana.maria.de-vasconcelos+harbour@a-rather-long-name-of-a-domain.harbour.example';
const now = new Date('2026-11-28T09:00:00.000Z');
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

const withTopics = (site: PageContext): PageContext => ({
  ...site,
  publication: {
    ...site.publication,
    newsletter: {
      ...site.publication.newsletter,
      topics: ['Harbour', 'Council & courts', 'الميناء'].map((name) => ({ name, topics: [name] })),
    },
  },
});

/** The pages of a publication whose readers choose topics. */
const renderTopicPages = (site: PageContext): Readonly<Record<string, string>> => ({
  'unknown-topic': renderUnknownTopicNotice(site, {
    email: 'ana@quay.example',
    cadence: 'weekly',
    topics: ['harbour'],
  }),
  'confirm-topics': renderConfirmPage(site, {
    email,
    cadence: 'daily',
    topics: ['harbour', 'council-and-courts'],
    token,
  }),
  'confirmed-topics': renderConfirmedNotice(site, { preferences }),
  'preferences-paused': renderPreferencesPage(site, {
    subscriber: { ...subscriber, paused: true, pausedUntil: '2026-12-24T00:00:00.000Z', topics: ['harbour', 'books'] },
    token,
    unsubscribeToken: token,
    dataLink: `/subscriptions/erase?token=${token}`,
    saved: false,
    now,
  }),
  'rejected-date': renderPreferencesPage(site, {
    subscriber: { ...subscriber, paused: true },
    token,
    unsubscribeToken: token,
    dataLink: `/subscriptions/erase?token=${token}`,
    saved: false,
    now,
    rejected: {
      choices: {
        choice: 'pause-date',
        date: '2026-11-01',
        topics: ['harbour'],
        problems: new Set(['date', 'topics'] as const),
      },
    },
  }),
});

/** Of readers whose cadence is not offered any more. */
const renderFormerChoicePages = (site: PageContext): Readonly<Record<string, string>> => ({
  'preferences-former-cadence': renderPreferencesPage(withTopics(site), {
    subscriber: { ...subscriber, cadence: 'monthly' },
    token,
    unsubscribeToken: token,
    dataLink: `/subscriptions/erase?token=${token}`,
    saved: false,
    now,
  }),
  'preferences-quieter-cadence': renderPreferencesPage(withTopics(site), {
    subscriber: { ...subscriber, cadence: 'weekly', chosenCadence: 'daily' },
    token,
    unsubscribeToken: token,
    dataLink: `/subscriptions/erase?token=${token}`,
    saved: false,
    now,
  }),
});

/** Every page that answers a reader, by a short name. */
export const renderAllSubscriptionPages = (site: PageContext): Readonly<Record<string, string>> => ({
  'check-mail': renderNamedNotice(site, 'checkMail'),
  'invalid-sign-up': renderInvalidSignUpNotice(site, { email: 'ana@harbour', cadence: 'weekly', topics: [] }),
  confirm: renderConfirmPage(site, { email, cadence: 'daily', token }),
  confirmed: renderConfirmedNotice(site, { preferences }),
  'expired-link': renderExpiredLinkNotice(site),
  'invalid-link': renderNamedNotice(site, 'invalidLink'),
  preferences: renderPreferencesPage(site, {
    subscriber,
    token,
    unsubscribeToken: token,
    dataLink: `/subscriptions/erase?token=${token}`,
    saved: true,
    now,
  }),
  'rejected-address': renderPreferencesPage(site, {
    subscriber,
    token,
    unsubscribeToken: token,
    dataLink: `/subscriptions/erase?token=${token}`,
    saved: false,
    now,
    rejected: { address: 'ana@quay' },
  }),
  ...renderTopicPages(withTopics(site)),
  ...renderFormerChoicePages(site),
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
