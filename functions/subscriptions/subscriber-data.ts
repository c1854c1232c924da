import { renderDataLinkEmail } from '../core/newsletter/email/reader-emails.ts';
import { renderDataPage, renderDataRequestPage } from '../core/newsletter/pages/render-action-page.ts';
import type { Subscriber } from '../core/newsletter/subscriber/subscriber-record.ts';
import { signToken, verifyToken } from '../core/newsletter/subscriber/token.ts';
import { buildReaderLinks, buildTokenLink } from '../core/newsletter/subscriber/token-links.ts';
import { sitePaths } from '../core/site-paths.ts';
import { eraseSubscriber } from './erase-subscriber.ts';
import { hourSeconds, runWithinCap } from './increment-cap.ts';
import {
  type Reply,
  type RequestContext,
  type RequestHandler,
  replyWithNotice,
  runForSubscriber,
} from './request-handler.ts';
import { sendRequestedMail } from './send-mail.ts';

const dataLinkCap = { limit: 3, windowSeconds: 24 * hourSeconds } as const;

type KnownSubscriber = Exclude<Subscriber, { readonly state: 'erased' }> & { readonly email: string };

const hasAddress = (subscriber: Subscriber): subscriber is KnownSubscriber =>
  subscriber.state !== 'erased' && subscriber.email !== undefined;

/** With the mailed link, the buttons to download and to erase; from the preferences, the button that mails the link. */
export const showDataPage: RequestHandler = (context) => {
  const { page, token, keyring } = context;
  return isDataLink(context)
    ? runWithDataLink(context, async ({ key, email }) => {
        const { preferences } = buildReaderLinks('', key, keyring.keys);
        return { status: 200, body: renderDataPage(page, { email, token, preferences }) };
      })
    : runWithPreferencesLink(context, async ({ email }) => {
        const preferences = buildTokenLink('', sitePaths.subscriptions.preferences, token);
        return { status: 200, body: renderDataRequestPage(page, { email, token, preferences }) };
      });
};

/** With the mailed link, erases everything about a reader but the keyed hash; from the preferences, mails the link. */
export const eraseOrMailDataLink: RequestHandler = (context) =>
  isDataLink(context)
    ? runWithDataLink(context, async ({ key }) => {
        const { services, page, now } = context;
        await eraseSubscriber(services, key, now.toISOString());
        services.log.info('erased', { subscriber: key });
        return replyWithNotice(page, 'erased');
      })
    : runWithPreferencesLink(context, (subscriber) =>
        runWithinCap(context, `data#${subscriber.key}`, dataLinkCap, () => mailDataLink(context, subscriber)),
      );

export const exportSubscriberData: RequestHandler = (context) =>
  runWithDataLink(context, async (subscriber) => {
    const { id, title } = context.services.publication;
    const consentWords = subscriber.words && (await context.services.consentWords.find(subscriber.words));
    const data = { publication: title, site: context.page.site, subscriber, consentWords };
    return {
      status: 200,
      body: `${JSON.stringify(data, null, 2)}\n`,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="${id.replace(/[^\w-]+/g, '-')}-subscription.json"`,
      },
    };
  });

const mailDataLink = async (
  { services, page, keyring, now }: RequestContext,
  { key, email }: KnownSubscriber,
): Promise<Reply> => {
  const token = signToken({ purpose: 'data', key, since: now.toISOString() }, keyring.keys);
  const mailContext = { publication: services.publication, render: services.render, site: page.site };
  const link = buildTokenLink(page.site, sitePaths.subscriptions.erase, token);
  await sendRequestedMail(services, email, renderDataLinkEmail(mailContext, link));
  services.log.info('a link to the data was mailed', { subscriber: key });
  return replyWithNotice(page, 'dataLink');
};

const verifyDataLink = ({ token, keyring, now }: RequestContext) =>
  verifyToken(token, 'data', { keys: keyring.keys, now });

const isDataLink = (context: RequestContext): boolean => verifyDataLink(context) !== 'invalid';

const runWithDataLink = async (
  context: RequestContext,
  handle: (subscriber: KnownSubscriber) => Promise<Reply>,
): Promise<Reply> => {
  const { services, page } = context;
  const claim = verifyDataLink(context);
  if (claim === 'invalid') return replyWithNotice(page, 'invalidLink', 400);
  if (claim === 'expired') return replyWithNotice(page, 'dataExpired', 410);
  const subscriber = await services.subscribers.get(claim.key);
  if (!subscriber) return replyWithNotice(page, 'notSubscribed');
  if (!hasAddress(subscriber)) return replyWithNotice(page, 'erased');
  // The link is of an earlier subscription.
  if (subscriber.state === 'active' && subscriber.since > claim.since) return replyWithNotice(page, 'dataExpired', 410);
  return handle(subscriber);
};

const runWithPreferencesLink = (
  context: RequestContext,
  handle: (subscriber: KnownSubscriber) => Promise<Reply>,
): Promise<Reply> =>
  runForSubscriber(context, 'preferences', async (key) => {
    const subscriber = await context.services.subscribers.get(key);
    return subscriber && hasAddress(subscriber) ? handle(subscriber) : replyWithNotice(context.page, 'notSubscribed');
  });
