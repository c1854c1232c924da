import type { Mailer } from '../adapters/mailer.ts';
import type { CapStore } from '../adapters/table/caps.ts';
import type { ListStore } from '../adapters/table/lists.ts';
import type { SubscriberStore } from '../adapters/table/subscribers.ts';
import type { Keyring, TokenKeyStore } from '../adapters/table/token-keys.ts';
import type { Publication } from '../core/publication.ts';
import type { Render } from '../core/render.ts';
import type { PageContext } from '../core/site/page-context.ts';
import type { Log } from '../platform/logger.ts';
import type { EraseServices } from './erase-subscriber.ts';

/** All that the subscriptions need from outside. */
export interface SubscriptionsServices extends EraseServices {
  readonly publication: Publication;
  readonly render: Render;
  /** Origin of the site, without a trailing slash; undefined until something was published. */
  readonly site: () => Promise<string | undefined>;
  readonly subscribers: SubscriberStore;
  readonly tokenKeys: TokenKeyStore;
  readonly caps: CapStore;
  readonly lists: Pick<ListStore, 'listEntries'>;
  readonly mailer: Mailer;
  readonly now: () => Date;
  readonly log: Log;
}

/** One request: what it is answered with. */
export interface RequestContext {
  readonly services: SubscriptionsServices;
  readonly page: PageContext;
  readonly keyring: Keyring;
  readonly now: Date;
  /** The token of the link or the form, empty where there is none. */
  readonly token: string;
  /** What was posted; empty for a GET. */
  readonly form: URLSearchParams;
  /** The network address that the request came from. */
  readonly clientAddress: string;
}

/** What a visitor gets: a page, unless it says otherwise. */
export interface Reply {
  readonly status: 200 | 303 | 400 | 404 | 405 | 410 | 413 | 415 | 422 | 429 | 500 | 503;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}
