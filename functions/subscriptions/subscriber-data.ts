import { renderErasePage } from '../core/newsletter/pages/render-action-page.ts';
import type { Subscriber } from '../core/newsletter/subscriber/subscriber-record.ts';
import { buildTokenLink } from '../core/newsletter/subscriber/token-links.ts';
import { sitePaths } from '../core/site-paths.ts';
import { eraseSubscriber } from './erase-subscriber.ts';
import {
  type Reply,
  type RequestContext,
  type RequestHandler,
  replyWithNotice,
  runForSubscriber,
} from './request-handler.ts';

export const exportSubscriberData: RequestHandler = (context) =>
  runForKnownSubscriber(context, (subscriber) => {
    const { id, title } = context.services.publication;
    const data = { publication: title, site: context.page.site, subscriber };
    return {
      status: 200,
      body: `${JSON.stringify(data, null, 2)}\n`,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="${id.replace(/[^\w-]+/g, '-')}-subscription.json"`,
      },
    };
  });

export const showErasePage: RequestHandler = (context) =>
  runForKnownSubscriber(context, ({ email }) => {
    const { page, token } = context;
    const preferences = buildTokenLink('', sitePaths.subscriptions.preferences, token);
    return { status: 200, body: renderErasePage(page, { email, token, preferences }) };
  });

export const eraseSubscriberData: RequestHandler = (context) =>
  runForSubscriber(context, 'preferences', async (key) => {
    const { services, page, now } = context;
    const { before, after } = await eraseSubscriber(services, key, now.toISOString());
    if (before !== after) services.log.info('erased', { subscriber: key });
    return replyWithNotice(page, 'erased');
  });

const runForKnownSubscriber = (
  context: RequestContext,
  handle: (subscriber: Exclude<Subscriber, { readonly state: 'erased' }>) => Reply,
): Promise<Reply> =>
  runForSubscriber(context, 'preferences', async (key) => {
    const subscriber = await context.services.subscribers.get(key);
    return subscriber && subscriber.state !== 'erased'
      ? handle(subscriber)
      : replyWithNotice(context.page, 'notSubscribed');
  });
