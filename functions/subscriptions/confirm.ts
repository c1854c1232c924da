import { listNames } from '../core/lifecycle/list-positions.ts';
import { renderWelcomeEmail } from '../core/newsletter/email/welcome-email.ts';
import { renderConfirmPage } from '../core/newsletter/pages/render-action-page.ts';
import { renderConfirmedNotice, renderExpiredLinkNotice } from '../core/newsletter/pages/render-notice.ts';
import type { Subscriber } from '../core/newsletter/subscriber/subscriber-record.ts';
import { type TokenClaim, verifyToken } from '../core/newsletter/subscriber/token.ts';
import { buildReaderLinks } from '../core/newsletter/subscriber/token-links.ts';
import { type Reply, type RequestContext, type RequestHandler, replyWithNotice } from './request-handler.ts';
import { sendMail } from './send-mail.ts';

const welcomeLimits = { maxArticles: 5, pageSize: 20 } as const;

export const showConfirmPage: RequestHandler = (context) =>
  runWithClaim(context, async ({ key, since }) => {
    const { services, page, token } = context;
    const subscriber = await services.subscribers.get(key);
    if (subscriber?.state === 'active') return replyConfirmed(context, subscriber);
    if (subscriber?.state !== 'pending' || subscriber.since !== since) return replyExpired(context);
    const { email, cadence } = subscriber;
    return { status: 200, body: renderConfirmPage(page, { email, cadence, token }) };
  });

/** Confirms the sign-up that the token was made for, and no other. A repeated request gets the same reply. */
export const confirm: RequestHandler = (context) =>
  runWithClaim(context, async ({ key, since }) => {
    const { services, now } = context;
    const at = now.toISOString();
    const { before, after } = await services.subscribers.apply(key, { kind: 'confirm', since, at });
    if (after?.state !== 'active') return replyExpired(context);
    if (before !== after) {
      services.log.count('confirmations', 1);
      services.log.info('confirmed', { subscriber: key, cadence: after.cadence });
      await sendWelcome(context, after);
    }
    return replyConfirmed(context, after);
  });

const runWithClaim = async (
  context: RequestContext,
  handle: (claim: TokenClaim & { readonly purpose: 'confirm' }) => Promise<Reply>,
): Promise<Reply> => {
  const { token, keyring, now, page } = context;
  const claim = verifyToken(token, 'confirm', { keys: keyring.keys, now });
  if (claim === 'invalid') return replyWithNotice(page, 'invalidLink', 400);
  return claim === 'expired' ? replyExpired(context) : handle(claim);
};

const replyExpired = ({ page }: RequestContext): Reply => ({
  status: 410,
  body: renderExpiredLinkNotice(page),
});

const replyConfirmed = ({ page, keyring }: RequestContext, { key }: Subscriber): Reply => ({
  status: 200,
  body: renderConfirmedNotice(page, buildReaderLinks('', key, keyring.keys).preferences),
});

/** A failure is logged only: the reader stays confirmed. */
const sendWelcome = async (
  { services, page, keyring }: RequestContext,
  { key, email, cadence }: Subscriber & { readonly state: 'active' },
): Promise<void> => {
  const { publication, render, lists, log } = services;
  try {
    const latest = await lists.listEntries(listNames.latest, {
      newestFirst: true,
      limit: welcomeLimits.pageSize,
    });
    const welcome = renderWelcomeEmail(
      { publication, render, site: page.site },
      {
        cadence,
        entries: latest.filter((entry) => entry.email).slice(0, welcomeLimits.maxArticles),
        links: buildReaderLinks(page.site, key, keyring.keys),
      },
    );
    await sendMail(services, email, welcome);
  } catch (error) {
    log.error('a welcome was not sent', error);
  }
};
