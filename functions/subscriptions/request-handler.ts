import type { Keyring } from '../adapters/table/token-keys.ts';
import { type NoticeName, renderNamedNotice } from '../core/newsletter/pages/render-notice.ts';
import { verifyToken } from '../core/newsletter/subscriber/token.ts';
import type { PageContext } from '../core/site/page-context.ts';
import type { SubscriptionsServices } from './services.ts';

export interface RequestContext {
  readonly services: SubscriptionsServices;
  readonly page: PageContext;
  readonly keyring: Keyring;
  readonly now: Date;
  readonly token: string;
  readonly form: URLSearchParams;
  readonly clientAddress: string;
}

export interface Reply {
  readonly status: 200 | 303 | 400 | 404 | 405 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 503;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type RequestHandler = (context: RequestContext) => Promise<Reply>;

export const replyWithNotice = (page: PageContext, name: NoticeName, status: Reply['status'] = 200): Reply => ({
  status,
  body: renderNamedNotice(page, name),
});

export const runForSubscriber = async (
  context: RequestContext,
  purpose: 'preferences' | 'unsubscribe',
  handle: (key: string) => Promise<Reply>,
): Promise<Reply> => {
  const { token, keyring, now, page } = context;
  const claim = verifyToken(token, purpose, { keys: keyring.keys, now });
  return typeof claim === 'string' ? replyWithNotice(page, 'invalidLink', 400) : handle(claim.key);
};
