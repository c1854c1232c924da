import { renderNamedNotice } from '../core/newsletter/pages/render-notice.ts';
import { verifyToken } from '../core/newsletter/subscriber/token.ts';
import type { Reply, RequestContext } from './services.ts';

/** Goes on with the key of the reader for whom the token was signed, if it was for this purpose. */
export const runForSubscriber = async (
  visit: RequestContext,
  purpose: 'preferences' | 'unsubscribe',
  handle: (key: string) => Promise<Reply>,
): Promise<Reply> => {
  const claim = verifyToken(visit.token, purpose, { keys: visit.keyring.keys, now: visit.now });
  if (typeof claim === 'string') return { status: 400, body: renderNamedNotice(visit.page, 'invalidLink') };
  return handle(claim.key);
};
