import { listNames } from '../core/lifecycle/list-positions.ts';
import { renderWelcomeEmail } from '../core/newsletter/email/welcome-email.ts';
import { renderConfirmPage } from '../core/newsletter/pages/render-action-page.ts';
import {
  renderConfirmedNotice,
  renderExpiredLinkNotice,
  renderNamedNotice,
} from '../core/newsletter/pages/render-notice.ts';
import type { Subscriber } from '../core/newsletter/subscriber/subscriber-record.ts';
import type { TokenClaim } from '../core/newsletter/subscriber/token.ts';
import { verifyToken } from '../core/newsletter/subscriber/token.ts';
import { buildReaderLinks } from '../core/newsletter/subscriber/token-links.ts';
import { sendMail } from './send-mail.ts';
import type { Reply, RequestContext } from './services.ts';

/** Articles in a welcome, of those that came last. */
const welcomeLimits = { articles: 5, among: 20 } as const;

const replyExpired = ({ page }: RequestContext): Reply => ({
  status: 410,
  body: renderExpiredLinkNotice(page),
});

const replyConfirmed = ({ page, keyring }: RequestContext, { key }: Subscriber): Reply => ({
  status: 200,
  body: renderConfirmedNotice(page, buildReaderLinks('', key, keyring.keys).preferences),
});

/** Goes on with a token that is good, or says what is wrong with it. */
const runWithClaim = async (
  visit: RequestContext,
  handle: (claim: TokenClaim & { readonly purpose: 'confirm' }) => Promise<Reply>,
): Promise<Reply> => {
  const claim = verifyToken(visit.token, 'confirm', { keys: visit.keyring.keys, now: visit.now });
  if (claim === 'invalid') return { status: 400, body: renderNamedNotice(visit.page, 'invalidLink') };
  return claim === 'expired' ? replyExpired(visit) : handle(claim);
};

/** Shows the button that confirms. */
export const showConfirmPage = (visit: RequestContext): Promise<Reply> =>
  runWithClaim(visit, async ({ key, since }) => {
    const subscriber = await visit.services.subscribers.get(key);
    if (subscriber?.state === 'active') return replyConfirmed(visit, subscriber);
    if (subscriber?.state !== 'pending' || subscriber.since !== since) return replyExpired(visit);
    const { email, cadence } = subscriber;
    return { status: 200, body: renderConfirmPage(visit.page, { email, cadence, token: visit.token }) };
  });

/** Confirms the sign-up that the token belongs to, and no other; a second time says the same and does nothing. */
export const confirm = (visit: RequestContext): Promise<Reply> =>
  runWithClaim(visit, async ({ key, since }) => {
    const { services, now } = visit;
    const at = now.toISOString();
    const { before, after } = await services.subscribers.apply(key, { kind: 'confirm', since, at });
    if (after?.state !== 'active') return replyExpired(visit);
    if (before !== after) {
      services.log.count('confirmations', 1);
      services.log.info('confirmed', { subscriber: key, cadence: after.cadence });
      await sendWelcome(visit, after);
    }
    return replyConfirmed(visit, after);
  });

/** A welcome that cannot be sent is missed by nobody as much as the confirmation would be: the reader stays confirmed. */
const sendWelcome = async (
  visit: RequestContext,
  subscriber: Subscriber & { readonly state: 'active' },
): Promise<void> => {
  const { services, page, keyring } = visit;
  const { publication, render, log } = services;
  try {
    const latest = await services.lists.listEntries(listNames.latest, {
      newestFirst: true,
      limit: welcomeLimits.among,
    });
    const note = renderWelcomeEmail(
      { publication, render, site: page.site },
      {
        cadence: subscriber.cadence,
        entries: latest.filter(({ email }) => email).slice(0, welcomeLimits.articles),
        links: buildReaderLinks(page.site, subscriber.key, keyring.keys),
      },
    );
    await sendMail(services, subscriber.email, note);
  } catch (error) {
    log.error('a welcome was not sent', error);
  }
};
