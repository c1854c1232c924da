import type { Entry, FullEntry } from '../core/entry.ts';
import { buildAtom } from '../core/feed/build-atom.ts';
import { buildJsonFeed } from '../core/feed/build-json-feed.ts';
import { buildRss } from '../core/feed/build-rss.ts';
import type { FeedInput } from '../core/feed/feed-input.ts';
import { fingerprint } from '../core/identity.ts';
import { type BuildContext, omitBodyKeys } from './build-context.ts';
import { type PlannedDocument, planListDocument } from './write-documents.ts';

/** Characters of the bodies in one feed, HTML and plain text together: some 4 MB of feed. The rest are excerpts. */
const maxFeedBodyLength = 8_000_000;

type FeedPlan = Omit<FeedInput, 'entries' | 'publication' | 'site' | 'since'>;

interface FeedItems<T> {
  readonly items: readonly T[];
  /** What the items are made from: the feed is built again when it changes. */
  readonly inputs: unknown;
  readonly bodyLength?: number;
  /** Called only when one of the feed's documents is built. */
  readonly readEntries: (items: readonly T[]) => Promise<readonly FullEntry[]>;
}

/** The entries of a feed of articles, in full as far as they fit. */
export const planFeedEntries = ({ bodies }: BuildContext, entries: readonly Entry[]): FeedItems<Entry> => {
  const fitting = new Set<string>();
  let bodyLength = 0;
  for (const entry of entries) {
    if (bodyLength + entry.bodyLength > maxFeedBodyLength) continue;
    bodyLength += entry.bodyLength;
    fitting.add(entry.id);
  }
  return {
    items: entries,
    inputs: omitBodyKeys(entries),
    bodyLength,
    readEntries: (some) => bodies.readFullEntries(some, ({ id }) => fitting.has(id)),
  };
};

/** The three documents of a feed. */
export const planFeedDocuments = <T extends { readonly id: string }>(
  { services: { publication, site }, since }: BuildContext,
  feed: FeedPlan,
  { items, inputs: entryInputs, bodyLength, readEntries }: FeedItems<T>,
): PlannedDocument[] => {
  const { paths } = feed;
  // Named once: the three would each print and hash all entries.
  const inputs = fingerprint(JSON.stringify({ ...feed, entryInputs, since }));
  const plan = (path: string, build: (input: FeedInput) => string): PlannedDocument =>
    planListDocument(path, inputs, { items, ...(bodyLength && { bodyLength }) }, async (some) =>
      build({ ...feed, publication, site, since, entries: await readEntries(some) }),
    );
  return [plan(paths.rss, buildRss), plan(paths.atom, buildAtom), plan(paths.json, buildJsonFeed)];
};
