import type { Bucket } from '../adapters/bucket.ts';
import type { Mailer } from '../adapters/mailer.ts';
import type { BulkQueue, Queue } from '../adapters/queue.ts';
import type { ArticleStore } from '../adapters/table/articles.ts';
import type { BatchStore } from '../adapters/table/batches.ts';
import type { BuildStore } from '../adapters/table/build.ts';
import type { CadenceStateStore } from '../adapters/table/cadence-states.ts';
import type { CapStore } from '../adapters/table/caps.ts';
import type { IssueStore } from '../adapters/table/issues.ts';
import type { RateLimitStore } from '../adapters/table/rate-limit.ts';
import type { RefusalStore } from '../adapters/table/refusals.ts';
import type { SentArticleStore } from '../adapters/table/sent-articles.ts';
import type { SubscriberStore } from '../adapters/table/subscribers.ts';
import type { TokenKeyStore } from '../adapters/table/token-keys.ts';
import type { Publication } from '../core/publication.ts';
import type { Render } from '../core/render.ts';
import type { Log, RunCorrelated } from '../platform/logger.ts';

export interface ComposeIssueServices {
  readonly publication: Publication;
  readonly site: string;
  readonly render: Render;
  readonly buckets: { readonly site: Bucket; readonly internal: Bucket };
  readonly cadenceStates: CadenceStateStore;
  readonly issues: IssueStore;
  readonly sentArticles: SentArticleStore;
  readonly articles: Pick<ArticleStore, 'getMany'>;
  readonly batches: BatchStore;
  readonly subscribers: Pick<
    SubscriberStore,
    'listRecipients' | 'listPartition' | 'getMany' | 'apply' | 'completeMove'
  >;
  readonly tokenKeys: Pick<TokenKeyStore, 'getOrCreate'>;
  readonly build: Pick<BuildStore, 'countRefresh' | 'get' | 'requestRefresh'>;
  readonly refusals: Pick<RefusalStore, 'list' | 'remove'>;
  readonly caps: CapStore;
  readonly rateLimit: Pick<RateLimitStore, 'get'>;
  readonly issuesQueue: Queue;
  readonly deliveriesQueue: BulkQueue;
  readonly uploadsQueue: Queue;
  readonly mailer: Pick<Mailer, 'sendOne' | 'listSuppressed'>;
  readonly now: () => Date;
  readonly log: Log;
  readonly runCorrelated: RunCorrelated;
}
