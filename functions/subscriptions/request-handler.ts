import type { Keyring } from '../adapters/table/token-keys.ts';
import { type NoticeName, renderNamedNotice } from '../core/newsletter/pages/render-notice.ts';
import { verifyToken } from '../core/newsletter/subscriber/token.ts';
import type { PageContext } from '../core/site/page-context.ts';
import type { SubscriptionsServices } from './services.ts';

/** One request, and what it is answered with. */
export interface RequestContext {
  readonly services: SubscriptionsServices;
  readonly page: PageContext;
  readonly keyring: Keyring;
  readonly now: Date;
  /** The token of the form or the link; empty where there is none. */
  readonly token: string;
  /** The posted fields; none for a GET. */
  readonly form: URLSearchParams;
  /** The network address that the request came from. */
  readonly clientAddress: string;
}

/** The answer to a request: an HTML page, unless its headers say otherwise. */
export interface Reply {
  readonly status: 200 | 303 | 400 | 404 | 405 | 410 | 413 | 415 | 422 | 429 | 500 | 503;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type RequestHandler = (context: RequestContext) => Promise<Reply>;

/** Replies with a notice that is the same for everybody. */
export const replyWithNotice = (page: PageContext, name: NoticeName, status: Reply['status'] = 200): Reply => ({
  status,
  body: renderNamedNotice(page, name),
});

/** Calls the handler with the key of the subscriber that the request's token was signed for. */
export const runForSubscriber = async (
  context: RequestContext,
  purpose: 'preferences' | 'unsubscribe',
  handle: (key: string) => Promise<Reply>,
): Promise<Reply> => {
  const { token, keyring, now, page } = context;
  const claim = verifyToken(token, purpose, { keys: keyring.keys, now });
  return typeof claim === 'string' ? replyWithNotice(page, 'invalidLink', 400) : handle(claim.key);
};
