import { Feed, type Item, type FeedOptions as Options } from 'feed';
import { formatSummary } from '../ai-notice.ts';
import type { FullEntry } from '../entry.ts';
import { renderPortableBody } from '../picture-captions.ts';
import { type FeedPaths, sitePaths, toSiteUrl } from '../site-paths.ts';
import { buildElement, printElement } from '../text/xml.ts';
import type { FeedInput } from './feed-input.ts';

interface FeedOptions {
  readonly format: keyof FeedPaths;
  /** Gives what to hand to the package in place of a text. */
  readonly write: (text: string) => string;
  /** Fields of an item that only this format has, or has in another form. */
  readonly item: (entry: FullEntry) => Partial<Item>;
}

export const buildFeed = (input: FeedInput, { format, write, item }: FeedOptions): Feed => {
  const { publication, site, toPath = sitePaths.article } = input;
  const { name, url } = publication.author;
  const feed = new Feed({
    id: write(input.feedId),
    title: write(input.title),
    description: write(input.description),
    link: toSiteUrl(site, input.page),
    feedLinks: { [format]: toSiteUrl(site, input.paths[format]) },
    language: write(publication.language),
    updated: findLastUpdate(input),
    author: { name: write(name), ...(url && { link: url }) },
    ...selectFeedImages(input, format),
    ...(publication.license && { copyright: write(publication.license.name) }),
    generator: 'Seedpress',
    docs: 'https://www.rssboard.org/rss-specification',
    // Minutes, no longer than the site's caches keep a feed: readers wait this long.
    ttl: 5,
  });
  for (const entry of input.entries) {
    const page = toSiteUrl(site, toPath(entry));
    feed.addItem({
      id: write(entry.id),
      title: write(entry.title),
      link: page,
      description: write(formatSummary(entry, publication)),
      content: write(
        entry.html === ''
          ? buildExcerpt(formatSummary(entry, publication), page)
          : absolutizeFragments(renderPortableBody(entry), page),
      ),
      published: new Date(entry.published),
      date: new Date(entry.updated),
      category: entry.topics.map((topic) => ({ name: write(topic.name), term: write(topic.name) })),
      ...item(entry),
    });
  }
  return feed;
};

/** RSS wants an image of at most 144 pixels, Atom a square icon and a wide logo, JSON Feed a square icon. */
const selectFeedImages = (
  { publication, site }: FeedInput,
  format: keyof FeedPaths,
): Pick<Options, 'image' | 'favicon'> => {
  const { logo } = publication.theme;
  if (format === 'rss') return { image: toSiteUrl(site, sitePaths.rssImage) };
  const icon = toSiteUrl(site, sitePaths.largeIcon);
  if (format === 'json') return { image: icon };
  return { favicon: icon, ...(logo && { image: toSiteUrl(site, sitePaths.logo(logo, false)) }) };
};

/** Stands for a body that is too long for the feed. */
const buildExcerpt = (summary: string, page: string): string =>
  [[summary], [buildElement('a', { href: page }, [page])]]
    .map((children) => printElement(buildElement('p', {}, children)))
    .join('\n');

/** In a feed, a footnote's `#…` must lead to the article's page. Sanitized HTML spells links in this one way. */
const absolutizeFragments = (html: string, page: string): string => html.replaceAll('href="#', `href="${page}#`);

/** Never the time of building: the same entries give the same bytes. */
const findLastUpdate = ({ entries, since }: FeedInput): Date =>
  new Date(entries.length > 0 ? Math.max(...entries.map((entry) => Date.parse(entry.updated))) : since);

/** The authors that an entry names, else the publication's. */
export const selectFeedAuthors = (
  entry: FullEntry,
  { publication, site }: FeedInput,
): readonly { readonly name: string; readonly url?: string | undefined }[] =>
  entry.authors.length > 0
    ? entry.authors.map((author) => ({ name: author.name, url: toSiteUrl(site, sitePaths.author(author)) }))
    : [publication.author];

/** The language of an entry, if it is not the feed's. */
export const findForeignLanguage = (entry: FullEntry, { publication }: FeedInput): string | undefined =>
  entry.language === publication.language ? undefined : entry.language;

/** WebSub hubs belong to the document that readers subscribe to, not to its archives. */
export const selectHubs = ({ publication, history }: FeedInput): readonly string[] =>
  history?.isArchive ? [] : publication.hubs;
