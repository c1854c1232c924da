import { addedNamespaces, completeXml, feedLinks, imageElements } from './complete-xml.ts';
import { authorsOf, draftFeed, foreignLanguage } from './draft-feed.ts';
import type { FeedInput } from './feed-input.ts';
import { guard, guardId } from './guard.ts';
import { element, startTag } from './xml.ts';

/** Gives a feed as Atom (RFC 4287), with tombstones (RFC 6721) for what was withdrawn. */
export const buildAtom = (input: FeedInput): string => {
  const draft = draftFeed(input, {
    format: 'atom',
    write: guard,
    item: (entry) => ({
      id: guardId(entry.id),
      author: authorsOf(entry, input).map(({ name, url }) => ({
        name: guard(name),
        ...(url && { link: guard(url) }),
      })),
      contributor: entry.editors.map((name) => ({ name: guard(name) })),
    }),
  });
  return completeXml(typed(draft.atom1(), input), {
    root: {
      xmlns: 'http://www.w3.org/2005/Atom',
      ...(input.withdrawn.length > 0 && { 'xmlns:at': 'http://purl.org/atompub/tombstones/1.0' }),
      ...addedNamespaces,
      'xml:lang': input.publication.language,
    },
    links: feedLinks(input, 'atom', 'link'),
    entries: input.entries.map(imageElements),
    tail: input.withdrawn.map(({ id, when }) => element('at:deleted-entry', { ref: id, when })),
  });
};

/** Says of links what they lead to, of titles and summaries that they are text, of entries their language. */
const typed = (guarded: string, input: FeedInput): string => {
  let entry = 0;
  const nextLanguage = () => {
    const next = input.entries[entry++];
    return next && foreignLanguage(next, input);
  };
  return guarded
    .replace('<link rel="alternate"', '<link rel="alternate" type="text/html"')
    .replace('<link rel="self"', '<link rel="self" type="application/atom+xml"')
    .replaceAll('<link href', '<link rel="alternate" type="text/html" href')
    .replaceAll('<title type="html">', '<title type="text">')
    .replaceAll('<summary type="html">', '<summary type="text">')
    .replaceAll('<entry>', () => startTag('entry', { 'xml:lang': nextLanguage() }));
};
