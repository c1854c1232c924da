import { createRequire } from 'node:module';
import { extractFromJson } from '@extractus/feed-extractor';
import { parseFeed } from '@rowanmanning/feed-parser';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import RssParser from 'rss-parser';
import { z } from 'zod';

// The package's types promise a default export; its module is the class.
const FeedMe: typeof import('feedme').default = createRequire(import.meta.url)('feedme');

/** What a reader sees of an entry; only what a parser has is looked at. */
export interface ParsedEntry {
  readonly id?: unknown;
  readonly title?: unknown;
  readonly link?: unknown;
  readonly html?: unknown;
  readonly summary?: unknown;
  readonly published?: unknown;
  readonly topics?: unknown;
  readonly authors?: unknown;
}

interface FeedReader {
  readonly parse: (document: string) => ParsedEntry[] | Promise<ParsedEntry[]>;
  /** This parser decodes entities in texts and ids once more than the format says. */
  readonly decodesTwice?: boolean;
}

const textSchema = z.union([z.string(), z.object({ text: z.string() }).transform((element) => element.text)]);
const toListSchema = <T extends z.ZodType>(item: T) =>
  z.union([z.array(item), item.transform((one) => [one])]).default([]);

const parseWithFeedMe = (document: string, item: z.ZodType<ParsedEntry>): ParsedEntry[] => {
  const parser = new FeedMe(true);
  parser.on('error', (error) => {
    throw error;
  });
  parser.end(document);
  return z.object({ items: z.array(item).default([]) }).parse(parser.done()).items;
};

const parseWithRssParser = async (document: string): Promise<ParsedEntry[]> => {
  const items = (await new RssParser<object, { id?: string; 'content:encoded'?: string }>().parseString(document))
    .items;
  return items.map((item) => ({
    id: item.guid ?? item.id,
    title: item.title,
    link: item.link,
    html: item['content:encoded'] ?? item.content,
    published: item.isoDate,
  }));
};

const parseWithFeedParser = (document: string): ParsedEntry[] =>
  parseFeed(document).items.map((item) => ({
    id: item.id,
    title: item.title,
    link: item.url,
    published: item.published?.toISOString(),
  }));

export const rssReaders: Record<string, FeedReader> = {
  feedsmith: {
    parse: (document) =>
      (parseRssFeed(document).items ?? []).map((item) => ({
        id: item.guid?.value,
        title: item.title,
        link: item.link,
        html: item.content?.encoded,
        published: item.pubDate && new Date(item.pubDate).toISOString(),
        topics: (item.categories ?? []).map((category) => category.name),
        authors: item.dc?.creators,
      })),
  },
  'rss-parser': { parse: parseWithRssParser },
  'feed-parser': { parse: parseWithFeedParser, decodesTwice: true },
  feedme: {
    parse: (document) =>
      parseWithFeedMe(
        document,
        z
          .object({
            guid: textSchema,
            title: textSchema,
            link: textSchema,
            'content:encoded': textSchema,
            category: toListSchema(textSchema),
            'dc:creator': toListSchema(textSchema),
          })
          .transform((item) => ({
            id: item.guid,
            title: item.title,
            link: item.link,
            html: item['content:encoded'],
            topics: item.category,
            authors: item['dc:creator'],
          })),
      ),
  },
};

const atomLinkSchema = z.object({ href: z.string() });

export const atomReaders: Record<string, FeedReader> = {
  feedsmith: {
    parse: (document) =>
      (parseAtomFeed(document).entries ?? []).map((entry) => ({
        id: entry.id,
        title: entry.title?.value,
        link: entry.links?.[0]?.href,
        html: entry.content?.value,
        summary: entry.summary?.value,
        published: entry.published,
        topics: (entry.categories ?? []).map((category) => category.term),
        authors: entry.authors?.map((author) => author.name),
      })),
  },
  'rss-parser': { parse: parseWithRssParser },
  'feed-parser': { parse: parseWithFeedParser, decodesTwice: true },
  feedme: {
    parse: (document) =>
      parseWithFeedMe(
        document,
        z
          .object({
            id: textSchema,
            title: textSchema,
            link: atomLinkSchema,
            content: textSchema,
            summary: textSchema,
            published: textSchema,
            category: toListSchema(z.object({ term: z.string() })),
            author: toListSchema(z.object({ name: z.string() })),
          })
          .transform((entry) => ({
            id: entry.id,
            title: entry.title,
            link: entry.link.href,
            html: entry.content,
            summary: entry.summary,
            published: entry.published,
            topics: entry.category.map((category) => category.term),
            authors: entry.author.map((author) => author.name),
          })),
      ),
  },
};

export const jsonReaders: Record<string, FeedReader> = {
  feedsmith: {
    parse: (document) =>
      (parseJsonFeed(document).items ?? []).map((item) => ({
        id: item.id,
        title: item.title,
        link: item.url,
        html: item.content_html,
        summary: item.summary,
        published: item.date_published,
        topics: item.tags ?? [],
        authors: item.authors?.map((author) => author.name),
      })),
  },
  'feed-extractor': {
    parse: (document) =>
      (extractFromJson(document).entries ?? []).map(({ id, title, link, published }) => ({
        id,
        title,
        link,
        published,
      })),
  },
  feedme: {
    parse: (document) =>
      parseWithFeedMe(
        document,
        z
          .object({
            id: z.string(),
            title: z.string(),
            url: z.string(),
            content_html: z.string(),
            summary: z.string(),
            date_published: z.string(),
            tags: z.array(z.string()),
            authors: z.array(z.object({ name: z.string() })),
          })
          .transform((item) => ({
            id: item.id,
            title: item.title,
            link: item.url,
            html: item.content_html,
            summary: item.summary,
            published: item.date_published,
            topics: item.tags,
            authors: item.authors.map((author) => author.name),
          })),
      ),
  },
};
