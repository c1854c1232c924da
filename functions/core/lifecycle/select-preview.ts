import type { Entry } from '../entry.ts';
import type { ArticleRecord } from './article-record.ts';
import { buildEntry } from './build-article-record.ts';
import { isOldNews } from './decide-lifecycle.ts';
import type { SeedRecord, SeedVersion } from './seed-record.ts';

/** What a preview shows of a seed that is not public, and why it is not. */
export interface PreviewSource {
  readonly version: SeedVersion;
  readonly uploadedAt: string;
  /** In the words of its author's tools; absent where it only waits for its date. */
  readonly reason?: string;
  /** When it is published by itself. */
  readonly due?: string;
  /** Whether an issue will have the article, as far as it can be known before it is published. */
  readonly isInDigest: boolean;
}

/**
 * A draft has a preview, and so has an article that waits for its date.
 * @param article that the seed is published from, if there is one
 */
export const selectPreview = (
  { draft, version, withheld, uploadedAt }: SeedRecord,
  article: ArticleRecord | undefined,
): PreviewSource | undefined => {
  const due = article?.state === 'scheduled' ? article.dueAt : undefined;
  const shown = withheld ? draft : due && version;
  if (uploadedAt === undefined || !shown) return undefined;
  return {
    version: shown,
    uploadedAt,
    ...(withheld ? { reason: withheld.reason } : due && { due }),
    isInDigest: isForDigest(shown, uploadedAt),
  };
};

const isForDigest = ({ page, email, announcedAt, published }: SeedVersion, uploadedAt: string): boolean =>
  !page && email && announcedAt === undefined && !(published?.stated && isOldNews(published.at, uploadedAt));

/** The entry as it would be if it were published. Its slug is not claimed yet: the preview's id stands for it. */
export const buildPreviewEntry = (id: string, key: string, { version, uploadedAt, due }: PreviewSource): Entry => {
  const stated = version.published;
  const published = due ?? stated?.at ?? uploadedAt;
  const seed = { key, sequencer: '', kind: 'seed' as const, version, uploadedAt };
  const dateOnly = stated?.dateOnly ?? false;
  return buildEntry(
    { id: version.id, slug: id, previous: undefined },
    { seed, published, dateOnly, updated: published },
  );
};
