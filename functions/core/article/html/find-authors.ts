import { collapseWhitespace } from '../../text/collapse-whitespace.ts';
import {
  type Element,
  findElements,
  formatElementNames,
  getAttribute,
  getTextLine,
  type ParentNode,
} from '../body/tree.ts';
import type { JsonLdArticle } from './json-ld.ts';
import { findTagValues, type MetaTags } from './meta-tags.ts';
import { splitWords } from './split-words.ts';

const maxAuthors = 12;

const creditPrefix =
  /^(?:(?:written|posted|published|reported|authored|story|text|words|article|reviewed|created|report|updated)\s+by|by|from|author(?:s|\(s\))?|von|par|por|di|door)(?:\s*:\s*|\s+(?=\S))/i;
const nonNames =
  /^(?:admin(?:istrator)?|webmaster|staff|editor|author|authors|user|root|guest|unknown|null|undefined|none|anonymous|n\/a|by|posts?|home|share|contributor)$/i;
const credentials =
  /^(?:ph\.?\s?d\.?|m\.?d\.?|dvm|jr\.?|sr\.?|i{2,3}|iv|cfa®?|cfp®?|cepf®?|cpa|rn|rdn?|mba|esq\.?|m\.?s\.?|msc|dds|pe)$/i;
const trailingNoise =
  /\s*(?:[|•·–—]|\s-\s|\(@|\bon\s+\w+\s+\d|\b(?:published|updated|posted|last)\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}\b|\d+\s+min).*$/i;

/** One name without "By", dates, addresses and what follows a bar; undefined for what is no name. */
export const cleanName = (written: string): string | undefined => {
  const name = written
    .replace(/\s+/g, ' ')
    .replace(/https?:\/\/\S+|\S+@\S+\.\S+|^@/g, '')
    .trim()
    .replace(creditPrefix, '')
    .replace(creditPrefix, '')
    .replace(trailingNoise, '')
    .replace(/^[\s,;:–—-]+|[\s,;:–—-]+$/g, '');
  if (name.length < 2 || name.length > 80 || splitWords(name).length > 8) return undefined;
  if (!/\p{L}/u.test(name) || nonNames.test(name) || /[<>{}[\]=]/.test(name)) return undefined;
  return name;
};

/** Parts `A, B and C`; what follows a comma and is a degree or stands alone in lower case stays out. */
export const splitNames = (written: string): string[] => {
  const bare = collapseWhitespace(written).replace(creditPrefix, '').replace(trailingNoise, '');
  const parts = bare.split(/\s*[,;&]\s*|\s+(?:and|und|et|y|with)\s+/).filter((part) => part !== '');
  const names = parts.filter((part) => !credentials.test(part));
  return names.length > 1 && names.every((name) => splitWords(name).length > 1 && splitWords(name).length < 5)
    ? names
    : [bare.split(/,\s/)[0] ?? bare];
};

const bylineName =
  /(?:^|[\s_-])(?:byline|by-line|author(?:-?name|s)?|post-author|entry-author|article-author|p-author|writer|contributor-name|fn)(?:$|[\s_-])/;
const notByline = /comment|bio\b|about|avatar|image|photo|social|follow|related|card/;

const isNameField = (element: Element): boolean =>
  /(?:^|\s)author(?:\s|$)/.test(getAttribute(element, 'rel') ?? '') ||
  /^author$/.test(getAttribute(element, 'itemprop') ?? '');

const findNamesInPage = (document: ParentNode): string[] => {
  const named = findElements(document, isNameField).map(getTextLine);
  const bylines = findElements(document, (element) => {
    const names = formatElementNames(element).toLowerCase();
    return bylineName.test(names) && !notByline.test(names);
  }).map(getTextLine);
  const short = (line: string): boolean => line.length > 2 && line.length < 120;
  return [named.find(short), bylines.find((line) => short(line) && /^by\s/i.test(line)), bylines.find(short)].filter(
    (line) => line !== undefined,
  );
};

/** The article's authors by name: from JSON-LD, else meta tags, else the page's own byline. */
export const findAuthors = (document: ParentNode, tags: MetaTags, linked: JsonLdArticle | undefined): string[] => {
  const sources: readonly (() => readonly string[])[] = [
    () => linked?.authors ?? [],
    ...[
      'author',
      'parsely-author',
      'sailthru.author',
      'citation_author',
      'dc.creator',
      'dcterms.creator',
      'dc.creator.personalname',
      'article:author',
      'article:author_name',
      'byl',
      'twitter:data1',
    ].map((name) => () => findTagValues(tags, name).filter((value) => !/^https?:|facebook\.com|\d+ min/.test(value))),
    () => findNamesInPage(document).slice(0, 1),
  ];
  for (const source of sources) {
    const names = source()
      .flatMap(splitNames)
      .flatMap((name) => cleanName(name) ?? []);
    if (names.length > 0) return [...new Set(names)].slice(0, maxAuthors);
  }
  return [];
};
