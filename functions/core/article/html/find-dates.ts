import type { StatedTime } from '../../article.ts';
import {
  createAncestorTest,
  type Element,
  findElements,
  formatElementNames,
  getAttribute,
  getShortTextLine,
  type ParentNode,
} from '../body/tree.ts';
import type { JsonLdArticle } from './json-ld.ts';
import { findTagValues, type MetaTags } from './meta-tags.ts';
import { parseFirstStatedTime, type TimeContext } from './parse-stated-time.ts';

const publishedTags =
  'article:published_time og:article:published_time datepublished parsely-pub-date sailthru.date citation_publication_date citation_date dc.date.issued dcterms.issued dcterms.created dc.date.created dc.date dcterms.date pubdate publishdate publish-date publish_date publication_date date article.published article:published article_date_original originalpublicationdate cxenseparse:recs:publishtime date_published created'.split(
    ' ',
  );
const updatedTags =
  'article:modified_time og:updated_time datemodified dcterms.modified dc.date.modified lastmod last-modified article:updated_time'.split(
    ' ',
  );

const dateName = /date|time|publish|posted|pubdate|dateline|byline|meta/;
const asideName =
  /comment|related|sidebar|(?<!(?:post|entry|article)-)footer|recommend|(?<!elementor-)widget(?! blog)|(?:^|[\s_-])event|card|teaser|tweet|twitter|instagram|(?<!wp-)embed|trending|popular|read-?next|more-(?:stories|news|from)|recirc|outbrain|taboola/;
const maxDateTextLength = 160;

/** Their classes, such as `wp-embed-responsive`, tell of the whole site. */
const wholePage = /^(?:html|body|main)$/;

/** The lines about an article, also where they are its `<footer>`, or named after the card they are in. */
const metaName = /(?:^|[\s_-])(?:meta|byline|dateline)(?:$|[\s_-])/;

/** What is not the article's own: its dates and names are those of others. */
export const isAside = (element: Element): boolean => {
  if (/^(?:aside|nav|blockquote)$/.test(element.tagName)) return true;
  const names = formatElementNames(element).toLowerCase();
  if (metaName.test(names)) return false;
  return element.tagName === 'footer' || (!wholePage.test(element.tagName) && asideName.test(names));
};

const isDateElement = (element: Element): boolean =>
  element.tagName === 'time' ||
  /published|datecreated/i.test(getAttribute(element, 'itemprop') ?? '') ||
  dateName.test(formatElementNames(element).toLowerCase());

/** Elements that are for dates, before those that only a class, id or role names so. */
const isMarkedUp = (element: Element): boolean => element.tagName === 'time' || !!getAttribute(element, 'itemprop');

const findDateTexts = (element: Element): string[] =>
  [...['datetime', 'content', 'title'].map((name) => getAttribute(element, name)), getShortTextLine(element)].flatMap(
    (text) => (text && text.length < maxDateTextLength ? [text] : []),
  );

const findDateInPage = (document: ParentNode, context: TimeContext): StatedTime | undefined => {
  const isInAside = createAncestorTest(isAside);
  const shown = findElements(document, isDateElement).filter((element) => !isInAside(element));
  const ordered = [...shown.filter(isMarkedUp), ...shown.filter((element) => !isMarkedUp(element))];
  return parseFirstStatedTime(ordered.flatMap(findDateTexts), context);
};

/** By JSON-LD, else meta tags, else `<time>` or an element whose class names a date. */
export const findDates = (
  document: ParentNode,
  tags: MetaTags,
  linked: JsonLdArticle | undefined,
  context: TimeContext,
): { published?: StatedTime; updated?: StatedTime } => {
  const parseDeclared = (linkedTime: string | undefined, names: readonly string[]) =>
    parseFirstStatedTime(
      [...(linkedTime ? [linkedTime] : []), ...names.flatMap((name) => findTagValues(tags, name))],
      context,
    );
  const published = parseDeclared(linked?.published, publishedTags) ?? findDateInPage(document, context);
  const updated = parseDeclared(linked?.modified, updatedTags);
  const later = updated && published && updated.at > published.at ? updated : undefined;
  return { ...(published && { published }), ...(later && { updated: later }) };
};
