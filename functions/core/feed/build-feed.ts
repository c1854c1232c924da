import { Feed, type Item } from 'feed';
import type { FullEntry } from '../entry.ts';
import { type FeedPaths, sitePaths, toSiteUrl } from '../site-paths.ts';
import type { FeedInput } from './feed-input.ts';

interface FeedOptions {
  readonly format: keyof FeedPaths;
  /** Makes a value safe for the format. */
  readonly write: (value: string) => string;
  /** What the format's items have besides, or instead of, what all formats share. */
  readonly item: (entry: FullEntry) => Partial<Item>;
}

/** Fills a feed of the `feed` package with what the three formats share. */
export const buildFeed = (input: FeedInput, { format, write, item }: FeedOptions): Feed => {
  const { publication, site, toPath: pathOf = sitePaths.article } = input;
  const { name, url } = publication.author;
  const feed = new Feed({
    id: write(input.feedId),
    title: write(input.title),
    description: write(input.description),
    link: write(toSiteUrl(site, input.page)),
    feedLinks: { [format]: write(toSiteUrl(site, input.paths[format])) },
    language: write(publication.language),
    updated: findLastUpdate(input),
    author: { name: write(name), ...(url && { link: write(url) }) },
    generator: 'Seedpress',
    docs: 'https://www.rssboard.org/rss-specification',
    // Minutes. Readers honour it, so it is no longer than the site's caches keep a feed.
    ttl: 5,
  });
  for (const entry of input.entries) {
    const page = toSiteUrl(site, pathOf(entry));
    feed.addItem({
      id: write(entry.id),
      title: write(entry.title),
      link: write(page),
      description: write(entry.summary),
      content: write(absolutizeFragments(entry.html, page)),
      published: new Date(entry.published),
      date: new Date(entry.updated),
      category: entry.topics.map((topic) => ({ name: write(topic.name), term: write(topic.name) })),
      ...item(entry),
    });
  }
  return feed;
};

/**
 * A footnote's link means the article's page: beside other articles, `#…` leads nowhere or elsewhere. Sanitized HTML has
 * links in this one spelling.
 */
const absolutizeFragments = (html: string, page: string): string =>
  html.replaceAll('href="#', `href="${page}#`);

/** The newest entry's, and never the time of building: the same entries give the same bytes. */
const findLastUpdate = ({ entries, since }: FeedInput): Date =>
  new Date(entries.length > 0 ? Math.max(...entries.map((entry) => Date.parse(entry.updated))) : since);

/** Whose an entry is: the authors it names, else the publication's. */
export const selectFeedAuthors = (
  entry: FullEntry,
  { publication, site }: FeedInput,
): readonly { readonly name: string; readonly url?: string | undefined }[] =>
  entry.authors.length > 0
    ? entry.authors.map((author) => ({
        name: author.name,
        url: toSiteUrl(site, sitePaths.author(author)),
      }))
    : [publication.author];

/** The language of an entry, where it is not the feed's. */
export const findForeignLanguage = (entry: FullEntry, { publication }: FeedInput): string | undefined =>
  entry.language === publication.language ? undefined : entry.language;

/** WebSub hubs: of the document that readers subscribe to, not of its archives. */
export const selectHubs = ({ publication, history }: FeedInput): readonly string[] =>
  history?.isArchive ? [] : publication.hubs;
