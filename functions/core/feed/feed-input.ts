import type { FullEntry, WithdrawnArticle } from '../entry.ts';
import type { Publication } from '../publication.ts';
import type { FeedPaths } from '../site-paths.ts';

/** One feed in its three formats, complete: nothing about it is looked up or computed elsewhere. */
export interface FeedInput {
  readonly publication: Publication;
  /** Origin of the site, without a trailing slash. */
  readonly site: string;
  readonly title: string;
  readonly description: string;
  /** Path of the HTML page that this feed is the feed of. */
  readonly page: string;
  readonly paths: FeedPaths;
  /** From `feedId`; an archive carries the id of the feed that it is an archive of. */
  readonly feedId: string;
  /** Already chosen and in order, newest arrival first. */
  readonly entries: readonly FullEntry[];
  /** Atom alone can say that an entry is gone. */
  readonly withdrawn: readonly WithdrawnArticle[];
  /** Instant that a feed without entries gives as its `updated`: the publication's first build. */
  readonly since: string;
  readonly history?: FeedHistory;
  /** Path of an entry's page; absent: that of an article. */
  readonly toPath?: (entry: FullEntry) => string;
}

/** Where a document stands among the subscription document and its archives (RFC 5005, section 4). */
export interface FeedHistory {
  readonly isArchive: boolean;
  /** The subscription document, for an archive. */
  readonly current?: FeedPaths;
  /** The next older archive. */
  readonly previous?: FeedPaths;
  /** The next newer archive. */
  readonly next?: FeedPaths;
}
