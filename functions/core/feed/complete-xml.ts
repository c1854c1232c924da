import type { FullEntry } from '../entry.ts';
import { toSiteUrl } from '../site-paths.ts';
import { selectHubs } from './build-feed.ts';
import type { FeedInput } from './feed-input.ts';
import { guardMarkup, release } from './guard.ts';
import { buildElement, buildStartTag, buildTextElement } from './xml.ts';

/** Elements to add to what the `feed` package wrote. */
interface Additions {
  /** Attributes of the root element, in place of the package's. */
  readonly root: Readonly<Record<string, string>>;
  /** Of the feed, after its own links: simple readers take the first link for the feed's page. */
  readonly links: readonly string[];
  /** Of the entries: one list for each, in the feed's order. */
  readonly entries: readonly (readonly string[])[];
  /** Of the feed, after its entries. */
  readonly tail?: readonly string[];
}

/**
 * Adds to an RSS or Atom document that the `feed` package wrote of guarded values, self link included, and releases it.
 * The package puts every element on a line of its own and indents by four.
 */
export const completeXml = (guarded: string, { root, links, entries, tail = [] }: Additions): string => {
  const lines = (elements: readonly string[], indent: string) =>
    elements.map((each) => `\n${indent}${guardMarkup(each)}`).join('');
  let next = 0;
  return release(
    guarded
      .replace(/<(rss|feed) [^>]*>/, (_, name: string) => guardMarkup(buildStartTag(name, root)))
      .replace(
        /\n( *)<(?:atom:)?link [^>]*rel="self"[^>]*>/,
        (found, indent: string) => found + lines(links, indent),
      )
      .replace(
        /\n( *)<\/(?:item|entry)>/g,
        (found, indent: string) => lines(entries[next++] ?? [], `${indent}    `) + found,
      )
      .replace(/\n( *)<\/(?:channel|feed)>/, (found, indent: string) => lines(tail, `${indent}    `) + found),
  );
};

/** Namespaces of what is added to both formats. */
export const extensionNamespaces = {
  'xmlns:fh': 'http://purl.org/syndication/history/1.0',
  'xmlns:media': 'http://search.yahoo.com/mrss/',
} as const;

/** The feed's hubs (WebSub) and its place among archives (RFC 5005), in elements named `tag`. */
export const buildFeedLinks = (input: FeedInput, format: 'rss' | 'atom', tag: string): string[] => {
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
        ? [
            buildElement(tag, {
              rel,
              type: `application/${format}+xml`,
              href: toSiteUrl(site, paths[format]),
            }),
          ]
        : [],
    ),
    ...(history?.isArchive ? [buildElement('fh:archive', {})] : []),
  ];
};

/** An entry's image as Media RSS: an enclosure would need its length in bytes, which is not known. */
export const buildImageElements = ({ image }: FullEntry): string[] =>
  image
    ? [
        buildElement(
          'media:content',
          { url: image.url, medium: 'image' },
          image.alt && buildTextElement('media:description', image.alt),
        ),
      ]
    : [];
