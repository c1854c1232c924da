import type { parseFeed } from 'feedsmith';
import { type FeedContents, type FeedEntry, selectPresent, textToHtml } from './feed-entry.ts';

type JsonFeed = Extract<ReturnType<typeof parseFeed<string>>, { format: 'json' }>['feed'];
type JsonFeedItem = NonNullable<JsonFeed['items']>[number];

const convertJsonItem = (item: JsonFeedItem): FeedEntry => {
  const { authors = [], tags = [], attachments = [] } = item;
  return {
    id: item.id,
    link: item.url,
    title: item.title,
    published: item.date_published,
    updated: item.date_modified,
    authors: selectPresent(...authors.map(({ name }) => name)),
    topics: selectPresent(...tags),
    content: item.content_html ?? (item.content_text === undefined ? undefined : textToHtml(item.content_text)),
    summary: item.summary === undefined ? undefined : textToHtml(item.summary),
    image: item.image ?? item.banner_image,
    language: item.language,
    enclosures: selectPresent(...attachments.map(({ url }) => url)),
    base: undefined,
  };
};

/** The items of a JSON feed (https://www.jsonfeed.org/version/1.1/). */
export const convertJsonFeed = (feed: JsonFeed): FeedContents => ({
  site: feed.home_page_url ?? feed.feed_url,
  language: feed.language,
  authors: selectPresent(...(feed.authors ?? []).map(({ name }) => name)),
  entries: (feed.items ?? []).map(convertJsonItem),
});
