import type { ArticleBody } from '../../../functions/core/entry.ts';
import type { ArticleRecord } from '../../../functions/core/lifecycle/article-record.ts';
import { buildArticleRecord } from '../../../functions/core/lifecycle/build-article-record.ts';
import { decideLifecycle, type LiveSeed } from '../../../functions/core/lifecycle/decide-lifecycle.ts';
import { toSlug } from '../../../functions/core/text/slug.ts';
import type { ArticleSnapshot } from './compare-seed.ts';
import type { AnnouncementPlan } from './plan-announcements.ts';

interface SnapshotInput {
  readonly seed: LiveSeed;
  readonly record: ArticleRecord;
  readonly body: ArticleBody;
  readonly announcements: AnnouncementPlan;
  readonly timeZone: string;
}

/** An article as it stands on the site, or will once it is due; undefined where its seed does not speak for it. */
export const buildArticleSnapshot = ({
  seed,
  record,
  body,
  announcements,
  timeZone,
}: SnapshotInput): ArticleSnapshot | undefined => {
  const { id, dueAt, state } = record;
  const { expiresAt: expires } = seed.version;
  const common = {
    body,
    formerPaths: record.formerPaths ?? [],
    announced: announcements.announcedAt.get(id),
    waiting: announcements.waiting.get(id),
    ...(expires && { expires }),
  };
  if (state === 'published' && record.entry?.revision === seed.version.revision)
    return { ...common, entry: record.entry };
  if (state !== 'scheduled' || dueAt === undefined) return undefined;
  const lifecycleInput = { id, previous: record, seeds: [seed], now: dueAt };
  const decision = decideLifecycle(lifecycleInput);
  if (decision.kind !== 'publish') return undefined;
  const slug = toSlug(seed.version.slugSource, 'article');
  const { entry } = buildArticleRecord(lifecycleInput, decision, { slug, arrival: 0 }, timeZone);
  return entry && { ...common, due: dueAt, entry };
};
