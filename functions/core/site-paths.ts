import type { Entry, TopicOrAuthor } from './entry.ts';
import type { Cadence } from './publication.ts';

/**
 * The one owner of the site's addresses. Every path starts with a slash; the object's key in the site bucket is
 * the path without it (`/` is `index.html`). Pages have no extension: S3 keeps the type beside the object.
 */

/** The three formats of a feed, as paths. */
export interface FeedPaths {
  readonly rss: string;
  readonly atom: string;
  readonly json: string;
}

const toFeedPaths = (folder: string): FeedPaths => ({
  rss: `${folder}/rss.xml`,
  atom: `${folder}/atom.xml`,
  json: `${folder}/feed.json`,
});

export const sitePaths = {
  home: '/',
  subscribe: '/subscribe',
  archive: '/archive',
  topics: '/topics',
  authors: '/authors',
  notFound: '/404.html',
  opml: '/opml.xml',
  sitemap: '/sitemap.xml',
  robots: '/robots.txt',
  icon: '/assets/icon.svg',
  feeds: toFeedPaths(''),
  /** Where readers probe; the same feed as `feeds.rss` with a self link of its own. */
  feedXml: '/feed.xml',
  style: (hash: string): string => `/assets/style-${hash}.css`,
  article: ({ slug }: Pick<Entry, 'slug'>): string => `/articles/${slug}`,
  topic: ({ slug }: TopicOrAuthor): string => `/topics/${slug}`,
  topicYear: ({ slug }: TopicOrAuthor, year: string): string => `/topics/${slug}/${year}`,
  topicFeeds: ({ slug }: TopicOrAuthor): FeedPaths => toFeedPaths(`/topics/${slug}`),
  author: ({ slug }: TopicOrAuthor): string => `/authors/${slug}`,
  authorYear: ({ slug }: TopicOrAuthor, year: string): string => `/authors/${slug}/${year}`,
  /** A calendar month such as `2023-12`; part 1 has the plain address, later parts a number. */
  month: (month: string, part = 1): string =>
    part === 1 ? `/archive/${month}` : `/archive/${month}/${part}`,
  monthFeeds: (month: string, part = 1): FeedPaths => toFeedPaths(sitePaths.month(month, part)),
  monthSitemap: (month: string): string => `/archive/${month}/sitemap.xml`,
  nextDigest: (cadence: Cadence, format: 'html' | 'txt' | 'json'): string => `/digest/${cadence}.${format}`,
  /** An image uploaded beside a seed, by its key in the seeds bucket. */
  image: (key: string): string => `/images/${key}`,
};

/** The absolute address of a path; each segment is percent-encoded, so any seed key and any script is safe. */
export const toSiteUrl = (site: string, path: string): string =>
  site + path.split('/').map(encodeURIComponent).join('/');
