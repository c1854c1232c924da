import type { Bucket } from '../adapters/bucket.ts';
import type { Mailer } from '../adapters/mailer.ts';
import type { BulkQueue, Queue } from '../adapters/queue.ts';
import type { BatchStore } from '../adapters/table/batches.ts';
import type { BuildStore } from '../adapters/table/build.ts';
import type { IssueStore } from '../adapters/table/issues.ts';
import type { SubscriberStore } from '../adapters/table/subscribers.ts';
import type { TokenKeyStore } from '../adapters/table/token-keys.ts';
import type { Publication } from '../core/publication.ts';
import type { Render } from '../core/render.ts';
import type { About, Log } from '../publishing/services.ts';

/** All that composing an issue needs from outside. */
export interface ComposingServices {
  readonly publication: Publication;
  /** Origin of the site, without a trailing slash. */
  readonly site: string;
  readonly render: Render;
  readonly buckets: { readonly site: Bucket; readonly desk: Bucket };
  readonly issues: IssueStore;
  readonly batches: BatchStore;
  readonly subscribers: Pick<SubscriberStore, 'roster'>;
  readonly tokenKeys: Pick<TokenKeyStore, 'get'>;
  readonly build: Pick<BuildStore, 'get' | 'request'>;
  /** Calls to compose: to itself, when time runs out. */
  readonly calls: Queue;
  /** One message for each delivery batch. */
  readonly deliveries: BulkQueue;
  /** To nudge the builder. */
  readonly uploads: Queue;
  readonly mailer: Pick<Mailer, 'sendOne'>;
  readonly log: Log;
  readonly about: About;
}
