import type { ToldTitle } from './find-headline.ts';
import type { LinkedArticle } from './json-ld.ts';
import { type MetaTags, tagValue } from './meta-tags.ts';
import { signsOf } from './scene.ts';
import {
  type Element,
  findElement,
  findElements,
  lineOf,
  namesOf,
  type Parent,
  parentElement,
} from './tree.ts';
import { sharedWords, wordsOf } from './words.ts';

/** What is longer is a list of words for search engines, or a paragraph in the wrong place. */
const longestTitle = 300;

const separators = /\s+[|–—·•»«:-]{1,2}\s+|\s*\|\s*|\s+\/\s+/;

const asSite = (name: string): string => name.toLowerCase().replace(/^www\.|[^\p{L}\p{N}]/gu, '');

/** `Harbour news | The Gazette` without ` | The Gazette`: by the site's own names, else the short tail of a longer title. */
const withoutSiteName = (title: string, siteNames: readonly string[]): string => {
  const sites = siteNames.map(asSite).filter((name) => name.length > 2);
  const isSite = (part: string): boolean => {
    const bare = asSite(part);
    return (
      bare.length > 2 &&
      sites.some(
        (site) =>
          site === bare ||
          (bare.length > 4 && site.includes(bare)) ||
          (site.length > 4 && bare.includes(site) && wordsOf(part).length < 6),
      )
    );
  };
  const found = [...title.matchAll(new RegExp(separators, 'g'))];
  const [first, last] = [found[0], found.at(-1)];
  if (!first || !last) return title;
  const head = title.slice(0, last.index).trim();
  const tail = title.slice(last.index + last[0].length).trim();
  if (isSite(tail)) return withoutSiteName(head, siteNames);
  const front = title.slice(0, first.index).trim();
  const rest = title.slice(first.index + first[0].length).trim();
  if (isSite(front) && rest) return withoutSiteName(rest, siteNames);
  return title;
};

const withoutTail = (title: string): string => {
  const cut = /^(.{15,}?)\s+[|–—»-]{1,2}\s+[^|–—»]{2,40}$/.exec(title)?.[1];
  return cut && wordsOf(cut).length >= 4 ? cut.trim() : title;
};

const isSiteChrome = (heading: Element): boolean => {
  for (let at: Element | undefined = heading; at; at = parentElement(at)) {
    if (/^(?:nav|footer|aside)$/.test(at.tagName)) return true;
    if (/\b(?:logo|site-?title|site-?name|masthead|branding|modal|cookie)\b/.test(namesOf(at).toLowerCase()))
      return true;
  }
  return false;
};

const isControl = (heading: string): boolean => {
  const { label, opening, ending } = signsOf(heading);
  return label || opening || ending;
};

/** The names that the page gives its site: Open Graph, application name, publisher, host of its own address. */
export const siteNamesOf = (
  tags: MetaTags,
  linked: LinkedArticle | undefined,
  address: string | undefined,
): string[] => {
  const host = address && URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, '') : undefined;
  const names = [
    tagValue(tags, 'og:site_name'),
    tagValue(tags, 'application-name'),
    linked?.publisher,
    tagValue(tags, 'twitter:site'),
    host,
    host?.split('.')[0],
  ];
  return names.filter((name) => name !== undefined);
};

/**
 * The headline: the `<h1>` (of several, the one that the page's other titles repeat), else the metadata's title,
 * else `<title>`, without the site's name.
 */
export const readTitle = (
  document: Parent,
  tags: MetaTags,
  linked: LinkedArticle | undefined,
  siteNames: readonly string[],
): ToldTitle => {
  const titleElement = findElement(document, ({ tagName }) => tagName === 'title');
  const own = [
    linked?.headline,
    tagValue(
      tags,
      'og:title',
      'twitter:title',
      'dc.title',
      'citation_title',
      'parsely-title',
      'sailthru.title',
    ),
  ];
  const told = [...own, titleElement && lineOf(titleElement)]
    .filter((title) => title !== undefined)
    .map((title) => withoutSiteName(title.replace(/\s+/g, ' ').trim(), siteNames))
    .filter((title) => title !== '' && title.length < longestTitle);
  const headings = findElements(document, (element) => element.tagName === 'h1' && !isSiteChrome(element))
    .map(lineOf)
    .filter((heading) => heading !== '' && heading.length < longestTitle && !isControl(heading));
  const likeness = (heading: string): number =>
    Math.max(0, ...told.map((title) => sharedWords(heading, title)));
  const best = headings.reduce<string | undefined>(
    (chosen, heading) => (chosen === undefined || likeness(heading) > likeness(chosen) ? heading : chosen),
    undefined,
  );
  if (best !== undefined && (told.length === 0 || likeness(best) >= 0.4)) {
    return { title: withoutSiteName(best, siteNames), isCertain: true };
  }
  const isCertain = own.some((title) => title !== undefined);
  return { title: told[0] !== undefined ? withoutTail(told[0]) : (best ?? ''), isCertain };
};
