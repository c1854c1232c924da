import { buildFeed, findForeignLanguage, selectFeedAuthors } from './build-feed.ts';
import { buildFeedLinks, buildImageElements, completeXml, extensionNamespaces } from './complete-xml.ts';
import type { FeedInput } from './feed-input.ts';
import { guard } from './guard.ts';
import { buildTextElement, escapeText } from './xml.ts';

const root = {
  version: '2.0',
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  ...extensionNamespaces,
};

/** Gives a feed as RSS 2.0 in the manner of the RSS Advisory Board's profile. */
export const buildRss = (input: FeedInput): string => {
  const draft = buildFeed(input, {
    format: 'rss',
    write: guard,
    // Readers take an item's description for HTML, and its title for text.
    item: (entry) => ({ description: guard(escapeText(entry.summary)) }),
  });
  return completeXml(draft.rss2(), {
    root,
    links: buildFeedLinks(input, 'rss', 'atom:link'),
    entries: input.entries.map((entry) => {
      const language = findForeignLanguage(entry, input);
      return [
        // RSS's own author must be an e-mail address.
        ...selectFeedAuthors(entry, input).map(({ name }) => buildTextElement('dc:creator', name)),
        ...entry.editors.map((name) => buildTextElement('dc:contributor', name)),
        ...(language ? [buildTextElement('dc:language', language)] : []),
        ...buildImageElements(entry),
      ];
    }),
  });
};
