import type { parseFeed } from 'feedsmith';
import { type FeedContents, type FeedEntry, htmlOfText, present } from './feed-entry.ts';

type Json = Extract<ReturnType<typeof parseFeed<string>>, { format: 'json' }>['feed'];
type Item = NonNullable<Json['items']>[number];

const entryOf = (item: Item): FeedEntry => {
  const { authors = [], tags = [], attachments = [] } = item;
  return {
    id: item.id,
    link: item.url,
    title: item.title,
    published: item.date_published,
    updated: item.date_modified,
    authors: present(...authors.map(({ name }) => name)),
    topics: present(...tags),
    content:
      item.content_html ?? (item.content_text === undefined ? undefined : htmlOfText(item.content_text)),
    summary: item.summary === undefined ? undefined : htmlOfText(item.summary),
    image: item.image ?? item.banner_image,
    language: item.language,
    enclosures: present(...attachments.map(({ url }) => url)),
    base: undefined,
  };
};

/** The items of a JSON feed (https://www.jsonfeed.org/version/1.1/). Who names no author has the feed's. */
export const jsonEntries = (feed: Json): FeedContents => {
  const common = present(...(feed.authors ?? []).map(({ name }) => name));
  const entries = (feed.items ?? []).map(entryOf);
  return {
    site: feed.home_page_url ?? feed.feed_url,
    language: feed.language,
    entries: entries.map((entry) => (entry.authors.length > 0 ? entry : { ...entry, authors: common })),
  };
};
