import { toSubscriberKey } from '../adapters/table/subscribers.ts';
import {
  renderAddressChangedEmail,
  renderAlreadySubscribedEmail,
  renderConfirmAddressEmail,
} from '../core/newsletter/email/reader-emails.ts';
import type { EmailContent } from '../core/newsletter/email/render-email.ts';
import { renderConfirmAddressPage } from '../core/newsletter/pages/render-action-page.ts';
import { renderMovedNotice } from '../core/newsletter/pages/render-notice.ts';
import { applySubscriberEvent } from '../core/newsletter/subscriber/apply-subscriber-event.ts';
import { parseEmailAddress } from '../core/newsletter/subscriber/email-address.ts';
import { toMailbox } from '../core/newsletter/subscriber/mailbox.ts';
import type { StartMove } from '../core/newsletter/subscriber/move-subscriber.ts';
import type { Subscriber, SubscriberInState } from '../core/newsletter/subscriber/subscriber-record.ts';
import { signToken, verifyToken } from '../core/newsletter/subscriber/token.ts';
import { buildReaderLinks, buildTokenLink } from '../core/newsletter/subscriber/token-links.ts';
import { sitePaths } from '../core/site-paths.ts';
import { removeFromBatches } from './erase-subscriber.ts';
import { changeCap, hourSeconds, incrementCap, runWithinCap } from './increment-cap.ts';
import { replyPreferences } from './preferences.ts';
import {
  type Reply,
  type RequestContext,
  type RequestHandler,
  replyWithNotice,
  runForSubscriber,
} from './request-handler.ts';
import { sendMail, sendRequestedMail } from './send-mail.ts';
import type { SubscriptionsServices } from './services.ts';
import { maxEchoedLength, signUpCaps } from './sign-up.ts';

const addressCap = { limit: 3, windowSeconds: 24 * hourSeconds } as const;

export const showConfirmAddressPage: RequestHandler = (context) =>
  runWithMove(context, async (key, event) => {
    const { page, services, token } = context;
    const subscriber = await services.subscribers.get(key);
    const moving = applySubscriberEvent(subscriber, event);
    if (await isMoved(context, subscriber, event)) return replyMoved(context, event);
    if (moving?.state !== 'moving' || moving.movedTo !== event.to.key)
      return replyWithNotice(page, 'addressExpired', 410);
    const { cadence, topics } = moving;
    return { status: 200, body: renderConfirmAddressPage(page, { email: event.to.email, cadence, topics, token }) };
  });

/** With the link that was mailed to the new address, moves the subscription; from the preferences, mails that link. */
export const requestOrConfirmAddress: RequestHandler = (context) =>
  verifyMove(context) === 'invalid'
    ? requestAddress(context)
    : runWithMove(context, (key, event) => confirmAddress(context, key, event));

/**
 * The reply is the same bytes whatever is known about the new address: only its inbox shows it. Nothing changes until
 * its owner confirms.
 */
const requestAddress: RequestHandler = (context) =>
  runForSubscriber(context, 'preferences', async (key) => {
    const { form, page, services } = context;
    const subscriber = await services.subscribers.get(key);
    if (subscriber?.state !== 'active') return replyWithNotice(page, 'notSubscribed');
    const written = form.get('email') ?? '';
    const email = parseEmailAddress(written);
    if (email === undefined)
      return replyPreferences(context, subscriber, { rejected: { address: written.slice(0, maxEchoedLength) } });
    return runWithinCap(context, `address#${key}`, addressCap, async () => {
      const mailbox = toSubscriberKey(toMailbox(email), context.keyring);
      if (await incrementCap(context, `mailbox#${mailbox}`, signUpCaps.mailbox))
        await mailNewAddress(context, key, email);
      return replyWithNotice(page, 'checkAddress');
    });
  });

