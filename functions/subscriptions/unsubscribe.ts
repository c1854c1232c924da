import { renderUnsubscribePage } from '../core/newsletter/pages/render-action-page.ts';
import type { Subscriber } from '../core/newsletter/subscriber/subscriber-record.ts';
import { buildReaderLinks } from '../core/newsletter/subscriber/token-links.ts';
import { completeMove } from './change-address.ts';
import { type RequestContext, type RequestHandler, replyWithNotice, runForSubscriber } from './request-handler.ts';

export const showUnsubscribePage: RequestHandler = (context) =>
  runForSubscriber(context, 'unsubscribe', async (key) => {
    const { services, page, token, keyring } = context;
    const subscriber = await services.subscribers.get(key);
    if (subscriber && 'movedTo' in subscriber && (await isSubscribedNow(context, subscriber)))
      return { status: 200, body: renderUnsubscribePage(page, { token }) };
    if (subscriber?.state !== 'active' && subscriber?.state !== 'pending') return replyWithNotice(page, 'unsubscribed');
    const { preferences } = buildReaderLinks('', key, keyring.keys);
    return {
      status: 200,
      body: renderUnsubscribePage(page, { email: subscriber.email, token, preferences }),
    };
  });

/** Changes of address that a link in an old issue follows. */
const maxMoves = 20;

const isSubscribedNow = async ({ services }: RequestContext, moved: Subscriber): Promise<boolean> => {
  let subscriber: Subscriber | undefined = moved;
  for (let hops = 0; subscriber && 'movedTo' in subscriber && hops < maxMoves; hops += 1)
    subscriber = subscriber.movedTo === undefined ? undefined : await services.subscribers.get(subscriber.movedTo);
  return subscriber?.state === 'active' || moved.state === 'moving';
};

/** @returns the key of the address that the reader has now, if they have another */
const endSubscription = async (context: RequestContext, key: string, at: string): Promise<string | undefined> => {
  const { log, subscribers } = context.services;
  const { before, after } = await subscribers.apply(key, { kind: 'unsubscribe', at });
  if (after?.state === 'moving') await completeMove(context, after);
  else if (before !== after) {
    log.count('unsubscribes', 1);
    log.info('unsubscribed', { subscriber: key });
  }
  return after && 'movedTo' in after ? after.movedTo : undefined;
};

/**
 * Unsubscribes a reader, also by an issue that came to an address which they had before: by the page's button, or by
 * the POST of RFC 8058, which mail programs send with the token of the link, without cookies, and for which they expect
 * no redirect. A repeated request gets the same reply.
 */
export const unsubscribe: RequestHandler = (context) =>
  runForSubscriber(context, 'unsubscribe', async (key) => {
    const { form, now, page } = context;
    let moved: string | undefined = key;
    for (let hops = 0; moved !== undefined && hops < maxMoves; hops += 1)
      moved = await endSubscription(context, moved, now.toISOString());
    return form.get('List-Unsubscribe') === 'One-Click'
      ? { status: 200, body: 'Unsubscribed.\n', headers: { 'content-type': 'text/plain; charset=utf-8' } }
      : replyWithNotice(page, 'unsubscribed');
  });
