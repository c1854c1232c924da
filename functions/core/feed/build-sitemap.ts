import { toSiteUrl } from '../site-paths.ts';
import { buildElement, buildTextElement } from './xml.ts';

/** The most addresses that one sitemap, or one index of sitemaps, may hold (sitemaps.org). */
const maxSitemapUrls = 50_000;

interface SitemapUrl {
  readonly path: string;
  /** Instant of the last change. */
  readonly updated?: string;
  /** Absolute address of the page's image. */
  readonly image?: string;
}

interface SitemapInput {
  readonly site: string;
  /** In order of weight: what is over the limit is left out. */
  readonly urls: readonly SitemapUrl[];
}

/** Gives a sitemap of pages. */
export const buildSitemap = ({ site, urls }: SitemapInput): string =>
  buildSitemapDocument(
    'urlset',
    { 'xmlns:image': 'http://www.google.com/schemas/sitemap-image/1.1' },
    urls.map(({ path, updated, image }) =>
      buildElement('url', {}, buildLocation(site, path, updated) + (image ? buildImageElement(image) : '')),
    ),
  );

/** Gives an index of sitemaps, each named by its path. */
export const buildSitemapIndex = ({ site, urls }: SitemapInput): string =>
  buildSitemapDocument(
    'sitemapindex',
    {},
    urls.map(({ path, updated }) => buildElement('sitemap', {}, buildLocation(site, path, updated))),
  );

const buildLocation = (site: string, path: string, updated: string | undefined): string =>
  buildTextElement('loc', toSiteUrl(site, path)) + (updated ? buildTextElement('lastmod', updated) : '');

const buildImageElement = (address: string): string =>
  buildElement('image:image', {}, buildTextElement('image:loc', address));

const buildSitemapDocument = (
  root: string,
  namespaces: Record<string, string>,
  entries: readonly string[],
): string => {
  const attributes = { xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9', ...namespaces };
  const lines = entries.slice(0, maxSitemapUrls).map((entry) => `  ${entry}\n`);
  return `<?xml version="1.0" encoding="utf-8"?>\n${buildElement(root, attributes, `\n${lines.join('')}`)}\n`;
};
