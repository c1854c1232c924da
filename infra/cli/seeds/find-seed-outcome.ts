import type { ArticleRecord, SeedRecord } from '../../../functions/core/lifecycle/records.ts';
import { sitePaths, toSiteUrl } from '../../../functions/core/site-paths.ts';

/** What came of an upload or a deletion. */
export type SeedChangeOutcome =
  | { readonly state: 'published'; readonly address: string }
  | { readonly state: 'scheduled'; readonly due: string }
  | {
      readonly state: 'refused';
      readonly reason: string;
      readonly place?: string;
      /** Title of the version before it, which stays published. */
      readonly previousTitle?: string;
    }
  /** `address`: the article stands there all the same, since another seed says that it is this article. */
  | { readonly state: 'withdrawn'; readonly address?: string }
  /** Somebody else uploaded other content under the key, or deleted it. */
  | { readonly state: 'replaced' }
  /** Nothing has come of it yet. */
  | { readonly state: 'waiting' };

/** What a key's record and its article's say once the site has followed them; undefined while the article has not. */
export const findUploadOutcome = (
  { rejection, version }: Pick<SeedRecord, 'rejection' | 'version'>,
  article: ArticleRecord | undefined,
  site: string,
): SeedChangeOutcome | undefined => {
  if (rejection) return { state: 'refused', ...rejection, ...(version && { previousTitle: version.title }) };
  if (article?.state === 'scheduled' && article.dueAt) return { state: 'scheduled', due: article.dueAt };
  if (article?.state !== 'published' || !article.entry) return undefined;
  // While a seed is renamed two say that they are the article, and the later one speaks for it.
  const isShown = article.entry.revision === version?.revision || article.seedKeys.length > 1;
  return isShown
    ? { state: 'published', address: toSiteUrl(site, sitePaths.article(article.entry)) }
    : undefined;
};

/** What became of the article of a deleted seed; undefined while it stands there by that seed. */
export const findDeletionOutcome = (
  key: string,
  article: ArticleRecord | undefined,
  site: string,
): SeedChangeOutcome | undefined => {
  if (article?.seedKeys.includes(key)) return undefined;
  if (article?.state !== 'published' || !article.entry) return { state: 'withdrawn' };
  return { state: 'withdrawn', address: toSiteUrl(site, sitePaths.article(article.entry)) };
};
