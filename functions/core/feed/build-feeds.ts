import type { FeedPaths } from '../site-paths.ts';
import { buildAtom } from './build-atom.ts';
import { buildJsonFeed } from './build-json-feed.ts';
import { buildRss } from './build-rss.ts';
import type { FeedInput } from './feed-input.ts';

/** Gives the three documents of a feed. The same input gives the same bytes. */
export const buildFeeds = (input: FeedInput): Record<keyof FeedPaths, string> => ({
  rss: buildRss(input),
  atom: buildAtom(input),
  json: buildJsonFeed(input),
});
