import type { Bucket } from '../adapters/bucket.ts';
import type { Mailer } from '../adapters/mailer.ts';
import type { Build, BuildStore } from '../adapters/table/build.ts';
import type { CapStore } from '../adapters/table/caps.ts';
import type { ConsentWordsStore } from '../adapters/table/consent-words.ts';
import type { IssueStore } from '../adapters/table/issues.ts';
import type { ListStore } from '../adapters/table/lists.ts';
import type { SubscriberStore } from '../adapters/table/subscribers.ts';
import type { TokenKeyStore } from '../adapters/table/token-keys.ts';
import type { Publication } from '../core/publication.ts';
import type { Render } from '../core/render.ts';
import type { Log } from '../platform/logger.ts';
import type { DecideIssueServices } from './decide-issue.ts';
import type { EditIssueServices } from './edit-issue.ts';
import type { EraseServices } from './erase-subscriber.ts';

export interface SubscriptionsServices extends EraseServices, DecideIssueServices, EditIssueServices {
  readonly issues: Pick<IssueStore, 'get' | 'advance' | 'edit'>;
  readonly buckets: { readonly internal: Pick<Bucket, 'get' | 'put'> };
  readonly publication: Publication;
  readonly render: Render;
  /** Origin of the site, without a trailing slash, and its own pages; no site until something was published. */
  readonly readSite: () => Promise<Pick<Build, 'site' | 'pages'>>;
  readonly subscribers: SubscriberStore;
  readonly consentWords: ConsentWordsStore;
  readonly tokenKeys: TokenKeyStore;
  readonly caps: CapStore;
  readonly lists: Pick<ListStore, 'listEntries'>;
  readonly build: Pick<BuildStore, 'get'>;
  readonly mailer: Pick<Mailer, 'sendOne' | 'liftSuppression'>;
  readonly now: () => Date;
  readonly log: Log;
}
