import { listNames } from '../core/lifecycle/list-positions.ts';
import { renderWelcomeEmail } from '../core/newsletter/email/welcome-email.ts';
import { findNextIssueTime } from '../core/newsletter/issue/find-next-issue-time.ts';
import { renderConfirmPage } from '../core/newsletter/pages/render-action-page.ts';
import { renderConfirmedNotice, renderExpiredLinkNotice } from '../core/newsletter/pages/render-notice.ts';
import { applySubscriberEvent, type SubscriberEvent } from '../core/newsletter/subscriber/apply-subscriber-event.ts';
import type { ActiveSubscriber } from '../core/newsletter/subscriber/subscriber-record.ts';
import { verifyToken } from '../core/newsletter/subscriber/token.ts';
import { buildReaderLinks } from '../core/newsletter/subscriber/token-links.ts';
import { findTopicsOfLink, isWanted, listWantedSlugs } from '../core/newsletter/subscriber/topic-choice.ts';
import type { Cadence } from '../core/publication.ts';
import { changeCap, runWithinCap } from './increment-cap.ts';
import { type Reply, type RequestContext, type RequestHandler, replyWithNotice } from './request-handler.ts';
import { sendMail } from './send-mail.ts';

const welcomeLimits = { maxArticles: 5, pageSize: 20 } as const;

export const showConfirmPage: RequestHandler = (context) =>
  runWithClaim(context, async (key, event) => {
    const { services, page, token } = context;
    const subscriber = await services.subscribers.get(key);
    const confirmed = applySubscriberEvent(subscriber, event);
    if (confirmed?.state !== 'active') return replyExpired(context);
    if (confirmed === subscriber) return replyConfirmed(context, confirmed);
    const { email, cadence, topics } = confirmed;
    return { status: 200, body: renderConfirmPage(page, { email, cadence, topics, token }) };
  });

/** Confirms the sign-up that the token was made for, and no other. A repeated request gets the same reply. */
export const confirm: RequestHandler = (context) =>
  runWithClaim(context, (key, event) =>
    runWithinCap(context, `changes#${key}`, changeCap, async () => {
      const { services } = context;
      const { before, after } = await services.subscribers.apply(key, event);
      if (after?.state !== 'active') return replyExpired(context);
      if (before !== after) {
        services.log.count('confirmations', 1);
        services.log.info('confirmed', { subscriber: key, cadence: after.cadence });
        await sendWelcome(context, after);
      }
      return replyConfirmed(context, after);
    }),
  );

/**
 * Calls the handler with the event that the request's token confirms: the sign-up of a new reader, or of one who left.
 */
const runWithClaim = async (
  context: RequestContext,
  handle: (key: string, event: SubscriberEvent) => Promise<Reply>,
): Promise<Reply> => {
  const { token, keyring, now, page } = context;
  const verification = { keys: keyring.keys, now };
  const first = verifyToken(token, 'confirm', verification);
  const claim = first === 'invalid' ? verifyToken(token, 'return', verification) : first;
  if (claim === 'invalid') return replyWithNotice(page, 'invalidLink', 400);
  if (claim === 'expired') return replyExpired(context);
  const at = now.toISOString();
  const { key, since } = claim;
  if (claim.purpose === 'confirm') {
    const pending = await context.services.subscribers.get(key);
    const coverage = await readCoverage(context, pending?.state === 'pending' ? pending.cadence : undefined);
    return handle(key, { kind: 'confirm', since, at, ...(coverage && { coverage }) });
  }
  // A topic that is not offered any more would leave the reader with nothing, and none with everything.
  const topics = claim.topics && findTopicsOfLink(page.publication, claim.topics);
  if (claim.topics && !topics) return replyExpired(context);
  const coverage = await readCoverage(context, claim.cadence);
  return handle(key, { ...claim, kind: 'return', topics, at, ...(coverage && { coverage }) });
};

/** Where the announcements are: the reader's first issue is the next of their cadence. */
const readCoverage = async ({ services }: RequestContext, cadence: Cadence | undefined) => {
  if (cadence === undefined) return undefined;
  const [{ arrival }, { announced }] = await Promise.all([services.cadenceStates.get(cadence), services.build.get()]);
  return { covered: arrival, announced };
};

const replyExpired = ({ page }: RequestContext): Reply => ({
  status: 410,
  body: renderExpiredLinkNotice(page),
});

const replyConfirmed = ({ page, keyring }: RequestContext, { key, topics }: ActiveSubscriber): Reply => ({
  status: 200,
  body: renderConfirmedNotice(page, { preferences: buildReaderLinks('', key, keyring.keys).preferences, topics }),
});

/** A failure is logged only: the reader stays confirmed. */
const sendWelcome = async (
  { services, page, keyring, now }: RequestContext,
  { key, email, cadence, topics }: ActiveSubscriber,
): Promise<void> => {
  const { publication, render, lists, log } = services;
  const wanted = listWantedSlugs(publication, topics);
  try {
    const latest = await lists.listEntries(listNames.latest, {
      newestFirst: true,
      limit: welcomeLimits.pageSize,
    });
    const welcome = renderWelcomeEmail(
      { publication, render, site: page.site },
      {
        cadence,
        topics,
        firstIssueAt: findNextIssueTime(publication, cadence, now),
        entries: latest.filter((entry) => entry.email && isWanted(entry, wanted)).slice(0, welcomeLimits.maxArticles),
        links: buildReaderLinks(page.site, key, keyring.keys),
      },
    );
    await sendMail(services, email, welcome);
  } catch (error) {
    log.error('a welcome was not sent', error);
  }
};
