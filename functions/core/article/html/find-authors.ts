import { cleanLine } from '../../text/clean-text.ts';
import { collapseWhitespace } from '../../text/collapse-whitespace.ts';
import {
  createAncestorTest,
  type Element,
  findElements,
  formatElementNames,
  getAttribute,
  getShortTextLine,
  type ParentNode,
} from '../body/tree.ts';
import { isAside } from './find-dates.ts';
import type { JsonLdArticle } from './json-ld.ts';
import { findTagValues, type MetaTags } from './meta-tags.ts';
import { splitWords } from './split-words.ts';

const maxAuthors = 12;
const maxCredits = 1_000;
/** Twelve names with all that may stand between them. */
const maxCreditLength = 2_000;

const creditPrefix =
  /^(?:(?:written|posted|published|reported|authored|story|text|words|article|reviewed|created|report|updated)\s+by|by|from|author(?:s|\(s\))?|von|par|por|di|door)(?:\s*:\s*|\s+(?=\S))/i;
const nonNames =
  /^(?:admin(?:istrator)?|webmaster|staff|editor|author|authors|user|root|guest|unknown|null|undefined|none|anonymous|n\/a|by|posts?|(?:view|see|read) (?:more|all)\b.*|home|share|contributor)$/i;
const credentials =
  /^(?:ph\.?\s?d\.?|m\.?d\.?|dvm|jr\.?|sr\.?|i{2,3}|iv|cfa®?|cfp®?|cepf®?|cpa|rn|rdn?|mba|esq\.?|m\.?s\.?|msc|dds|pe)$/i;
const trailingNoise =
  /\s*(?:[|•·–—]|\s-\s|\(@|\bon\s+\w+\s+\d|\b(?:published|updated|posted|last)\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}\b|(?<!\d)\d+\s+min).*$/i;

/** Without web and mail addresses. A mail address has an `@` and a full stop later, each between other characters. */
const removeAddresses = (line: string): string =>
  line
    .split(' ')
    .map((word) => (/^.[^@]*@.+\../.test(word) ? '' : word.replace(/https?:\/\/.+/, '')))
    .join(' ')
    .replace(/^@/, '')
    .trim();

/** A name without "By", dates, addresses and what follows a separator; undefined for what is not a name. */
const cleanName = (written: string): string | undefined => {
  const name = removeAddresses(collapseWhitespace(written.slice(0, maxCreditLength)))
    .replace(creditPrefix, '')
    .replace(creditPrefix, '')
    .replace(trailingNoise, '')
    .replace(/^[\s,;:–—-]+|(?<![\s,;:–—-])[\s,;:–—-]+$/g, '');
  if (name.length < 2 || name.length > 80 || splitWords(name).length > 8) return undefined;
  if (!/\p{L}/u.test(name) || nonNames.test(name) || /[<>{}[\]=]/.test(name)) return undefined;
  return name;
};

/** Splits `A, B and C` where each part may be a name, else takes what precedes the first comma. Drops degrees. */
const splitNames = (written: string): string[] => {
  const bare = collapseWhitespace(written.slice(0, maxCreditLength))
    .replace(creditPrefix, '')
    .replace(trailingNoise, '');
  const parts = bare.split(/\s*[,;&]\s*|\s+(?:and|und|et|y|with)\s+/).filter((part) => part !== '');
  const names = parts.filter((part) => !credentials.test(part));
  const hasNameLength = (name: string): boolean => splitWords(name).length > 1 && splitWords(name).length < 5;
  return names.length > 1 && names.every(hasNameLength) ? names : [bare.split(/,\s/)[0] ?? bare];
};

export const parseNames = (written: string): string[] => splitNames(written).flatMap((name) => cleanName(name) ?? []);

const bylineName =
  /(?:^|[\s_-])(?:byline|by-line|author(?:-?name|s)?|post-author|entry-author|article-author|p-author|writer|contributor-name|fn)(?:$|[\s_-])/;
const notByline = /comment|bio\b|about|avatar|image|photo|social|follow|related|card/;

const isNameField = (element: Element): boolean =>
  /(?:^|\s)author(?:\s|$)/.test(getAttribute(element, 'rel') ?? '') ||
  /^author$/.test(getAttribute(element, 'itemprop') ?? '');

const isByline = (element: Element): boolean => {
  const names = formatElementNames(element).toLowerCase();
  return bylineName.test(names) && !notByline.test(names);
};

/** Footnotes have the class `fn` too, which names a person in a microformat. */
const isSentence = (line: string): boolean => /\p{Ll}[.!?]\P{L}*$/u.test(line) && splitWords(line).length > 4;

const authorHref = /\/(?:authors?|contributors?)\/[^/?#]+\/?(?:[?#].*)?$/i;
const maxHrefLength = 500;

const isAuthorLink = (element: Element): boolean =>
  element.tagName === 'a' && authorHref.test((getAttribute(element, 'href') ?? '').slice(0, maxHrefLength));

const findBylineInPage = (document: ParentNode): string | undefined => {
  const findLines = (fits: (element: Element) => boolean): string[] =>
    findElements(document, fits)
      .flatMap((element) => getShortTextLine(element) ?? [])
      .filter((line) => line.length > 2 && line.length < 120 && !isSentence(line));
  const [named] = findLines(isNameField);
  if (named !== undefined) return named;
  const bylines = findLines(isByline);
  return bylines.find((line) => /^by\s/i.test(line)) ?? bylines[0];
};

/** The text of the first link to a page about an author that is not within another article's card or a comment. */
const findLinkedAuthor = (document: ParentNode): string | undefined => {
  const isInAside = createAncestorTest(isAside);
  return findElements(document, (element) => isAuthorLink(element) && !isInAside(element))
    .flatMap((element) => getShortTextLine(element) ?? [])
    .find((line) => splitWords(line).length > 0 && cleanName(line) !== undefined);
};

const authorTags =
  'author parsely-author sailthru.author citation_author dc.creator dcterms.creator dc.creator.personalname article:author article:author_name byl cxenseparse:author twitter:data1'.split(
    ' ',
  );
const notNames = /^https?:|facebook\.com|\d min/;

interface FoundAuthors {
  readonly authors: readonly string[];
  /** For a page whose story names nobody: whom a link leads to, else the site or its publisher. */
  readonly otherAuthors: readonly string[];
}

const cleanNames = (credits: readonly string[]): string[] => {
  const names = new Set(
    credits.slice(0, maxCredits).flatMap((written) => splitNames(written).map((name) => cleanName(name) ?? '')),
  );
  names.delete('');
  return [...names].slice(0, maxAuthors).map(cleanLine);
};

/** @param isSiteName tells the names of the page's site and its publisher */
export const findAuthors = (
  document: ParentNode,
  tags: MetaTags,
  linked: JsonLdArticle | undefined,
  isSiteName: (name: string) => boolean,
): FoundAuthors => {
  const sources: readonly (() => readonly string[])[] = [
    () => linked?.authors ?? [],
    ...authorTags.map((name) => () => findTagValues(tags, name).filter((value) => !notNames.test(value))),
    () => [findBylineInPage(document) ?? ''],
  ];
  const others: string[][] = [];
  for (const source of sources) {
    const found = cleanNames(source());
    if (found.some((name) => !isSiteName(name))) return { authors: found, otherAuthors: [] };
    others.push(found);
  }
  const fallbacks = [
    cleanNames([findLinkedAuthor(document) ?? '']),
    cleanNames(linked?.organizations ?? []),
    ...others,
  ];
  return { authors: [], otherAuthors: fallbacks.find((names) => names.length > 0) ?? [] };
};
