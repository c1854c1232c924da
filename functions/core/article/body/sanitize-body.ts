import { serialize } from 'parse5';
import sanitizeHtml, { type Attributes, type IFrame, type IOptions, type Tag } from 'sanitize-html';
import type { CutText } from '../../article.ts';
import { cleanText } from '../../text/clean-text.ts';
import { detectLanguage } from '../../text/detect-language.ts';
import { findDefaultHeadingId, headingElement } from '../../text/heading-id.ts';
import { memoize } from '../../text/memoize.ts';
import { checkWordLengths } from './check-word-lengths.ts';
import { cutComments } from './cut-comments.ts';
import { cutElements } from './cut-elements.ts';
import { cutMembersParts } from './cut-members-parts.ts';
import { joinUnspacedLines } from './join-unspaced-lines.ts';
import { parseHtml } from './parse-html.ts';
import { replaceEmbeds } from './replace-embeds.ts';
import { allowedTags, discardedTags, listLostAttributes, selectAttributes, tagReplacements } from './sanitize-rules.ts';
import { type Element, findElement, getTextContent, type ParentNode } from './tree.ts';
import type { UrlResolver } from './url-resolver.ts';

/**
 * Unwraps single elements by a mark on their attributes. Transforming them to a tag that is not allowed does not work:
 * sanitize-html then closes the wrong element.
 */
const createUnwrapper = () => {
  const marked = new WeakSet<Attributes>();
  return {
    unwrap: (tagName: string): Tag => {
      const attribs = {};
      marked.add(attribs);
      return { tagName, attribs };
    },
    exclusiveFilter: ({ attribs }: IFrame) => (marked.has(attribs) ? 'excludeTag' : false),
  };
};

const cleanBodyText = (text: string): string => {
  checkWordLengths(text);
  return cleanText(text);
};

/** Hostile markup could need any number of passes until its nesting is stable. */
const maxPasses = 5;

const baseOptions = {
  allowedTags: [...allowedTags],
  nonTextTags: [...discardedTags],
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  selfClosing: ['img', 'br', 'hr', 'wbr'],
  nestingLimit: 100,
  allowedAttributes: false,
  // No `style` is kept, and the bundle has no parser of them.
  parseStyleAttributes: false,
  textFilter: cleanBodyText,
} satisfies IOptions;

/** First step: only allowed tags and attributes stay, addresses are resolved, texts cleaned. */
const keepAllowedTags = (html: string, resolveUrl: UrlResolver, home: string | undefined, cut: CutText[]): string => {
  const { unwrap, exclusiveFilter } = createUnwrapper();
  return sanitizeHtml(html, {
    ...baseOptions,
    exclusiveFilter,
    transformTags: {
      '*': (written, attribs): Tag => {
        const tagName = tagReplacements.get(written) ?? written;
        if (!allowedTags.has(tagName)) return { tagName: written, attribs: {} };
        const kept = selectAttributes(tagName, attribs, resolveUrl, home);
        cut.push(...listLostAttributes(tagName, attribs, kept));
        return kept ? { tagName, attribs: kept } : unwrap(tagName);
      },
    },
  });
};

const emptyElement =
  /<(p|h[1-6]|blockquote|ul|ol|li|dl|dt|dd|figure|figcaption|pre|div|a(?! id=)|span|b|strong|i|em|u|s|table|caption|thead|tbody|tfoot|tr|details|summary)(?: [^<>]*)?>(?:\s|<br \/>)*<\/\1>/g;

/** Removes empty elements, from the inside outwards. Texts and attribute values have no `<` or `>` here. */
const removeEmptyElements = (html: string): string => {
  const next = html.replace(emptyElement, '');
  return next === html ? html : removeEmptyElements(next);
};

/** Gives headings levels without gaps, from h2 on: the h1 of a page is the article's title. */
const createHeadingLevels = (): ((level: number) => number) => {
  const open: number[] = [];
  return (level) => {
    while ((open.at(-1) ?? 0) >= level) open.pop();
    open.push(level);
    return Math.min(open.length + 1, 6);
  };
};

/** A parser ignores one line end right after `<pre>` (HTML, 13.2.6.4.7), so each further pass would remove one. */
const removeLeadingLineEnds = (html: string): string => html.replace(/(<pre(?: [^<>]*)?>)\n+/g, '$1');

const parseDocument = (html: string): ParentNode => parseHtml(removeLeadingLineEnds(html));

const findBody = (document: ParentNode): Element | undefined =>
  findElement(document, ({ tagName }) => tagName === 'body');

/** Nests elements as a browser would. */
const normalizeNesting = (html: string): string => {
  const body = findBody(parseDocument(html));
  return body ? serialize(body) : '';
};

const hasStableNesting = (html: string): boolean => {
  const plain = (written: string) => written.replaceAll(' />', '>').replaceAll('&gt;', '>').replaceAll('&lt;', '<');
  return plain(normalizeNesting(html)) === plain(html);
};

