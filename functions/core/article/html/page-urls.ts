import type { SeedInput } from '../../article.ts';
import { findElement, getAttribute, type ParentNode } from '../body/tree.ts';
import { createUrlResolver, type UrlResolver } from '../body/url-resolver.ts';
import { findTagValue, type MetaTags } from './meta-tags.ts';

const parseWebUrl = (written: string | undefined): URL | undefined => {
  const text = written?.trim().toWellFormed();
  if (!text || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) ? url : undefined;
};

/** Where a page says it stands: the canonical link, Open Graph, or its base address. */
export interface PageUrls {
  /** The page's own address; undefined where it names none, or only its site's front page. */
  readonly canonical?: URL;
  /** What its relative links start from. */
  readonly base?: URL;
}

/** Reads where a page was scraped from; empty for a page written to be a seed. */
export const findPageUrls = (document: ParentNode, tags: MetaTags): PageUrls => {
  const link = findElement(
    document,
    (element) => element.tagName === 'link' && /(?:^|\s)canonical(?:\s|$)/i.test(getAttribute(element, 'rel') ?? ''),
  );
  const base = parseWebUrl(
    getAttribute(findElement(document, ({ tagName }) => tagName === 'base') ?? { attrs: [] }, 'href'),
  );
  const declared = [link && getAttribute(link, 'href'), findTagValue(tags, 'og:url', 'twitter:url', 'parsely-link')];
  const [page] = declared.flatMap((address) => parseWebUrl(address) ?? []);
  const canonical = page && page.pathname + page.search !== '/' ? page : undefined;
  const start = base ?? page;
  return { ...(canonical && { canonical }), ...(start && { base: start }) };
};

/** Resolves a page's links and images against where it was scraped from, else like any seed's. */
export const createPageUrlResolver = (file: SeedInput, { base }: PageUrls): UrlResolver => {
  if (!base) return createUrlResolver(file);
  return (written, kind) => {
    const address = written.trim().toWellFormed();
    if (address === '' || address.startsWith('#') || !URL.canParse(address, base.href)) return undefined;
    const url = new URL(address, base);
    const isWeb = /^https?:$/.test(url.protocol) || (kind === 'link' && url.protocol === 'mailto:');
    return isWeb ? url.href : undefined;
  };
};
