import { verifyToken } from '../core/newsletter/token.ts';
import { renderPlainNotice } from '../core/page/render-notice.ts';
import type { Answer, Visit } from './services.ts';

/** Goes on with the key of the reader for whom the token was signed, if it was for this purpose. */
export const withReader = async (
  visit: Visit,
  purpose: 'preferences' | 'unsubscribe',
  goOn: (key: string) => Promise<Answer>,
): Promise<Answer> => {
  const claim = verifyToken(visit.token, purpose, { keys: visit.keyring.keys, now: visit.now });
  if (typeof claim === 'string') return { status: 400, body: renderPlainNotice(visit.page, 'invalidLink') };
  return goOn(claim.key);
};