/** Elements without attributes and heading levels, which the second step gives anew. */
const outlineElements = (html: string): string => html.replace(/<(\/?[a-z]+)[^<>]*>/g, '<$1>').trim();

const findMatches = (html: string, pattern: RegExp): Set<string> =>
  new Set(Array.from(html.matchAll(pattern), (match) => match[1] ?? ''));

/** Second step: heading levels without gaps, and unique ids only in headings and where a link leads to them. */
const normalizeHeadingsAndIds = (html: string): string => {
  const targets = findMatches(html, /<a [^<>]*?href="#([^"<>]*)"/g);
  const ids = findMatches(html, /<[^<>]*? id="([^"<>]*)"/g);
  const used = new Set<string>();
  const levelOf = createHeadingLevels();
  const { unwrap, exclusiveFilter } = createUnwrapper();
  const idOf = (id: string | undefined, isHeading: boolean): Attributes => {
    if (id === undefined || !(isHeading || targets.has(id)) || used.has(id)) return {};
    used.add(id);
    return { id };
  };
  return sanitizeHtml(html, {
    ...baseOptions,
    exclusiveFilter,
    transformTags: {
      '*': (written, { id, ...attribs }): Tag => {
        const level = /^h([1-6])$/.exec(written)?.[1];
        const tagName = level ? `h${levelOf(Number(level))}` : written;
        const kept = { ...idOf(id, level !== undefined), ...attribs };
        const leadsNowhere = kept.href?.startsWith('#') && !ids.has(kept.href.slice(1));
        const saysNothing = /^(?:a|span)$/.test(tagName) && Object.keys(kept).length === 0;
        return leadsNowhere || saysNothing ? unwrap(tagName) : { tagName, attribs: kept };
      },
    },
  });
};

const maxDetectionLength = 100_000;

interface BodyContext {
  /** The start of addresses on the site itself. */
  readonly home?: string | undefined;
  /** Of the article, where it is stated. */
  readonly language?: string | undefined;
  /** For articles whose language cannot be detected. */
  readonly defaultLanguage?: string | undefined;
}

/** Puts what feeds and mails can show in the place of what they cannot, and takes out the rest. */
const convertElements = (html: string, { language, defaultLanguage = 'en' }: BodyContext, cut: CutText[]): string => {
  const document = parseDocument(html);
  const body = findBody(document);
  if (!body) return '';
  const findLanguage = memoize(
    () => language ?? detectLanguage(getTextContent(body).slice(0, maxDetectionLength)) ?? defaultLanguage,
  );
  cut.push(
    ...cutMembersParts(body),
    ...replaceEmbeds(body, findLanguage),
    ...cutElements(body),
    ...cutComments(document),
  );
  joinUnspacedLines(body);
  return serialize(body);
};

/** A page gives headings the ids of their words. */
const dropDefaultIds = (html: string): string => {
  const targets = findMatches(html, /<a [^<>]*?href="#([^"<>]*)"/g);
  return html.replace(headingElement, (heading, level: string, attributes: string, content: string) => {
    const [written, id = ''] = / id="([^"]*)"/.exec(attributes) ?? [];
    if (written === undefined || targets.has(id)) return heading;
    const isDefault = id.replace(/-\d+$/, '') === findDefaultHeadingId(content) || id === findDefaultHeadingId(content);
    return isDefault ? `<h${level}${attributes.replace(written, '')}>${content}</h${level}>` : heading;
  });
};

interface SanitizedBody {
  readonly html: string;
  /** What of the source is not in `html`. */
  readonly cut: readonly CutText[];
}

/**
 * Turns any HTML into the body of an article: only elements and attributes of an allow-list, without style, script and
 * forms. Films, frames and the like become links. Addresses are resolved by `resolveUrl`; a link without one is
 * unwrapped, an image removed. Ids that a link of the same body leads to stay, and start with `seed-`; so
 * do those of headings that do not follow from their words. The body is
 * well-formed XML too, and sanitizing it again changes nothing.
 * @throws {SeedRejected} for markup that is nested too deep or has too many elements or attributes, and for huge words
 */
export const sanitizeBody = (html: string, resolveUrl: UrlResolver, context: BodyContext = {}): SanitizedBody => {
  const { home = resolveUrl('/', 'link') } = context;
  const cut: CutText[] = [];
  let body = convertElements(html, context, cut);
  for (let reading = 0; reading < maxPasses; reading += 1) {
    const nested = reading === 0 ? body : normalizeNesting(body);
    const lost: CutText[] = [];
    const known = removeEmptyElements(keepAllowedTags(nested, resolveUrl, home, lost));
    if (reading === 0) cut.push(...lost);
    body = removeLeadingLineEnds(removeEmptyElements(normalizeHeadingsAndIds(known))).trim();
    if (outlineElements(body) === outlineElements(known) && hasStableNesting(body)) break;
  }
  return { html: dropDefaultIds(body), cut };
};
