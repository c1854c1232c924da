import type { parseFeed } from 'feedsmith';
import { toPlainLine } from '../source/to-plain-line.ts';
import { type FeedContents, type FeedEntry, selectPresent } from './feed-entry.ts';

type Rss = Extract<ReturnType<typeof parseFeed<string>>, { format: 'rss' }>['feed'];
type RssItem = NonNullable<Rss['items']>[number];
type Rdf = Extract<ReturnType<typeof parseFeed<string>>, { format: 'rdf' }>['feed'];
type RdfItem = NonNullable<Rdf['items']>[number];

const isImageType = (type: string | undefined): boolean => /^image(?:\/|$)/i.test(type ?? '');

/** RSS's own author is an address, with a name behind it at best. Addresses are not published. */
const selectAuthors = ({ dc, authors = [] }: RssItem): string[] => {
  const creators = selectPresent(...(dc?.creators ?? []));
  const names = creators.length > 0 ? creators : selectPresent(...authors.map(({ name }) => name));
  return names.filter((name) => !name.includes('@'));
};

const selectImage = ({ enclosures = [], media }: RssItem): string | undefined =>
  enclosures.find(({ type }) => isImageType(type))?.url ??
  media?.contents?.find(({ medium, type }) => medium === 'image' || isImageType(type))?.url ??
  media?.thumbnails?.[0]?.url;

const convertRssItem = (item: RssItem): FeedEntry => {
  const { guid, link, description, content, dc, enclosures = [], categories = [] } = item;
  const permanent = guid?.isPermaLink !== false && /^https?:/.test(guid?.value ?? '') ? guid?.value : undefined;
  return {
    id: guid?.value,
    link: link ?? permanent,
    title: item.title && toPlainLine(item.title),
    published: item.pubDate ?? dc?.dates?.[0],
    updated: item.atom?.updated,
    authors: selectAuthors(item),
    topics: selectPresent(...categories.map(({ name }) => name && toPlainLine(name))),
    content: content?.encoded ?? description,
    summary: content?.encoded === undefined ? undefined : description,
    image: selectImage(item),
    language: dc?.languages?.[0],
    enclosures: selectPresent(...enclosures.map(({ url, type }) => (isImageType(type) ? undefined : url))),
    base: item.xml?.base,
  };
};

/** The items of an RSS feed of any version from 0.9 to 2.0 (https://www.rssboard.org/rss-specification). */
export const convertRssFeed = ({ link, language, items = [] }: Rss): FeedContents => ({
  site: link,
  language,
  entries: items.map(convertRssItem),
});

const convertRdfItem = ({ rdf, title, link, description, content, dc }: RdfItem): FeedEntry => ({
  id: rdf?.about,
  link,
  title: title && toPlainLine(title),
  published: dc?.dates?.[0],
  updated: undefined,
  authors: selectPresent(...(dc?.creators ?? [])),
  topics: selectPresent(...(dc?.subjects ?? [])),
  content: content?.encoded ?? description,
  summary: content?.encoded === undefined ? undefined : description,
  image: undefined,
  language: dc?.languages?.[0],
  enclosures: [],
  base: undefined,
});

export const convertRdfFeed = ({ link, dc, items = [] }: Rdf): FeedContents => ({
  site: link,
  language: dc?.languages?.[0],
  entries: items.map(convertRdfItem),
});