const mailNewAddress = async (context: RequestContext, key: string, email: string): Promise<void> => {
  const { services, page, keyring, now } = context;
  const owner = await services.subscribers.get(toSubscriberKey(email, keyring));
  services.log.info('a change of address was asked for', { subscriber: key });
  if (owner?.state === 'active') {
    const { preferences } = buildReaderLinks(page.site, owner.key, keyring.keys);
    return sendMail(services, email, renderAlreadySubscribedEmail(toMailContext(context), preferences));
  }
  const token = signToken({ purpose: 'move', key, since: now.toISOString(), email }, keyring.keys);
  const link = buildTokenLink(page.site, sitePaths.subscriptions.address, token);
  return sendRequestedMail(services, email, renderConfirmAddressEmail(toMailContext(context), link));
};

const confirmAddress = (context: RequestContext, key: string, event: StartMove): Promise<Reply> =>
  runWithinCap(context, `changes#${key}`, changeCap, async () => {
    const { services, page } = context;
    const { before, after } = await services.subscribers.apply(key, event);
    if (after?.state === 'moving' && after.movedTo === event.to.key) await completeMove(context, after);
    else if (!(await isMoved(context, after, event))) return replyWithNotice(page, 'addressExpired', 410);
    if (before !== after) services.log.info('address changed', { subscriber: key, movedTo: event.to.key });
    return replyMoved(context, event);
  });

/** Who left there after the change was asked for is not brought back. */
const hasLeftSince = (owner: Subscriber | undefined, requestedAt: string): boolean =>
  owner !== undefined && !['active', 'pending', 'moving'].includes(owner.state) && owner.since >= requestedAt;

/** Also of a change that was interrupted. */
export const completeMove = async (context: RequestContext, moving: SubscriberInState<'moving'>): Promise<void> => {
  const { services } = context;
  await services.subscribers.completeMove(moving, (email) =>
    tellOldAddress(services, email, renderAddressChangedEmail(toMailContext(context))),
  );
  await removeFromBatches(services, moving.key);
};

/** A failure is logged only: the reader has moved, and that address may be gone. */
const tellOldAddress = async (services: SubscriptionsServices, email: string, mail: EmailContent): Promise<void> => {
  try {
    await sendMail(services, email, mail);
  } catch (error) {
    services.log.error('a former address was not told', error);
  }
};

/** Whether the link has done its work: a repeated request gets the same reply. */
const isMoved = async (
  { services }: RequestContext,
  subscriber: Subscriber | undefined,
  { to }: StartMove,
): Promise<boolean> =>
  subscriber?.state === 'unsubscribed' &&
  subscriber.movedTo === to.key &&
  (await services.subscribers.get(to.key))?.state === 'active';

const toMailContext = ({ services: { publication, render }, page: { site } }: RequestContext) => ({
  publication,
  render,
  site,
});

const replyMoved = ({ page, keyring }: RequestContext, { to }: StartMove): Reply => ({
  status: 200,
  body: renderMovedNotice(page, {
    email: to.email,
    preferences: buildReaderLinks('', to.key, keyring.keys).preferences,
  }),
});

const verifyMove = ({ token, keyring, now }: RequestContext) => verifyToken(token, 'move', { keys: keyring.keys, now });

const runWithMove = async (
  context: RequestContext,
  handle: (key: string, event: StartMove) => Promise<Reply>,
): Promise<Reply> => {
  const { services, page, keyring, now } = context;
  const claim = verifyMove(context);
  if (claim === 'invalid') return replyWithNotice(page, 'invalidLink', 400);
  if (claim === 'expired') return replyWithNotice(page, 'addressExpired', 410);
  const { key, email, since: requestedAt } = claim;
  const to = { key: toSubscriberKey(email, keyring), email };
  const owner = await services.subscribers.get(to.key);
  if (hasLeftSince(owner, requestedAt)) return replyWithNotice(page, 'addressExpired', 410);
  return handle(key, { kind: 'startMove', to, requestedAt, at: now.toISOString() });
};
