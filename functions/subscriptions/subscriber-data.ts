import { renderErasePage } from '../core/newsletter/pages/render-action-page.ts';
import { renderNamedNotice } from '../core/newsletter/pages/render-notice.ts';
import { buildTokenLink } from '../core/newsletter/subscriber/token-links.ts';
import { sitePaths } from '../core/site-paths.ts';
import { eraseSubscriber } from './erase-subscriber.ts';
import { runForSubscriber } from './run-for-subscriber.ts';
import type { Reply, RequestContext } from './services.ts';

const replyNotSubscribed = ({ page }: RequestContext): Reply => ({
  status: 200,
  body: renderNamedNotice(page, 'notSubscribed'),
});

/** Gives the reader a file of all that the list of subscribers has about them. */
export const exportSubscriberData = (visit: RequestContext): Promise<Reply> =>
  runForSubscriber(visit, 'preferences', async (key) => {
    const subscriber = await visit.services.subscribers.get(key);
    if (!subscriber || subscriber.state === 'erased') return replyNotSubscribed(visit);
    const { id, title } = visit.services.publication;
    const told = { publication: title, site: visit.page.site, subscriber };
    return {
      status: 200,
      body: `${JSON.stringify(told, null, 2)}\n`,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="${id.replace(/[^\w-]+/g, '-')}-subscription.json"`,
      },
    };
  });

/** Asks once more before a reader is erased. */
export const showErasePage = (visit: RequestContext): Promise<Reply> =>
  runForSubscriber(visit, 'preferences', async (key) => {
    const subscriber = await visit.services.subscribers.get(key);
    if (!subscriber || subscriber.state === 'erased') return replyNotSubscribed(visit);
    const { page, token } = visit;
    const preferences = buildTokenLink('', sitePaths.subscriptions.preferences, token);
    return { status: 200, body: renderErasePage(page, { email: subscriber.email, token, preferences }) };
  });

/** Forgets all of a reader but the keyed hash of the address. */
export const eraseSubscriberData = (visit: RequestContext): Promise<Reply> =>
  runForSubscriber(visit, 'preferences', async (key) => {
    const { services, page, now } = visit;
    const { before, after } = await eraseSubscriber(services, key, now.toISOString());
    if (before !== after) services.log.info('erased', { subscriber: key });
    return { status: 200, body: renderNamedNotice(page, 'erased') };
  });
