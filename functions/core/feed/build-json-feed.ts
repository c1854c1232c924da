import { sitePaths, toSiteUrl } from '../site-paths.ts';
import { findImageCopy } from '../site-pictures.ts';
import { buildFeed, findForeignLanguage, selectFeedAuthors, selectHubs } from './build-feed.ts';
import { buildJsonAttachments } from './build-files.ts';
import type { FeedInput } from './feed-input.ts';

/** The parts of the `feed` package's output that are replaced: it writes version 1, with a single author. */
interface JsonFeedV1 {
  readonly version: string;
  readonly author?: object;
  readonly items: readonly object[];
}

export const buildJsonFeed = (input: FeedInput): string => {
  const { entries, publication, site, history } = input;
  const feed = buildFeed(input, {
    format: 'json',
    write: (value) => value,
    item: (entry) => {
      const copy = findImageCopy(entry.image, entry);
      return copy ? { image: copy.url } : {};
    },
  });
  const draft: JsonFeedV1 = JSON.parse(feed.json1());
  const { version: _1, author: _2, items, ...head } = draft;
  const hubs = selectHubs(input).map((url) => ({ type: 'WebSub', url }));
  const completed = {
    version: 'https://jsonfeed.org/version/1.1',
    ...head,
    ...(history?.previous && { next_url: toSiteUrl(site, history.previous.json) }),
    favicon: toSiteUrl(site, sitePaths.rssImage),
    language: publication.language,
    authors: [publication.author],
    ...(hubs.length > 0 && { hubs }),
    items: items.map((item, index) => {
      const entry = entries[index];
      if (!entry) return item;
      const attachments = buildJsonAttachments(entry, site);
      return {
        ...item,
        authors: selectFeedAuthors(entry, input),
        language: findForeignLanguage(entry, input),
        ...(attachments.length > 0 && { attachments }),
      };
    }),
  };
  return `${JSON.stringify(completed, null, 2)}\n`;
};
