import { formatSummary } from '../ai-notice.ts';
import { escapeText } from '../text/escape-markup.ts';
import { buildElement, listElements, printXmlDocument } from '../text/xml.ts';
import { buildFeed, findForeignLanguage, selectFeedAuthors } from './build-feed.ts';
import { buildRssFiles } from './build-files.ts';
import { buildFeedLinks, buildImageElements, completeFeed, extensionNamespaces, feedLayout } from './complete-feed.ts';
import { draftXml } from './draft-xml.ts';
import type { FeedInput } from './feed-input.ts';

const rootAttributes = {
  version: '2.0',
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  ...extensionNamespaces,
};

/** Gives a feed as RSS 2.0 in the manner of the RSS Advisory Board's profile. */
export const buildRss = (input: FeedInput): string => {
  const draft = draftXml((refer) =>
    buildFeed(input, {
      format: 'rss',
      write: refer,
      // Readers take an item's description for HTML, and its title for text.
      item: (entry) => ({ description: refer(escapeText(formatSummary(entry, input.publication))) }),
    }).rss2(),
  );
  const [channel = draft] = listElements(draft);
  const completed = completeFeed(channel, input, {
    links: buildFeedLinks(input, 'rss', 'atom:link'),
    completeEntry: (item, entry) => {
      const language = findForeignLanguage(entry, input);
      return buildElement('item', {}, [
        ...item.children,
        // RSS's own author must be an e-mail address.
        ...selectFeedAuthors(entry, input).map(({ name }) => buildElement('dc:creator', {}, [name])),
        ...entry.editors.map((name) => buildElement('dc:contributor', {}, [name])),
        ...(language ? [buildElement('dc:language', {}, [language])] : []),
        ...buildRssFiles(entry, input.site),
        ...buildImageElements(entry),
      ]);
    },
  });
  return printXmlDocument(buildElement('rss', rootAttributes, [completed]), feedLayout);
};
