import type { Bucket } from '../adapters/bucket.ts';
import type { WebSubClient } from '../adapters/hub.ts';
import type { Queue } from '../adapters/queue.ts';
import type { ArticleStore } from '../adapters/table/articles.ts';
import type { BuildStore } from '../adapters/table/build.ts';
import type { IssueStore } from '../adapters/table/issues.ts';
import type { ListStore } from '../adapters/table/lists.ts';
import type { SeedStore } from '../adapters/table/seeds.ts';
import type { Publication } from '../core/publication.ts';
import type { Render } from '../core/render.ts';
import type { metrics } from '../runtime/contract.ts';

/** All that publishing needs from outside. */
export interface PublishServices {
  readonly publication: Publication;
  /** Origin of the site, without a trailing slash. */
  readonly site: string;
  /** Fingerprint of all that shapes every document besides the records: settings, templates, code. */
  readonly buildVersion: string;
  readonly render: Render;
  readonly buckets: { readonly seeds: Bucket; readonly site: Bucket; readonly internal: Bucket };
  readonly seeds: SeedStore;
  readonly articles: ArticleStore;
  readonly lists: ListStore;
  readonly issues: IssueStore;
  readonly build: BuildStore;
  readonly uploadsQueue: Queue;
  readonly webSub: WebSubClient;
  readonly now: () => Date;
  readonly createId: () => string;
  readonly log: Log;
  readonly runCorrelated: RunCorrelated;
}

/** What operators are told; the names are those of the metrics and fields in the log. */
export interface Log {
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, error: unknown): void;
  /** Adds to a metric: how often something happened, or seconds where the metric is a time. */
  count(metric: keyof typeof metrics, value: number): void;
}

/**
 * Runs the work on one upload or one issue: every line that is logged meanwhile, and the trace, carry its id.
 * @param id of an upload as `uploadId` makes it; an issue's name
 */
export type RunCorrelated = <T>(kind: 'upload' | 'issue', id: string, work: () => Promise<T>) => Promise<T>;

/** Where nobody logs or traces. */
export const runUncorrelated: RunCorrelated = (_what, _id, work) => work();
