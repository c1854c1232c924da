import { buildFeed, findForeignLanguage, selectFeedAuthors } from './build-feed.ts';
import { buildFeedLinks, buildImageElements, completeXml, extensionNamespaces } from './complete-xml.ts';
import type { FeedInput } from './feed-input.ts';
import { guard, guardId } from './guard.ts';
import { buildElement, buildStartTag } from './xml.ts';

/** Gives a feed as Atom (RFC 4287), with tombstones (RFC 6721) for what was withdrawn. */
export const buildAtom = (input: FeedInput): string => {
  const draft = buildFeed(input, {
    format: 'atom',
    write: guard,
    item: (entry) => ({
      id: guardId(entry.id),
      author: selectFeedAuthors(entry, input).map(({ name, url }) => ({
        name: guard(name),
        ...(url && { link: guard(url) }),
      })),
      contributor: entry.editors.map((name) => ({ name: guard(name) })),
    }),
  });
  return completeXml(addAtomAttributes(draft.atom1(), input), {
    root: {
      xmlns: 'http://www.w3.org/2005/Atom',
      ...(input.withdrawn.length > 0 && { 'xmlns:at': 'http://purl.org/atompub/tombstones/1.0' }),
      ...extensionNamespaces,
      'xml:lang': input.publication.language,
    },
    links: buildFeedLinks(input, 'atom', 'link'),
    entries: input.entries.map(buildImageElements),
    tail: input.withdrawn.map(({ id, withdrawnAt: when }) =>
      buildElement('at:deleted-entry', { ref: id, when }),
    ),
  });
};

/** Says of links what they lead to, of titles and summaries that they are text, of entries their language. */
const addAtomAttributes = (guarded: string, input: FeedInput): string => {
  let entry = 0;
  const nextLanguage = () => {
    const next = input.entries[entry++];
    return next && findForeignLanguage(next, input);
  };
  return guarded
    .replace('<link rel="alternate"', '<link rel="alternate" type="text/html"')
    .replace('<link rel="self"', '<link rel="self" type="application/atom+xml"')
    .replaceAll('<link href', '<link rel="alternate" type="text/html" href')
    .replaceAll('<title type="html">', '<title type="text">')
    .replaceAll('<summary type="html">', '<summary type="text">')
    .replaceAll('<entry>', () => buildStartTag('entry', { 'xml:lang': nextLanguage() }));
};
