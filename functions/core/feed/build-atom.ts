import { buildElement, listElements, printXmlDocument, type XmlElement } from '../text/xml.ts';
import { buildFeed, findForeignLanguage, selectFeedAuthors } from './build-feed.ts';
import { buildAtomFiles } from './build-files.ts';
import { buildFeedLinks, buildImageElements, completeFeed, extensionNamespaces, feedLayout } from './complete-feed.ts';
import { draftXml } from './draft-xml.ts';
import type { FeedInput } from './feed-input.ts';

/** Gives a feed as Atom (RFC 4287), with tombstones (RFC 6721) for what was withdrawn. */
export const buildAtom = (input: FeedInput): string => {
  const draft = draftXml((refer) =>
    buildFeed(input, {
      format: 'atom',
      write: refer,
      item: (entry) => ({
        author: selectFeedAuthors(entry, input).map(({ name, url }) => ({
          name: refer(name),
          ...(url && { link: url }),
        })),
        contributor: entry.editors.map((name) => ({ name: refer(name) })),
      }),
    }).atom1(),
  );
  const feed = completeFeed(setTypes(draft), input, {
    links: buildFeedLinks(input, 'atom', 'link'),
    completeEntry: (element, entry) =>
      buildElement('entry', { 'xml:lang': findForeignLanguage(entry, input) }, [
        ...element.children,
        ...buildAtomFiles(entry, input.site),
        ...buildImageElements(entry),
      ]),
  });
  const attributes = {
    xmlns: 'http://www.w3.org/2005/Atom',
    ...(input.withdrawn.length > 0 && { 'xmlns:at': 'http://purl.org/atompub/tombstones/1.0' }),
    ...extensionNamespaces,
    'xml:lang': input.publication.language,
  };
  const tombstones = input.withdrawn.map(({ id, withdrawnAt }) =>
    buildElement('at:deleted-entry', { ref: id, when: withdrawnAt }),
  );
  const children = [...listElements(feed), ...tombstones];
  return printXmlDocument(buildElement('feed', attributes, children), feedLayout);
};

/** Gives links the type of what they lead to; titles and summaries are text, though the package calls them HTML. */
const setTypes = ({ name, attributes, children }: XmlElement): XmlElement => {
  const { rel = 'alternate', type, href } = attributes;
  if (name === 'link') {
    return buildElement(name, { rel, type: rel === 'self' ? 'application/atom+xml' : 'text/html', href });
  }
  const isMarkedHtml = type === 'html' && name !== 'content';
  return buildElement(
    name,
    isMarkedHtml ? { type: 'text' } : attributes,
    children.map((child) => (typeof child === 'string' ? child : setTypes(child))),
  );
};
