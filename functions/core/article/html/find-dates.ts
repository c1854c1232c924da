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
import type { MetaTags } from './meta-tags.ts';
import { parseFirstStatedTime, type TimeContext } from './parse-stated-time.ts';

/** Of the names of tags without signs between their words, such as `articlepublishedtime`. The better ones come first. */
const publishedTags = [
  /(?<!last)(?:(?:publi(?:sh|shed|cation)|issued)(?:date|time)?|pub(?:date|time)|date(?:pub|original))$/,
  /^(?:citation|citationonline|dc|dcterms|sailthru)?(?:date|created|datecreated)$/,
];
const updatedTags = [/(?:modified|updated?|lastmod)(?:date|time)?$/];

const findTimes = (tags: MetaTags, name: RegExp): string[] =>
  [...tags].flatMap(([tag, values]) => (name.test(tag.replace(/[^a-z]/g, '')) ? values : []));

const dateName = /date|time|publish|posted|pubdate|dateline|byline|meta/;
const asideName =
  /comment|related|sidebar|(?<!(?:post|entry|article)-)footer|recommend|(?<!elementor-)widget(?! blog)|(?:^|[\s_-])event|card|teaser|tweet|twitter|instagram|(?<!wp-)embed|trending|popular|read-?next|more-(?:stories|news|from)|recirc|outbrain|taboola/;
const maxDateTextLength = 160;

/** Whose classes, such as `wp-embed-responsive` and `wp-custom-logo`, tell of the whole site. */
export const isWholePage = ({ tagName }: Element): boolean => /^(?:html|body|main)$/.test(tagName);

/** The lines about an article, also where they are its `<footer>`, or named after the card they are in. */
const metaName = /(?:^|[\s_-])(?:meta|byline|dateline)(?:$|[\s_-])/;

/** What is not the article's own: its dates and names are those of others. Next to a headline, an `<aside>` may be. */
export const isAside = (element: Element, isNextToHeadline = false): boolean => {
  if (/^(?:nav|blockquote)$/.test(element.tagName)) return true;
  if (element.tagName === 'aside' && !isNextToHeadline) return true;
  const names = formatElementNames(element).toLowerCase();
  if (metaName.test(names)) return false;
  return element.tagName === 'footer' || (!isWholePage(element) && asideName.test(names));
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
  const isInAside = createAncestorTest((element) => isAside(element));
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
  const parseDeclared = (linkedTime: string | undefined, names: readonly RegExp[]) =>
    parseFirstStatedTime([linkedTime ?? '', ...names.flatMap((name) => findTimes(tags, name))], context);
  const published = parseDeclared(linked?.published, publishedTags) ?? findDateInPage(document, context);
  const updated = parseDeclared(linked?.modified, updatedTags);
  const later = updated && published && updated.at > published.at ? updated : undefined;
  return { ...(published && { published }), ...(later && { updated: later }) };
};

/** In the last time zone, a day ends 36 hours after it began in UTC. */
const maxDayMs = 36 * 3_600_000;

/**
 * The time that a page declares, or the day that it shows, where that is earlier: a site that moved declares when it
 * did. The time of a day is more than the day.
 */
export const selectFirstTime = (
  declared: StatedTime | undefined,
  shown: StatedTime | undefined,
): StatedTime | undefined => {
  if (!declared || !shown) return declared ?? shown;
  return Date.parse(declared.at) - Date.parse(shown.at) < maxDayMs ? declared : shown;
};
