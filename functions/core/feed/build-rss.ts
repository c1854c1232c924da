import { addedNamespaces, completeXml, feedLinks, imageElements } from './complete-xml.ts';
import { authorsOf, draftFeed, foreignLanguage } from './draft-feed.ts';
import type { FeedInput } from './feed-input.ts';
import { guard } from './guard.ts';
import { escapeText, textElement } from './xml.ts';

const root = {
  version: '2.0',
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  ...addedNamespaces,
};

/** Gives a feed as RSS 2.0 in the manner of the RSS Advisory Board's profile. */
export const buildRss = (input: FeedInput): string => {
  const draft = draftFeed(input, {
    format: 'rss',
    write: guard,
    // Readers take an item's description for HTML, and its title for text.
    item: (entry) => ({ description: guard(escapeText(entry.summary)) }),
  });
  return completeXml(draft.rss2(), {
    root,
    links: feedLinks(input, 'rss', 'atom:link'),
    entries: input.entries.map((entry) => {
      const language = foreignLanguage(entry, input);
      return [
        // RSS's own author must be an e-mail address.
        ...authorsOf(entry, input).map(({ name }) => textElement('dc:creator', name)),
        ...entry.editors.map((name) => textElement('dc:contributor', name)),
        ...(language ? [textElement('dc:language', language)] : []),
        ...imageElements(entry),
      ];
    }),
  });
};
