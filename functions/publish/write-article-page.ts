import type { ArticleRecord } from '../core/lifecycle/article-record.ts';
import { renderArticlePage } from '../core/site/render-article-page.ts';
import { sitePaths } from '../core/site-paths.ts';
import { type BuildContext, omitBodyKeys } from './build-context.ts';
import { planDocument, writeDocuments } from './write-documents.ts';

/**
 * Writes the page of a published article, or deletes that of an article that is not published any more.
 * @returns the record with the fingerprint of the page as it is in the bucket now
 */
export const writeArticlePage = async (context: BuildContext, record: ArticleRecord): Promise<ArticleRecord> => {
  const { pageFingerprint, ...rest } = record;
  const { entry, state } = record;
  if (!entry) return rest;
  const path = sitePaths.article(entry);
  const build = async () => renderArticlePage(context.pageContext, await context.bodies.readFullEntry(entry));
  const { fingerprints } = await writeDocuments(
    context.services,
    pageFingerprint ? { [path]: pageFingerprint } : {},
    state === 'published' ? [planDocument(path, omitBodyKeys([entry]), build)] : [],
  );
  const written = fingerprints[path];
  return written ? { ...rest, pageFingerprint: written } : rest;
};
