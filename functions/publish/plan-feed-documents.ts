import type { Entry, WithdrawnArticle } from '../core/entry.ts';
import { buildAtom } from '../core/feed/build-atom.ts';
import { buildJsonFeed } from '../core/feed/build-json-feed.ts';
import { buildRss } from '../core/feed/build-rss.ts';
import type { FeedInput } from '../core/feed/feed-input.ts';
import { type FeedPaths, sitePaths } from '../core/site-paths.ts';
import { type BuildContext, omitBodyNames, readFullEntries } from './build-context.ts';
import { type PlannedDocument, planDocument } from './write-documents.ts';

/** A feed whose entries have no bodies yet: they are read only when a document is built. */
export type FeedPlan = Omit<FeedInput, 'entries' | 'publication' | 'site' | 'since'> & {
  readonly entries: readonly Entry[];
  readonly withdrawn: readonly WithdrawnArticle[];
};

/** The three documents of a feed; of the main feed also `/feed.xml`, where readers probe. */
export const planFeedDocuments = (round: BuildContext, plan: FeedPlan): PlannedDocument[] => {
  const { publication, site } = round.services;
  const inputs = { ...plan, entries: omitBodyNames(plan.entries), since: round.since };
  const readFeedInput = async (paths = plan.paths): Promise<FeedInput> => ({
    ...plan,
    paths,
    publication,
    site,
    since: round.since,
    entries: await readFullEntries(round, plan.entries),
  });
  const drafts = planFeedFormats(plan.paths, inputs, readFeedInput);
  if (plan.paths.rss !== sitePaths.feeds.rss) return drafts;
  const { feedXml } = sitePaths;
  return [
    ...drafts,
    planDocument(feedXml, inputs, async () => buildRss(await readFeedInput({ ...plan.paths, rss: feedXml }))),
  ];
};

/** A feed in its three formats, each built only when `inputs` have changed. */
export const planFeedFormats = (
  paths: FeedPaths,
  inputs: unknown,
  readFeedInput: () => Promise<FeedInput>,
): PlannedDocument[] => [
  planDocument(paths.rss, inputs, async () => buildRss(await readFeedInput())),
  planDocument(paths.atom, inputs, async () => buildAtom(await readFeedInput())),
  planDocument(paths.json, inputs, async () => buildJsonFeed(await readFeedInput())),
];
