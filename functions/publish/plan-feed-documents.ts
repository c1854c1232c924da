import type { Entry, FullEntry } from '../core/entry.ts';
import { buildAtom } from '../core/feed/build-atom.ts';
import { buildJsonFeed } from '../core/feed/build-json-feed.ts';
import { buildRss } from '../core/feed/build-rss.ts';
import type { FeedInput } from '../core/feed/feed-input.ts';
import { sitePaths } from '../core/site-paths.ts';
import { memoize } from '../core/text/memoize.ts';
import { type BuildContext, omitBodyKeys, readFullEntries } from './build-context.ts';
import { type PlannedDocument, planDocument } from './write-documents.ts';

interface PlannedEntries {
  /** What the entries are made from: the feed is built again when it changes. */
  readonly entryInputs: unknown;
  /** Called only when one of the feed's documents is built. */
  readonly readEntries: () => Promise<readonly FullEntry[]>;
}

type FeedPlan = Omit<FeedInput, 'entries' | 'publication' | 'site' | 'since'> & PlannedEntries;

export const planEntries = (context: BuildContext, entries: readonly Entry[]): PlannedEntries => ({
  entryInputs: omitBodyKeys(entries),
  readEntries: () => readFullEntries(context, entries),
});

/** The three documents of a feed; of the main feed also `/feed.xml`, where feed readers look for it. */
export const planFeedDocuments = (
  { services: { publication, site }, since }: BuildContext,
  { entryInputs, readEntries, ...feed }: FeedPlan,
): PlannedDocument[] => {
  const { paths } = feed;
  const inputs = { ...feed, entryInputs, since };
  const readEntriesOnce = memoize(readEntries);
  const plan = (path: string, build: (input: FeedInput) => string, ownPaths = paths): PlannedDocument =>
    planDocument(path, inputs, async () =>
      build({ ...feed, paths: ownPaths, publication, site, since, entries: await readEntriesOnce() }),
    );
  const planned = [plan(paths.rss, buildRss), plan(paths.atom, buildAtom), plan(paths.json, buildJsonFeed)];
  const { feeds, feedXml } = sitePaths;
  return paths.rss === feeds.rss ? [...planned, plan(feedXml, buildRss, { ...paths, rss: feedXml })] : planned;
};
