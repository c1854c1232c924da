import type { SeedFile } from '../article.ts';
import { type ResolveUrl, resolveUrl } from '../resolve-url.ts';
import { type MetaTags, tagValue } from './meta-tags.ts';
import { attribute, findElement, type Parent } from './tree.ts';

const webAddress = (written: string | undefined): URL | undefined => {
  const text = written?.trim().toWellFormed();
  if (!text || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) ? url : undefined;
};

/** Where a page says it stands: the canonical link, Open Graph, or its base address. */
export interface PageAddress {
  /** The page's own address; undefined where it names none, or only its site's front page. */
  readonly canonical?: URL;
  /** What its relative links start from. */
  readonly base?: URL;
}

/** Reads where a page was scraped from; empty for a page written to be a seed. */
export const readPageAddress = (document: Parent, tags: MetaTags): PageAddress => {
  const link = findElement(
    document,
    (element) =>
      element.tagName === 'link' && /(?:^|\s)canonical(?:\s|$)/i.test(attribute(element, 'rel') ?? ''),
  );
  const base = webAddress(
    attribute(findElement(document, ({ tagName }) => tagName === 'base') ?? { attrs: [] }, 'href'),
  );
  const told = [link && attribute(link, 'href'), tagValue(tags, 'og:url', 'twitter:url', 'parsely-link')];
  const [page] = told.flatMap((address) => webAddress(address) ?? []);
  const canonical = page && page.pathname + page.search !== '/' ? page : undefined;
  const start = base ?? page;
  return { ...(canonical && { canonical }), ...(start && { base: start }) };
};

/** Resolves a page's links and images against where it was scraped from, else like any seed's. */
export const resolveOnPage = (file: SeedFile, { base }: PageAddress): ResolveUrl => {
  if (!base) return resolveUrl(file);
  return (written, kind) => {
    const address = written.trim().toWellFormed();
    if (address === '' || address.startsWith('#') || !URL.canParse(address, base.href)) return undefined;
    const url = new URL(address, base);
    const isWeb = /^https?:$/.test(url.protocol) || (kind === 'link' && url.protocol === 'mailto:');
    return isWeb ? url.href : undefined;
  };
};
