import { collapseWhitespace } from '../../text/collapse-whitespace.ts';
import {
  createAncestorTest,
  type Element,
  findElement,
  findElements,
  formatElementNames,
  getAttribute,
  getShortTextLine,
  getTextLine,
  type ParentNode,
} from '../body/tree.ts';
import { isWholePage } from './find-dates.ts';
import type { DeclaredTitle } from './find-page-headline.ts';
import type { JsonLdArticle } from './json-ld.ts';
import { findTagValue, type MetaTags } from './meta-tags.ts';
import { parseLineFeatures } from './page-features.ts';
import { compareWords, splitWords } from './split-words.ts';

/** Longer titles are lists of words for search engines, or a paragraph in the wrong place. */
const maxTitleLength = 300;

/** With the names of the site and of its sections. */
const maxSourceTitleLength = 1_000;

const separators = /\s+[|–—·•»«:-]{1,2}\s+|\s*\|\s*|\s+\/\s+/g;

export const normalizeSiteName = (name: string): string => name.toLowerCase().replace(/^www\.|[^\p{L}\p{N}]/gu, '');

/** `siteNames` are normalized. */
const isSiteName = (part: string, siteNames: readonly string[]): boolean => {
  const name = normalizeSiteName(part);
  const isLike = (site: string): boolean =>
    site === name ||
    (name.length > 4 && site.includes(name)) ||
    (site.length > 4 && name.includes(site) && splitWords(part).length < 6);
  return name.length > 2 && siteNames.some(isLike);
};

/** `Harbour news | The Gazette` without ` | The Gazette`, where that is one of the site's names. */
const removeSiteName = (title: string, siteNames: readonly string[]): string => {
  const found = [...title.matchAll(separators)];
  const [first, last] = [found[0], found.at(-1)];
  if (!first || !last) return title;
  const tail = title.slice(last.index + last[0].length).trim();
  if (isSiteName(tail, siteNames)) return removeSiteName(title.slice(0, last.index).trim(), siteNames);
  const front = title.slice(0, first.index).trim();
  const rest = title.slice(first.index + first[0].length).trim();
  return isSiteName(front, siteNames) && rest ? removeSiteName(rest, siteNames) : title;
};

/** Removes what follows the last separator of a long title, whatever it names. */
const removeShortTail = (title: string): string => {
  const cut = /^(.{15,}?)\s+[|–—»-]{1,2}\s+[^|–—»]{2,40}$/.exec(title)?.[1];
  return cut && splitWords(cut).length >= 4 ? cut.trim() : title;
};

const siteChromeName = /\b(?:logo|site-?title|site-?name|branding|modal|cookie)\b/;

const isSiteChrome = (element: Element): boolean =>
  /^(?:nav|footer|aside)$/.test(element.tagName) ||
  (!isWholePage(element) && siteChromeName.test(formatElementNames(element).toLowerCase()));

/** A heading that is a link to the front page is the site's name; with an address or without one. */
const isHomeLink = (element: Element): boolean =>
  element.tagName === 'a' && /^(?:(?:https?:)?\/\/[^/?#]+\/?|\/)$/i.test(getAttribute(element, 'href')?.trim() ?? '');

const leadsHome = (heading: Element): boolean => {
  const link = findElement(heading, isHomeLink);
  return link !== undefined && getShortTextLine(link) === getShortTextLine(heading);
};

const isControl = (heading: string): boolean => {
  const { label, opening, ending } = parseLineFeatures(heading);
  return label || opening || ending;
};

export const findSiteNames = (
  tags: MetaTags,
  linked: JsonLdArticle | undefined,
  hostname: string | undefined,
): string[] => {
  const host = hostname?.replace(/^www\./, '');
  const names = [
    findTagValue(tags, 'og:site_name'),
    findTagValue(tags, 'application-name'),
    linked?.publisher,
    findTagValue(tags, 'twitter:site'),
    host,
    host?.split('.')[0],
  ];
  return names
    .flatMap((name) => (name && name.length < maxTitleLength ? normalizeSiteName(name) : []))
    .filter((name) => name.length > 2);
};

const findHeadings = (document: ParentNode): string[] => {
  const isInSiteChrome = createAncestorTest(isSiteChrome);
  return findElements(
    document,
    (element) => element.tagName === 'h1' && !isInSiteChrome(element) && !leadsHome(element),
  )
    .flatMap((heading) => getShortTextLine(heading) ?? [])
    .filter((heading) => heading !== '' && heading.length < maxTitleLength && !isControl(heading));
};

const selectMostLike = (headings: readonly string[], titles: readonly string[]) => {
  let best: { readonly heading: string; readonly likeness: number } | undefined;
  for (const heading of headings) {
    const likeness = Math.max(0, ...titles.map((title) => compareWords(heading, title)));
    if (!best || likeness > best.likeness) best = { heading, likeness };
  }
  return best;
};

/**
 * The headline without the site's name: the `<h1>` (of several, the one most like the page's other titles), else the
 * metadata's title, else `<title>`.
 */
export const findTitle = (
  document: ParentNode,
  tags: MetaTags,
  linked: JsonLdArticle | undefined,
  siteNames: readonly string[],
): DeclaredTitle => {
  const titleElement = findElement(document, ({ tagName }) => tagName === 'title');
  const articleTitles = [
    linked?.headline,
    findTagValue(tags, 'og:title', 'twitter:title', 'dc.title', 'citation_title', 'parsely-title', 'sailthru.title'),
  ];
  const declared = [...articleTitles, titleElement && getTextLine(titleElement)]
    .flatMap((title) => collapseWhitespace(title ?? ''))
    .filter((title) => title.length < maxSourceTitleLength)
    .map((title) => removeSiteName(title, siteNames))
    .filter((title) => title !== '' && title.length < maxTitleLength);
  const best = selectMostLike(findHeadings(document), declared);
  if (best && (declared.length === 0 || best.likeness >= 0.4))
    return { title: removeSiteName(best.heading, siteNames), isCertain: true };
  const isCertain = articleTitles.some((title) => title !== undefined);
  return { title: declared[0] !== undefined ? removeShortTail(declared[0]) : (best?.heading ?? ''), isCertain };
};
