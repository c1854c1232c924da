import type { FullEntry, WithdrawnArticle } from '../entry.ts';
import type { Publication } from '../publication.ts';
import type { FeedPaths } from '../site-paths.ts';

export interface FeedInput {
  readonly publication: Publication;
  /** Origin of the site, without a trailing slash. */
  readonly site: string;
  readonly title: string;
  readonly description: string;
  /** Path of the HTML page that lists the same entries. */
  readonly page: string;
  readonly paths: FeedPaths;
  /** From `toFeedId`; an archive has the id of the feed that it belongs to. */
  readonly feedId: string;
  /** In order, newest arrival first. */
  readonly entries: readonly FullEntry[];
  /** Only Atom can say that an entry is gone. */
  readonly withdrawn: readonly WithdrawnArticle[];
  /** When the publication was first built: `updated` of a feed without entries. */
  readonly since: string;
  readonly history?: FeedHistory;
  /** Gives the path of an entry's page; by default, that of an article. */
  readonly toPath?: (entry: FullEntry) => string;
}

/** The place of a document among the subscription document and its archives (RFC 5005, section 4). */
export interface FeedHistory {
  readonly isArchive: boolean;
  /** The subscription document, for an archive. */
  readonly current?: FeedPaths;
  readonly previous?: FeedPaths;
  readonly next?: FeedPaths;
}
