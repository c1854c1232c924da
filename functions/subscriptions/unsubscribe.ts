import { renderUnsubscribePage } from '../core/newsletter/pages/render-action-page.ts';
import { renderNamedNotice } from '../core/newsletter/pages/render-notice.ts';
import { buildReaderLinks } from '../core/newsletter/subscriber/token-links.ts';
import { runForSubscriber } from './run-for-subscriber.ts';
import type { Reply, RequestContext } from './services.ts';

const replyUnsubscribed = ({ page }: RequestContext): Reply => ({
  status: 200,
  body: renderNamedNotice(page, 'unsubscribed'),
});

/** Shows the button that unsubscribes: link scanners come here too, so nothing happens yet. */
export const showUnsubscribePage = (visit: RequestContext): Promise<Reply> =>
  runForSubscriber(visit, 'unsubscribe', async (key) => {
    const { page, token, keyring } = visit;
    const subscriber = await visit.services.subscribers.get(key);
    if (subscriber?.state !== 'active' && subscriber?.state !== 'pending') return replyUnsubscribed(visit);
    const { preferences } = buildReaderLinks('', key, keyring.keys);
    return {
      status: 200,
      body: renderUnsubscribePage(page, { email: subscriber.email, token, preferences }),
    };
  });

/**
 * Takes the reader off the list: by the page's button, or by RFC 8058's POST, which mail programs send without a
 * cookie, with the link's own token, and expect no redirect from. Whoever is off already gets the same answer.
 */
export const unsubscribe = (visit: RequestContext): Promise<Reply> =>
  runForSubscriber(visit, 'unsubscribe', async (key) => {
    const { services, form, now } = visit;
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
      : replyUnsubscribed(visit);
  });
