import type { BodyReader } from '../adapters/body-reader.ts';
import { toObjectHeaders, toObjectKey } from '../adapters/site-objects.ts';
import { fingerprint } from '../core/identity.ts';
import type { ArticleRecord } from '../core/lifecycle/records.ts';
import { renderArticlePage } from '../core/site/render-article-page.ts';
import { sitePaths } from '../core/site-paths.ts';
import { createPageContext } from './page-context.ts';
import type { PublishServices } from './services.ts';

/**
 * Writes an article's page, or removes that of an article that is not to be seen.
 * @returns the fingerprint of the page that now stands there, if any; an unchanged page is not written again
 */
export const writePage = async (
  services: PublishServices,
  record: ArticleRecord,
  bodies: BodyReader,
): Promise<string | undefined> => {
  const { entry, pageFingerprint: page, state } = record;
  if (!entry) return undefined;
  const path = sitePaths.article(entry);
  if (state !== 'published') {
    if (page) await services.buckets.site.delete(toObjectKey(path));
    return undefined;
  }
  const { bodyKey: _place, ...told } = entry;
  const wanted = fingerprint(services.buildVersion, JSON.stringify(told));
  if (wanted === page) return page;
  const html = renderArticlePage(createPageContext(services), await bodies.readFullEntry(entry));
  await services.buckets.site.put(toObjectKey(path), html, toObjectHeaders(path));
  return wanted;
};
