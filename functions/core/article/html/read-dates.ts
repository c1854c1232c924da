import type { StatedTime } from '../article.ts';
import type { LinkedArticle } from './json-ld.ts';
import { type MetaTags, tagValues } from './meta-tags.ts';
import { readStatedTime, type TimeContext } from './stated-time.ts';
import {
  attribute,
  type Element,
  findElements,
  lineOf,
  namesOf,
  type Parent,
  parentElement,
} from './tree.ts';

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
const isAside = /comment|related|sidebar|footer|recommend|widget|event|card|teaser/;

const standsAside = (element: Element): boolean => {
  for (let at: Element | undefined = element; at; at = parentElement(at)) {
    if (/^(?:aside|footer|nav)$/.test(at.tagName) || isAside.test(namesOf(at).toLowerCase())) return true;
  }
  return false;
};

const writtenIn = (element: Element): string[] =>
  [
    attribute(element, 'datetime'),
    attribute(element, 'content'),
    attribute(element, 'title'),
    lineOf(element),
  ].flatMap((text) => (text && text.length < 160 ? [text] : []));

const firstOf = (written: Iterable<string>, context: TimeContext): StatedTime | undefined => {
  for (const text of written) {
    const time = readStatedTime(text, context);
    if (time) return time;
  }
  return undefined;
};

const inPage = (document: Parent, context: TimeContext): StatedTime | undefined => {
  const shown = findElements(
    document,
    (element) =>
      element.tagName === 'time' ||
      /published|datecreated/i.test(attribute(element, 'itemprop') ?? '') ||
      dateName.test(namesOf(element).toLowerCase()),
  );
  const weight = (element: Element): number =>
    (standsAside(element) ? 2 : 0) + (element.tagName === 'time' || attribute(element, 'itemprop') ? 0 : 1);
  const ordered = shown
    .map((element, index) => ({ element, index, weight: weight(element) }))
    .filter(({ weight }) => weight < 2)
    .sort((a, b) => a.weight - b.weight || a.index - b.index);
  return firstOf(
    ordered.flatMap(({ element }) => writtenIn(element)),
    context,
  );
};

/** When the article was published and last changed, from JSON-LD, meta tags, `<time>` or a line that a date class names. */
export const readDates = (
  document: Parent,
  tags: MetaTags,
  linked: LinkedArticle | undefined,
  context: TimeContext,
): { published?: StatedTime; updated?: StatedTime } => {
  const told = (names: readonly string[]) => names.flatMap((name) => [...tagValues(tags, name)]);
  const published =
    firstOf([...(linked?.published ? [linked.published] : []), ...told(publishedTags)], context) ??
    inPage(document, context);
  const updated = firstOf([...(linked?.modified ? [linked.modified] : []), ...told(updatedTags)], context);
  const later = updated && published && updated.at > published.at ? updated : undefined;
  return { ...(published && { published }), ...(later && { updated: later }) };
};
