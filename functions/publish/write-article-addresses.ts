import type { Entry } from '../core/entry.ts';
import type { ArticleRecord } from '../core/lifecycle/article-record.ts';
import { renderArticlePage } from '../core/site/render-article-page.ts';
import { renderGonePage } from '../core/site/render-not-found-page.ts';
import { renderOwnPage } from '../core/site/render-own-page.ts';
import { renderRedirect } from '../core/site/render-redirect.ts';
import { selectRelatedFacts } from '../core/site/select-related.ts';
import { sitePaths, toSiteUrl } from '../core/site-paths.ts';
import { withCard } from './article-cards.ts';
import { type BuildContext, omitBodyKeys } from './build-context.ts';
import { type PlannedDocument, planDocument, writeDocuments } from './write-documents.ts';

/**
 * Writes what an article's addresses answer: its page, or that it was withdrawn, and where its earlier addresses lead.
 * @returns the record with the fingerprints of the objects as they are in the bucket now
 */
export const writeArticleAddresses = async (
  context: BuildContext,
  record: ArticleRecord,
  related: readonly Entry[],
): Promise<ArticleRecord> => {
  const { pageFingerprint, redirects = {}, ...rest } = withCard(record, context.services.publication);
  if (!record.entry) return rest;
  const path = sitePaths.article(record.entry);
  const formerPaths = new Set(
    [...(record.formerPaths ?? []), ...(record.entry.page ? [path] : [])].flatMap(listVariants),
  );
  formerPaths.delete(path);
  const { fingerprints } = await writeDocuments(
    context,
    { ...redirects, ...(pageFingerprint && { [path]: pageFingerprint }) },
    [planPage(context, record, record.entry, related), ...[...formerPaths].map((former) => planRedirect(former, path))],
  );
  const { [path]: written, ...others } = fingerprints;
  return {
    ...rest,
    ...(written && { pageFingerprint: written }),
    ...(Object.keys(others).length > 0 && { redirects: others }),
  };
};

const planPage = (
  { bodies, pageContext }: BuildContext,
  { state }: ArticleRecord,
  entry: Entry,
  related: readonly Entry[],
): PlannedDocument => {
  const path = sitePaths.article(entry);
  if (state !== 'published')
    return { ...planDocument(path, 'gone', () => renderGonePage(pageContext)), answer: { kind: 'gone' } };
  return {
    ...planDocument(path, { entry: omitBodyKeys([entry]), related: related.map(selectRelatedFacts) }, async () => {
      const full = await bodies.readFullEntry(entry);
      return entry.page ? renderOwnPage(pageContext, full) : renderArticlePage(pageContext, full, related);
    }),
    bodyLength: entry.bodyLength,
  };
};

const planRedirect = (path: string, target: string): PlannedDocument => {
  const href = toSiteUrl('', target);
  return { ...planDocument(path, href, () => renderRedirect(href)), answer: { kind: 'redirect', href } };
};

/** Other sites had their pages with or without a slash at the end. */
const listVariants = (path: string): string[] =>
  /\.[a-z\d]{1,5}$/i.test(path) || path.startsWith(sitePaths.article({ slug: '' })) ? [path] : [path, `${path}/`];
