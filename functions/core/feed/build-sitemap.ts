import { addressOf } from '../site-paths.ts';
import { element, textElement } from './xml.ts';

/** The most addresses that one sitemap, or one index of sitemaps, may hold (sitemaps.org). */
const sitemapLimit = 50_000;

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
  document(
    'urlset',
    { 'xmlns:image': 'http://www.google.com/schemas/sitemap-image/1.1' },
    urls.map(({ path, updated, image }) =>
      element('url', {}, place(site, path, updated) + (image ? imageElement(image) : '')),
    ),
  );

/** Gives an index of sitemaps, each named by its path. */
export const buildSitemapIndex = ({ site, urls }: SitemapInput): string =>
  document(
    'sitemapindex',
    {},
    urls.map(({ path, updated }) => element('sitemap', {}, place(site, path, updated))),
  );

const place = (site: string, path: string, updated: string | undefined): string =>
  textElement('loc', addressOf(site, path)) + (updated ? textElement('lastmod', updated) : '');

const imageElement = (address: string): string =>
  element('image:image', {}, textElement('image:loc', address));

const document = (root: string, namespaces: Record<string, string>, entries: readonly string[]): string => {
  const attributes = { xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9', ...namespaces };
  const lines = entries.slice(0, sitemapLimit).map((entry) => `  ${entry}\n`);
  return `<?xml version="1.0" encoding="utf-8"?>\n${element(root, attributes, `\n${lines.join('')}`)}\n`;
};
