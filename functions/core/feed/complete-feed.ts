import type { FullEntry } from '../entry.ts';
import { findPictureTexts } from '../picture-captions.ts';
import { toSiteUrl } from '../site-paths.ts';
import { findImageCopy } from '../site-pictures.ts';
import { buildElement, listElements, type XmlElement } from '../text/xml.ts';
import { selectHubs } from './build-feed.ts';
import type { FeedInput } from './feed-input.ts';

export const extensionNamespaces = {
  'xmlns:fh': 'http://purl.org/syndication/history/1.0',
  'xmlns:media': 'http://search.yahoo.com/mrss/',
} as const;

export const feedLayout = { indent: 4, oneLine: ['media:content'], cdata: ['content', 'content:encoded'] } as const;

interface FeedAdditions {
  /** Placed after the feed's own links: simple readers take the first link for the feed's page. */
  readonly links: readonly XmlElement[];
  readonly completeEntry: (element: XmlElement, entry: FullEntry) => XmlElement;
}

/** Adds what the `feed` package cannot express to a feed's element, in RSS or in Atom. */
export const completeFeed = (
  feed: XmlElement,
  { entries }: FeedInput,
  { links, completeEntry }: FeedAdditions,
): XmlElement => {
  const isEntry = ({ name }: XmlElement): boolean => name === 'item' || name === 'entry';
  const children = listElements(feed);
  return {
    ...feed,
    children: [
      ...children
        .filter((child) => !isEntry(child))
        .flatMap((child) => (child.attributes.rel === 'self' ? [child, ...links] : [child])),
      ...children.filter(isEntry).map((child, index) => {
        const entry = entries[index];
        return entry ? completeEntry(child, entry) : child;
      }),
    ],
  };
};

export const buildFeedLinks = (input: FeedInput, format: 'rss' | 'atom', tag: string): XmlElement[] => {
  const { site, history } = input;
  const related = [
    ['current', history?.current],
    ['prev-archive', history?.previous],
    ['next-archive', history?.next],
  ] as const;
  return [
    ...selectHubs(input).map((hub) => buildElement(tag, { rel: 'hub', href: hub })),
    ...related.flatMap(([rel, paths]) =>
      paths
        ? [buildElement(tag, { rel, type: `application/${format}+xml`, href: toSiteUrl(site, paths[format]) })]
        : [],
    ),
    ...(history?.isArchive ? [buildElement('fh:archive')] : []),
  ];
};

/** An entry's image as Media RSS: an enclosure would need its length in bytes, which is not known. */
export const buildImageElements = (entry: FullEntry): XmlElement[] => {
  const { image } = entry;
  const copy = findImageCopy(image, entry);
  if (!image || !copy) return [];
  const { url, width, height } = copy;
  const { caption, credit, copyright } = findPictureTexts(image.url, entry);
  return [
    buildElement(
      'media:content',
      { url, medium: 'image', ...(width && height && { width: String(width), height: String(height) }) },
      [
        ...(caption || image.alt ? [buildElement('media:description', {}, [caption || image.alt])] : []),
        ...(credit ? [buildElement('media:credit', {}, [credit])] : []),
        ...(copyright ? [buildElement('media:copyright', {}, [copyright])] : []),
      ],
    ),
  ];
};
