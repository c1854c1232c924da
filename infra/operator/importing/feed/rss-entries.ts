import type { parseFeed } from 'feedsmith';
import { plainText } from '../plain-text.ts';
import { type FeedContents, type FeedEntry, present } from './feed-entry.ts';

type Rss = Extract<ReturnType<typeof parseFeed<string>>, { format: 'rss' }>['feed'];
type RssItem = NonNullable<Rss['items']>[number];
type Rdf = Extract<ReturnType<typeof parseFeed<string>>, { format: 'rdf' }>['feed'];
type RdfItem = NonNullable<Rdf['items']>[number];

const isPicture = (type: string | undefined): boolean => /^image(?:\/|$)/i.test(type ?? '');

/** RSS's own author is an address, with a name behind it at best. Addresses are not published. */
const authorsOf = ({ dc, authors = [] }: RssItem): string[] => {
  const creators = present(...(dc?.creators ?? []));
  const names = creators.length > 0 ? creators : present(...authors.map(({ name }) => name));
  return names.filter((name) => !name.includes('@'));
};

const pictureOf = ({ enclosures = [], media }: RssItem): string | undefined =>
  enclosures.find(({ type }) => isPicture(type))?.url ??
  media?.contents?.find(({ medium, type }) => medium === 'image' || isPicture(type))?.url ??
  media?.thumbnails?.[0]?.url;

const entryOf = (item: RssItem): FeedEntry => {
  const { guid, link, description, content, dc, enclosures = [], categories = [] } = item;
  const permanent =
    guid?.isPermaLink !== false && /^https?:/.test(guid?.value ?? '') ? guid?.value : undefined;
  return {
    id: guid?.value,
    link: link ?? permanent,
    title: item.title && plainText(item.title),
    published: item.pubDate ?? dc?.dates?.[0],
    updated: item.atom?.updated,
    authors: authorsOf(item),
    topics: present(...categories.map(({ name }) => name && plainText(name))),
    content: content?.encoded ?? description,
    summary: content?.encoded === undefined ? undefined : description,
    image: pictureOf(item),
    language: dc?.languages?.[0],
    enclosures: present(...enclosures.map(({ url, type }) => (isPicture(type) ? undefined : url))),
    base: item.xml?.base,
  };
};

/** The items of an RSS feed of any version from 0.9 to 2.0 (https://www.rssboard.org/rss-specification). */
export const rssEntries = ({ link, language, items = [] }: Rss): FeedContents => ({
  site: link,
  language,
  entries: items.map(entryOf),
});

const rdfEntryOf = ({ rdf, title, link, description, content, dc }: RdfItem): FeedEntry => ({
  id: rdf?.about,
  link,
  title: title && plainText(title),
  published: dc?.dates?.[0],
  updated: undefined,
  authors: present(...(dc?.creators ?? [])),
  topics: present(...(dc?.subjects ?? [])),
  content: content?.encoded ?? description,
  summary: content?.encoded === undefined ? undefined : description,
  image: undefined,
  language: dc?.languages?.[0],
  enclosures: [],
  base: undefined,
});

/** The items of an RSS 1.0 feed. */
export const rdfEntries = ({ link, dc, items = [] }: Rdf): FeedContents => ({
  site: link,
  language: dc?.languages?.[0],
  entries: items.map(rdfEntryOf),
});
