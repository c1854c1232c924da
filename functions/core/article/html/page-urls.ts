import type { SeedInput } from '../../article.ts';
import { findElement, getAttribute, type ParentNode } from '../body/tree.ts';
import { createUrlResolver, parseWebUrl, toAllowedUrl, type UrlResolver } from '../body/url-resolver.ts';
import { findTagValue, type MetaTags } from './meta-tags.ts';

/** Where a page says that it was published. Empty for a page written to be a seed. */
export interface PageUrls {
  /** The page's own address; undefined where it names none, or only the front page of its site. */
  readonly canonical?: URL;
  readonly base?: URL;
}

export const findPageUrls = (document: ParentNode, tags: MetaTags): PageUrls => {
  const link = findElement(
    document,
    (element) => element.tagName === 'link' && /(?:^|\s)canonical(?:\s|$)/i.test(getAttribute(element, 'rel') ?? ''),
  );
  const baseElement = findElement(document, ({ tagName }) => tagName === 'base');
  const declared = [link && getAttribute(link, 'href'), findTagValue(tags, 'og:url', 'twitter:url', 'parsely-link')];
  const [page] = declared.flatMap((url) => parseWebUrl(url ?? '') ?? []);
  const canonical = page && page.pathname + page.search !== '/' ? page : undefined;
  const base = parseWebUrl((baseElement && getAttribute(baseElement, 'href')) ?? '') ?? page;
  return { ...(canonical && { canonical }), ...(base && { base }) };
};

/** Resolves links and images against the page's own address; those of a page without one like any seed's. */
export const createPageUrlResolver = (file: SeedInput, { base }: PageUrls): UrlResolver => {
  if (!base) return createUrlResolver(file);
  return (written, kind) => {
    const url = written.trim().toWellFormed();
    if (url === '' || url.startsWith('#') || !URL.canParse(url, base.href)) return undefined;
    return toAllowedUrl(new URL(url, base), kind);
  };
};
