import type { StatedTime } from '../../article.ts';
import {
  type Element,
  findElements,
  formatElementNames,
  getAttribute,
  getParentElement,
  getTextLine,
  type ParentNode,
} from '../body/tree.ts';
import type { JsonLdArticle } from './json-ld.ts';
import { findTagValues, type MetaTags } from './meta-tags.ts';
import { parseStatedTime, type TimeContext } from './parse-stated-time.ts';

const publishedTags = [
  'article:published_time',
  'og:article:published_time',
  'datepublished',
  'parsely-pub-date',
  'sailthru.date',
  'citation_publication_date',
  'citation_date',
  'dc.date.issued',
  'dcterms.issued',
  'dcterms.created',
  'dc.date.created',
  'dc.date',
  'dcterms.date',
  'pubdate',
  'publishdate',
  'publish-date',
  'publish_date',
  'publication_date',
  'date',
  'article.published',
  'article:published',
  'article_date_original',
  'originalpublicationdate',
  'cxenseparse:recs:publishtime',
  'date_published',
  'created',
];
const updatedTags = [
  'article:modified_time',
  'og:updated_time',
  'datemodified',
  'dcterms.modified',
  'dc.date.modified',
  'lastmod',
  'last-modified',
  'article:updated_time',
];

const dateName = /date|time|publish|posted|pubdate|dateline|byline|meta/;
const asideName = /comment|related|sidebar|footer|recommend|widget|event|card|teaser/;

const isInAside = (element: Element): boolean => {
  for (let at: Element | undefined = element; at; at = getParentElement(at)) {
    if (/^(?:aside|footer|nav)$/.test(at.tagName) || asideName.test(formatElementNames(at).toLowerCase())) return true;
  }
  return false;
};

const findDateTexts = (element: Element): string[] =>
  [
    getAttribute(element, 'datetime'),
    getAttribute(element, 'content'),
    getAttribute(element, 'title'),
    getTextLine(element),
  ].flatMap((text) => (text && text.length < 160 ? [text] : []));

const parseFirstTime = (written: Iterable<string>, context: TimeContext): StatedTime | undefined => {
  for (const text of written) {
    const time = parseStatedTime(text, context);
    if (time) return time;
  }
  return undefined;
};

const findDateInPage = (document: ParentNode, context: TimeContext): StatedTime | undefined => {
  const shown = findElements(
    document,
    (element) =>
      element.tagName === 'time' ||
      /published|datecreated/i.test(getAttribute(element, 'itemprop') ?? '') ||
      dateName.test(formatElementNames(element).toLowerCase()),
  );
  const weight = (element: Element): number =>
    (isInAside(element) ? 2 : 0) + (element.tagName === 'time' || getAttribute(element, 'itemprop') ? 0 : 1);
  const ordered = shown
    .map((element, index) => ({ element, index, weight: weight(element) }))
    .filter(({ weight }) => weight < 2)
    .sort((a, b) => a.weight - b.weight || a.index - b.index);
  return parseFirstTime(
    ordered.flatMap(({ element }) => findDateTexts(element)),
    context,
  );
};

/** When the article was published and last changed, from JSON-LD, meta tags, `<time>` or a line that a date class names. */
export const findDates = (
  document: ParentNode,
  tags: MetaTags,
  linked: JsonLdArticle | undefined,
  context: TimeContext,
): { published?: StatedTime; updated?: StatedTime } => {
  const findTagTexts = (names: readonly string[]) => names.flatMap((name) => [...findTagValues(tags, name)]);
  const published =
    parseFirstTime([...(linked?.published ? [linked.published] : []), ...findTagTexts(publishedTags)], context) ??
    findDateInPage(document, context);
  const updated = parseFirstTime(
    [...(linked?.modified ? [linked.modified] : []), ...findTagTexts(updatedTags)],
    context,
  );
  const later = updated && published && updated.at > published.at ? updated : undefined;
  return { ...(published && { published }), ...(later && { updated: later }) };
};
