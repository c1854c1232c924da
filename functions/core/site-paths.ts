import type { Entry, TopicOrAuthor } from './entry.ts';
import { shortenKey } from './identity.ts';
import type { ScheduledCadence } from './publication.ts';
import { toSeedKind } from './seed-kind.ts';

export interface FeedPaths {
  readonly rss: string;
  readonly atom: string;
  readonly json: string;
}

/** S3 takes 1,024 bytes in all. */
const maxCopyKeyBytes = 1024 - 'images/'.length;

type DigestFormat = 'html' | 'txt' | 'json';

/** As a page of the site, as feed readers show it, in an issue, and the entry's own data. */
export type PreviewView = 'page' | 'entry' | 'digest' | 'atom.xml';

const toFeedPaths = (folder: string): FeedPaths => ({
  rss: `${folder}/rss.xml`,
  atom: `${folder}/atom.xml`,
  json: `${folder}/feed.json`,
});

const addPart = (path: string, part: number): string => (part === 1 ? path : `${path}/${part}`);

/**
 * The site's addresses. Every path starts with a slash; the object's key in the site bucket is the path without it
 * (`/` is `index.html`). Pages have no extension: S3 keeps the type beside the object.
 */
export const sitePaths = {
  home: '/',
  subscribe: '/subscribe',
  archive: '/archive',
  search: '/search',
  topics: '/topics',
  authors: '/authors',
  notFound: '/404.html',
  opml: '/opml.xml',
  sitemap: '/sitemap.xml',
  pagesSitemap: '/sitemap-pages.xml',
  robots: '/robots.txt',
  icon: '/assets/icon.svg',
  /** Browsers and phones look for these two by their names. */
  favicon: '/favicon.ico',
  appleIcon: '/apple-touch-icon.png',
  rssImage: '/assets/icon-144.png',
  largeIcon: '/assets/icon-512.png',
  /** @param file whose ending it keeps */
  logo: (file: string, isDark: boolean): string =>
    `/assets/logo${isDark ? '-dark' : ''}${/\.\w+$/.exec(file)?.[0].toLowerCase() ?? ''}`,
  font: (hash: string, format: string): string => `/assets/font-${hash}.${format}`,
  feeds: toFeedPaths(''),
  style: (hash: string): string => `/assets/style-${hash}.css`,
  /** Pages of the publication, such as its imprint, have short addresses. */
  article: ({ slug, page }: Pick<Entry, 'slug' | 'page'>): string => (page ? `/${slug}` : `/articles/${slug}`),
  topic: ({ slug }: TopicOrAuthor): string => `/topics/${slug}`,
  /** Like months, years have parts. */
  topicYear: ({ slug }: TopicOrAuthor, year: string, part = 1): string => addPart(`/topics/${slug}/${year}`, part),
  topicFeeds: ({ slug }: TopicOrAuthor): FeedPaths => toFeedPaths(`/topics/${slug}`),
  author: ({ slug }: TopicOrAuthor): string => `/authors/${slug}`,
  authorYear: ({ slug }: TopicOrAuthor, year: string, part = 1): string => addPart(`/authors/${slug}/${year}`, part),
  authorFeeds: ({ slug }: TopicOrAuthor): FeedPaths => toFeedPaths(`/authors/${slug}`),
  /** A calendar month such as `2023-12`; part 1 has the plain address, later parts a number. */
  month: (month: string, part = 1): string => addPart(`/archive/${month}`, part),
  monthFeeds: (month: string, part = 1): FeedPaths => toFeedPaths(sitePaths.month(month, part)),
  monthSitemap: (month: string, part = 1): string => `${sitePaths.month(month, part)}/sitemap.xml`,
  /** A file of the search index, by the name that `planSearchIndexes` gives it. */
  searchIndex: (name: string): string => `/search/${name}.bin`,
  /** What the search page runs in the browser. */
  searchScript: (hash: string): string => `/assets/search-${hash}.js`,
  openSearch: '/opensearch.xml',
  nextDigest: (cadence: ScheduledCadence, format: DigestFormat): string => `/digest/${cadence}.${format}`,
  issues: '/issues',
  issuesOfYear: (year: string): string => `/issues/${year}`,
  issue: (name: string, format: DigestFormat): string =>
    format === 'html' ? `/issues/${name}` : `/issues/${name}.${format}`,
  issueFeeds: toFeedPaths('/issues'),
  /** Answered by the API. A token in the query identifies the reader; GET changes nothing. */
  subscriptions: {
    signUp: '/subscriptions',
    /** GET shows a button, POST confirms. */
    confirm: '/subscriptions/confirm',
    /** GET shows the reader's choice, POST changes it: daily, weekly, pause. */
    preferences: '/subscriptions/preferences',
    /** POST from the preferences mails a link to the new address; with that link, GET shows a button and POST moves. */
    address: '/subscriptions/address',
    /** GET shows a button; POST unsubscribes, for the button and for mail programs (RFC 8058). */
    unsubscribe: '/subscriptions/unsubscribe',
    /** POST, with the mailed link: a file with everything that is kept about the reader. */
    export: '/subscriptions/export',
    /** GET and POST from the preferences ask for a link by mail; with that link they show the button and erase. */
    erase: '/subscriptions/erase',
    /** GET shows a held issue to the operator, POST approves or discards it. */
    approve: '/subscriptions/approve',
    /** POST from that page saves an introduction, a subject, an order, and what is left out. */
    editIssue: '/subscriptions/edit-issue',
  },
  /** Previews of drafts. Whoever knows the id, which cannot be guessed, can read one. */
  preview: (id: string, view: PreviewView): string => (view === 'page' ? `/previews/${id}` : `/previews/${id}/${view}`),
  previewPicture: (id: string, name: string): string => `/previews/${id}/images/${name}`,
  /**
   * An image uploaded beside a seed, by its key in the seeds bucket. Letters with marks are in one form (NFC): macOS
   * writes them in another than authors do.
   */
  image: (key: string): string => `/images/${shortenKey(key.normalize('NFC'), maxCopyKeyBytes)}`,
  /** A size of a picture: `1600.webp`. */
  pictureSize: (id: string, name: string): string => `/pictures/${id}/${name}`,
  /** What previews of a link to an article without a picture show. */
  card: (id: string): string => `/cards/${id}.png`,
  /** The same for pages that are no articles. */
  publicationCard: (hash: string): string => `/assets/card-${hash}.png`,
  /** A document, sound or film uploaded beside a seed. */
  file: (key: string): string => `/files/${shortenKey(key.normalize('NFC'), maxCopyKeyBytes)}`,
};

