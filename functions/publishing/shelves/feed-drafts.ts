import type { Entry, Withdrawn } from '../../core/entry.ts';
import { buildAtom } from '../../core/feed/build-atom.ts';
import { buildJsonFeed } from '../../core/feed/build-json-feed.ts';
import { buildRss } from '../../core/feed/build-rss.ts';
import type { FeedInput } from '../../core/feed/feed-input.ts';
import { sitePaths } from '../../core/site-paths.ts';
import { type Draft, draft } from '../write-documents.ts';
import { type Round, told, withBodies } from './round.ts';

/** A feed before the bodies of its entries are fetched: they are only when a document is made. */
export type FeedPlan = Omit<FeedInput, 'entries' | 'publication' | 'site' | 'since'> & {
  readonly entries: readonly Entry[];
  readonly withdrawn: readonly Withdrawn[];
};

/** The three documents of a feed; of the main feed also `/feed.xml`, where readers probe. */
export const feedDrafts = (round: Round, plan: FeedPlan): Draft[] => {
  const { publication, site } = round.services;
  const inputs = { ...plan, entries: told(plan.entries), since: round.since };
  const whole = async (paths = plan.paths): Promise<FeedInput> => ({
    ...plan,
    paths,
    publication,
    site,
    since: round.since,
    entries: await withBodies(round, plan.entries),
  });
  const drafts = [
    draft(plan.paths.rss, inputs, async () => buildRss(await whole())),
    draft(plan.paths.atom, inputs, async () => buildAtom(await whole())),
    draft(plan.paths.json, inputs, async () => buildJsonFeed(await whole())),
  ];
  if (plan.paths.rss !== sitePaths.feeds.rss) return drafts;
  const { feedXml } = sitePaths;
  return [
    ...drafts,
    draft(feedXml, inputs, async () => buildRss(await whole({ ...plan.paths, rss: feedXml }))),
  ];
};
