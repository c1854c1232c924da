import { lists } from '../core/filing/lists.ts';
import { writeWelcomeMail } from '../core/mail/welcome-mail.ts';
import { readerLinks } from '../core/newsletter/links.ts';
import type { Subscriber } from '../core/newsletter/records.ts';
import type { Claim } from '../core/newsletter/token.ts';
import { verifyToken } from '../core/newsletter/token.ts';
import { renderConfirmPage } from '../core/page/render-action-page.ts';
import { renderConfirmed, renderExpiredLink, renderPlainNotice } from '../core/page/render-notice.ts';
import { sendMail } from './send-mail.ts';
import type { Answer, Visit } from './services.ts';

/** Articles in a welcome, of those that came last. */
const welcomed = { articles: 5, among: 20 } as const;

const expired = ({ page }: Visit): Answer => ({ status: 410, body: renderExpiredLink(page) });

const confirmed = ({ page, keyring }: Visit, { key }: Subscriber): Answer => ({
  status: 200,
  body: renderConfirmed(page, readerLinks('', key, keyring.keys).preferences),
});

/** Goes on with a token that is good, or says what is wrong with it. */
const withClaim = async (
  visit: Visit,
  goOn: (claim: Claim & { readonly purpose: 'confirm' }) => Promise<Answer>,
): Promise<Answer> => {
  const claim = verifyToken(visit.token, 'confirm', { keys: visit.keyring.keys, now: visit.now });
  if (claim === 'invalid') return { status: 400, body: renderPlainNotice(visit.page, 'invalidLink') };
  return claim === 'expired' ? expired(visit) : goOn(claim);
};

/** Shows the button that confirms. */
export const showConfirmation = (visit: Visit): Promise<Answer> =>
  withClaim(visit, async ({ key, since }) => {
    const subscriber = await visit.services.subscribers.get(key);
    if (subscriber?.state === 'active') return confirmed(visit, subscriber);
    if (subscriber?.state !== 'pending' || subscriber.since !== since) return expired(visit);
    const { email, cadence } = subscriber;
    return { status: 200, body: renderConfirmPage(visit.page, { email, cadence, token: visit.token }) };
  });

/** Confirms the sign-up that the token belongs to, and no other; a second time says the same and does nothing. */
export const confirm = (visit: Visit): Promise<Answer> =>
  withClaim(visit, async ({ key, since }) => {
    const { services, now } = visit;
    const at = now.toISOString();
    const { before, after } = await services.subscribers.apply(key, { kind: 'confirm', since, at });
    if (after?.state !== 'active') return expired(visit);
    if (before !== after) {
      services.log.count('confirmations', 1);
      services.log.info('confirmed', { subscriber: key, cadence: after.cadence });
      await welcome(visit, after);
    }
    return confirmed(visit, after);
  });

/** A welcome that cannot be sent is missed by nobody as much as the confirmation would be: the reader stays confirmed. */
const welcome = async (
  visit: Visit,
  subscriber: Subscriber & { readonly state: 'active' },
): Promise<void> => {
  const { services, page, keyring } = visit;
  const { publication, render, log } = services;
  try {
    const latest = await services.lists.entries(lists.latest, { newestFirst: true, limit: welcomed.among });
    const note = writeWelcomeMail(
      { publication, render, site: page.site },
      {
        cadence: subscriber.cadence,
        entries: latest.filter(({ email }) => email).slice(0, welcomed.articles),
        links: readerLinks(page.site, subscriber.key, keyring.keys),
      },
    );
    await sendMail(services, subscriber.email, note);
  } catch (error) {
    log.error('a welcome was not sent', error);
  }
};
