import { renderUnsubscribePage } from '../core/newsletter/pages/render-action-page.ts';
import { buildReaderLinks } from '../core/newsletter/subscriber/token-links.ts';
import { type RequestHandler, replyWithNotice, runForSubscriber } from './request-handler.ts';

export const showUnsubscribePage: RequestHandler = (context) =>
  runForSubscriber(context, 'unsubscribe', async (key) => {
    const { services, page, token, keyring } = context;
    const subscriber = await services.subscribers.get(key);
    if (subscriber?.state !== 'active' && subscriber?.state !== 'pending') return replyWithNotice(page, 'unsubscribed');
    const { preferences } = buildReaderLinks('', key, keyring.keys);
    return {
      status: 200,
      body: renderUnsubscribePage(page, { email: subscriber.email, token, preferences }),
    };
  });

/**
 * Unsubscribes a reader: by the page's button, or by the POST of RFC 8058, which mail programs send with the token of
 * the link, without cookies, and for which they expect no redirect. A repeated request gets the same reply.
 */
export const unsubscribe: RequestHandler = (context) =>
  runForSubscriber(context, 'unsubscribe', async (key) => {
    const { services, form, now, page } = context;
    const { before, after } = await services.subscribers.apply(key, {
      kind: 'unsubscribe',
      at: now.toISOString(),
    });
    if (before !== after) {
      services.log.count('unsubscribes', 1);
      services.log.info('unsubscribed', { subscriber: key });
    }
    return form.get('List-Unsubscribe') === 'One-Click'
      ? { status: 200, body: 'Unsubscribed.\n', headers: { 'content-type': 'text/plain; charset=utf-8' } }
      : replyWithNotice(page, 'unsubscribed');
  });
