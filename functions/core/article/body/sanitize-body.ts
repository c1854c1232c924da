import { serialize } from 'parse5';
import sanitizeHtml, { type Attributes, type IFrame, type IOptions, type Tag } from 'sanitize-html';
import { cleanText } from '../../text/clean-text.ts';
import { parseHtml } from './parse-html.ts';
import { allowedTags, discardedTags, selectAttributes, tagReplacements } from './sanitize-rules.ts';
import { findElement } from './tree.ts';
import type { UrlResolver } from './url-resolver.ts';

/**
 * Elements to leave out, by their attributes. Only here can an element be unwrapped for what it says: sanitize-html
 * closes the wrong element once a transformed name is not an allowed one.
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

/** A bound for markup that would settle only after many readings. */
const maxPasses = 5;

const baseOptions = {
  allowedTags: [...allowedTags],
  nonTextTags: [...discardedTags],
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  selfClosing: ['img', 'br', 'hr', 'wbr'],
  /** Deep enough for any article, and bounds the work on hostile nesting. */
  nestingLimit: 100,
  allowedAttributes: false,
  textFilter: cleanText,
} satisfies IOptions;

/** First reading: only known tags and attributes stay, every address is resolved, every text clean. */
const keepAllowedTags = (html: string, resolveUrl: UrlResolver, home: string | undefined): string => {
  const { unwrap, exclusiveFilter } = createUnwrapper();
  return sanitizeHtml(html, {
    ...baseOptions,
    exclusiveFilter,
    transformTags: {
      '*': (written, attribs): Tag => {
        const tagName = tagReplacements.get(written) ?? written;
        if (!allowedTags.has(tagName)) return { tagName: written, attribs: {} };
        const kept = selectAttributes(tagName, attribs, resolveUrl, home);
        return kept ? { tagName, attribs: kept } : unwrap(tagName);
      },
    },
  });
};

const emptyElement =
  /<(p|h[1-6]|blockquote|ul|ol|li|dl|dt|dd|figure|figcaption|pre|div|a(?! id=)|span|b|strong|i|em|u|s|table|caption|thead|tbody|tfoot|tr|details|summary)(?: [^<>]*)?>(?:\s|<br \/>)*<\/\1>/g;

/** Leaves out elements that hold nothing, from the inside outwards. Safe by pattern: text and values hold no `<` or `>` here. */
const removeEmptyElements = (html: string): string => {
  const next = html.replace(emptyElement, '');
  return next === html ? html : removeEmptyElements(next);
};

/** Gives headings levels without gaps, the outermost h2: the h1 of a page is the article's title. */
const createHeadingLevels = (): ((level: number) => number) => {
  const open: number[] = [];
  return (level) => {
    while ((open.at(-1) ?? 0) >= level) open.pop();
    open.push(level);
    return Math.min(open.length + 1, 6);
  };
};

/** Line ends right after `<pre>`: one is no content, and goes with every parsing; none may stay. */
const removeLeadingLineEnds = (html: string): string => html.replace(/(<pre(?: [^<>]*)?>)\n+/g, '$1');

/** Nests elements as a browser would, so that what stands in the file is what is shown. */
const normalizeNesting = (html: string): string => {
  const body = findElement(parseHtml(removeLeadingLineEnds(html)), ({ tagName }) => tagName === 'body');
  return body ? serialize(body) : '';
};

/** Unwrapping an element can leave others side by side that nest anew; seldom, and never for long. */
const hasStableNesting = (html: string): boolean => {
  const plain = (written: string) => written.replaceAll(' />', '>').replaceAll('&gt;', '>').replaceAll('&lt;', '<');
  return plain(normalizeNesting(html)) === plain(html);
};

const findMatches = (html: string, pattern: RegExp): Set<string> =>
  new Set(Array.from(html.matchAll(pattern), (match) => match[1] ?? ''));

/** Second reading, when it is known what is there: heading levels, and ids only where a link leads to them, once. */
const normalizeHeadingsAndIds = (html: string): string => {
  const targets = findMatches(html, /<a [^<>]*?href="#([^"<>]*)"/g);
  const ids = findMatches(html, /<[^<>]*? id="([^"<>]*)"/g);
  const used = new Set<string>();
  const levelOf = createHeadingLevels();
  const { unwrap, exclusiveFilter } = createUnwrapper();
  const idOf = (id: string | undefined): Attributes => {
    if (id === undefined || !targets.has(id) || used.has(id)) return {};
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
        const kept = { ...idOf(id), ...attribs };
        const leadsNowhere = kept.href?.startsWith('#') && !ids.has(kept.href.slice(1));
        const saysNothing = /^(?:a|span)$/.test(tagName) && Object.keys(kept).length === 0;
        return leadsNowhere || saysNothing ? unwrap(tagName) : { tagName, attribs: kept };
      },
    },
  });
};

/**
 * Takes any HTML and gives the body of an article: only text-level and block elements of an allow-list, addresses
 * resolved by `resolveUrl` (what it does not give an address for is unwrapped, an image left out), no style, class,
 * event attribute, script or form. Ids stay where a link of the same body leads to them, and start with `seed-`.
 * It is well-formed as XML too, and doing it again changes nothing.
 * @param home links that begin with it lead to the site itself; where relative ones do, unless said otherwise
 * @throws {SeedRejected} for markup nested too deep, or with too many elements, to be read in bounded time
 */
export const sanitizeBody = (
  html: string,
  resolveUrl: UrlResolver,
  home: string | undefined = resolveUrl('/', 'link'),
): string => {
  let body = html;
  for (let reading = 0; reading < maxPasses; reading += 1) {
    const known = removeEmptyElements(keepAllowedTags(normalizeNesting(body), resolveUrl, home));
    body = removeLeadingLineEnds(removeEmptyElements(normalizeHeadingsAndIds(known))).trim();
    if (hasStableNesting(body)) break;
  }
  return body;
};
