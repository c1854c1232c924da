import { collapseWhitespace } from '../../text/collapse-whitespace.ts';
import {
  type Element,
  findElement,
  findElements,
  formatElementNames,
  getParentElement,
  getTextLine,
  type ParentNode,
} from '../body/tree.ts';
import type { DeclaredTitle } from './find-page-headline.ts';
import type { JsonLdArticle } from './json-ld.ts';
import { findTagValue, type MetaTags } from './meta-tags.ts';
import { parseLineFeatures } from './page-features.ts';
import { compareWords, splitWords } from './split-words.ts';

/** What is longer is a list of words for search engines, or a paragraph in the wrong place. */
const maxTitleLength = 300;

const separators = /\s+[|–—·•»«:-]{1,2}\s+|\s*\|\s*|\s+\/\s+/;

const normalizeSiteName = (name: string): string => name.toLowerCase().replace(/^www\.|[^\p{L}\p{N}]/gu, '');

/** `Harbour news | The Gazette` without ` | The Gazette`: by the site's own names, else the short tail of a longer title. */
const removeSiteName = (title: string, siteNames: readonly string[]): string => {
  const sites = siteNames.map(normalizeSiteName).filter((name) => name.length > 2);
  const isSite = (part: string): boolean => {
    const bare = normalizeSiteName(part);
    return (
      bare.length > 2 &&
      sites.some(
        (site) =>
          site === bare ||
          (bare.length > 4 && site.includes(bare)) ||
          (site.length > 4 && bare.includes(site) && splitWords(part).length < 6),
      )
    );
  };
  const found = [...title.matchAll(new RegExp(separators, 'g'))];
  const [first, last] = [found[0], found.at(-1)];
  if (!first || !last) return title;
  const head = title.slice(0, last.index).trim();
  const tail = title.slice(last.index + last[0].length).trim();
  if (isSite(tail)) return removeSiteName(head, siteNames);
  const front = title.slice(0, first.index).trim();
  const rest = title.slice(first.index + first[0].length).trim();
  if (isSite(front) && rest) return removeSiteName(rest, siteNames);
  return title;
};

const removeShortTail = (title: string): string => {
  const cut = /^(.{15,}?)\s+[|–—»-]{1,2}\s+[^|–—»]{2,40}$/.exec(title)?.[1];
  return cut && splitWords(cut).length >= 4 ? cut.trim() : title;
};

const isSiteChrome = (heading: Element): boolean => {
  for (let at: Element | undefined = heading; at; at = getParentElement(at)) {
    if (/^(?:nav|footer|aside)$/.test(at.tagName)) return true;
    if (/\b(?:logo|site-?title|site-?name|masthead|branding|modal|cookie)\b/.test(formatElementNames(at).toLowerCase()))
      return true;
  }
  return false;
};

const isControl = (heading: string): boolean => {
  const { label, opening, ending } = parseLineFeatures(heading);
  return label || opening || ending;
};

/** The names that the page gives its site: Open Graph, application name, publisher, host of its own address. */
export const findSiteNames = (
  tags: MetaTags,
  linked: JsonLdArticle | undefined,
  address: string | undefined,
): string[] => {
  const host = address && URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, '') : undefined;
  const names = [
    findTagValue(tags, 'og:site_name'),
    findTagValue(tags, 'application-name'),
    linked?.publisher,
    findTagValue(tags, 'twitter:site'),
    host,
    host?.split('.')[0],
  ];
  return names.filter((name) => name !== undefined);
};

/**
 * The headline: the `<h1>` (of several, the one that the page's other titles repeat), else the metadata's title,
 * else `<title>`, without the site's name.
 */
export const findTitle = (
  document: ParentNode,
  tags: MetaTags,
  linked: JsonLdArticle | undefined,
  siteNames: readonly string[],
): DeclaredTitle => {
  const titleElement = findElement(document, ({ tagName }) => tagName === 'title');
  const own = [
    linked?.headline,
    findTagValue(tags, 'og:title', 'twitter:title', 'dc.title', 'citation_title', 'parsely-title', 'sailthru.title'),
  ];
  const declared = [...own, titleElement && getTextLine(titleElement)]
    .filter((title) => title !== undefined)
    .map((title) => removeSiteName(collapseWhitespace(title), siteNames))
    .filter((title) => title !== '' && title.length < maxTitleLength);
  const headings = findElements(document, (element) => element.tagName === 'h1' && !isSiteChrome(element))
    .map(getTextLine)
    .filter((heading) => heading !== '' && heading.length < maxTitleLength && !isControl(heading));
  const likeness = (heading: string): number => Math.max(0, ...declared.map((title) => compareWords(heading, title)));
  const best = headings.reduce<string | undefined>(
    (chosen, heading) => (chosen === undefined || likeness(heading) > likeness(chosen) ? heading : chosen),
    undefined,
  );
  if (best !== undefined && (declared.length === 0 || likeness(best) >= 0.4)) {
    return { title: removeSiteName(best, siteNames), isCertain: true };
  }
  const isCertain = own.some((title) => title !== undefined);
  return { title: declared[0] !== undefined ? removeShortTail(declared[0]) : (best ?? ''), isCertain };
};
