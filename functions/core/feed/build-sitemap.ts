import { sitePaths, toSiteUrl } from '../site-paths.ts';
import { buildElement, printXmlDocument, type XmlElement } from '../text/xml.ts';

/** Limit of sitemaps.org, for a sitemap and for an index of sitemaps. */
const maxSitemapUrls = 50_000;
const sitemapNamespace = 'http://www.sitemaps.org/schemas/sitemap/0.9';

interface SitemapUrl {
  readonly path: string;
  readonly updated?: string;
  readonly image?: string;
}

interface SitemapInput {
  readonly site: string;
  /** Most important first: addresses over the limit are left out. */
  readonly urls: readonly SitemapUrl[];
}

export const buildSitemap = ({ site, urls }: SitemapInput): string =>
  printSitemap(
    buildElement(
      'urlset',
      { xmlns: sitemapNamespace, 'xmlns:image': 'http://www.google.com/schemas/sitemap-image/1.1' },
      urls
        .slice(0, maxSitemapUrls)
        .map((url) =>
          buildElement('url', {}, [
            ...buildLocation(site, url),
            ...(url.image ? [buildElement('image:image', {}, [buildElement('image:loc', {}, [url.image])])] : []),
          ]),
        ),
    ),
  );

export const buildSitemapIndex = ({ site, urls }: SitemapInput): string =>
  printSitemap(
    buildElement(
      'sitemapindex',
      { xmlns: sitemapNamespace },
      urls.slice(0, maxSitemapUrls).map((url) => buildElement('sitemap', {}, buildLocation(site, url))),
    ),
  );

const buildLocation = (site: string, { path, updated }: SitemapUrl): XmlElement[] => [
  buildElement('loc', {}, [toSiteUrl(site, path)]),
  ...(updated ? [buildElement('lastmod', {}, [updated])] : []),
];

const printSitemap = (root: XmlElement): string =>
  `${printXmlDocument(root, { indent: 2, oneLine: ['url', 'sitemap'] })}\n`;

/** Gives robots.txt, which allows everything and names the sitemap. */
export const buildRobots = (site: string): string =>
  `User-agent: *\nAllow: /\n\nSitemap: ${toSiteUrl(site, sitePaths.sitemap)}\n`;