export const isSearchScript = (path: string): boolean => /^\/assets\/search-\w+\.js$/.test(path);

const articlesFolder = sitePaths.article({ slug: '' });

/** What an address of an article is reserved under: its slug; any other path as it is, which no slug is. */
export const toAddressClaim = (path: string): string => {
  const slug = path.startsWith(articlesFolder) ? path.slice(articlesFolder.length) : '';
  return slug !== '' && !slug.includes('/') ? slug : path;
};

/** Folders and files of the site, and what browsers and services ask every site for. */
const reservedNames = new Set(
  '/subscribe /archive /search /opensearch.xml /topics /authors /404.html /opml.xml /sitemap.xml /sitemap-pages.xml /robots.txt /assets /rss.xml /atom.xml /feed.json /feed.xml /digest /issues /subscriptions /previews /images /pictures /cards /files /index.html /favicon.ico /apple-touch-icon.png /.well-known'.split(
    ' ',
  ),
);

/** Whether no earlier address of an article can be there. CloudFront serves feeds by the end of their names. */
export const isReservedPath = (path: string): boolean =>
  path === '/' ||
  path === '/articles' ||
  reservedNames.has(/^\/[^/]*/.exec(path.toLowerCase())?.[0] ?? '') ||
  /(?:atom\.xml|feed\.json)$/.test(path);

/** The absolute address of a path; each segment is percent-encoded, so any seed key and any script is safe. */
export const toSiteUrl = (site: string, path: string): string =>
  site + path.split('/').map(encodeURIComponent).join('/');

/** Where the site has its copy of an uploaded image, document, sound or film; undefined for other uploads. */
export const findCopyPath = (key: string): string | undefined => {
  const kind = toSeedKind(key);
  if (kind === 'image') return sitePaths.image(key);
  return kind === 'file' ? sitePaths.file(key) : undefined;
};
