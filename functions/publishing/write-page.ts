import type { ArticleRecord } from '../core/filing/records.ts';
import { fingerprint } from '../core/identity.ts';
import { renderArticlePage } from '../core/page/render-article-page.ts';
import { sitePaths } from '../core/site-paths.ts';
import type { BodyReader } from './body-reader.ts';
import { pageContext } from './page-context.ts';
import type { PublishingServices } from './services.ts';
import { headersOf, keyOf } from './write-documents.ts';

/**
 * Writes an article's page, or removes that of an article that is not to be seen.
 * @returns the fingerprint of the page that now stands there, if any; an unchanged page is not written again
 */
export const writePage = async (
  services: PublishingServices,
  record: ArticleRecord,
  bodies: BodyReader,
): Promise<string | undefined> => {
  const { entry, page, state } = record;
  if (!entry) return undefined;
  const path = sitePaths.article(entry);
  if (state !== 'published') {
    if (page) await services.buckets.site.delete(keyOf(path));
    return undefined;
  }
  const { body: _place, ...told } = entry;
  const wanted = fingerprint(services.edition, JSON.stringify(told));
  if (wanted === page) return page;
  const html = renderArticlePage(pageContext(services), await bodies.full(entry));
  await services.buckets.site.put(keyOf(path), html, headersOf(path));
  return wanted;
};
