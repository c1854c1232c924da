import sanitizeHtml, { type Attributes, type Tag } from 'sanitize-html';
import type { FullEntry } from '../../entry.ts';
import { collapseWhitespace } from '../../text/collapse-whitespace.ts';
import type { StartSide } from '../../text/language.ts';
import { emailStyles } from './email-styles.ts';

const maxImageWidthPx = 552;

const allowedElements = (
  'p h3 h4 h5 h6 blockquote ul ol li dl dt dd pre hr div figure figcaption table caption thead tbody tfoot tr th td ' +
  'a abbr b strong i em u s del ins sub sup small mark q cite code kbd samp var dfn bdi bdo span ruby rt rp br wbr img'
).split(' ');

const allowedAttributes = 'lang dir colspan rowspan scope start type value reversed title align role'.split(' ');

/** Headings are one level lower, since the title is an h2; collapsible elements are expanded. */
const renamedElements: ReadonlyMap<string, string> = new Map([
  ['h1', 'h3'],
  ['h2', 'h3'],
  ['h3', 'h4'],
  ['h4', 'h5'],
  ['h5', 'h6'],
  ['details', 'div'],
  ['summary', 'p'],
]);

const mutedElements: ReadonlySet<string> = new Set(['figcaption', 'caption']);

const toImageAttributes = ({ src, alt, width }: Attributes): Attributes => ({
  src: src ?? '',
  alt: alt ?? '',
  width: String(Math.min(Number(width) || maxImageWidthPx, maxImageWidthPx)),
});

/** Links within the article lead to its page: ids would clash with those of other articles in the digest. */
const toLinkAttributes = (attribs: Attributes, page: string): Attributes => {
  const href = attribs.href?.startsWith('#') ? page + attribs.href : attribs.href;
  return href === undefined ? {} : { href };
};

const toEmailAttributes = (tag: string, attribs: Attributes, page: string): Attributes => {
  if (tag === 'img') return toImageAttributes(attribs);
  if (tag === 'a') return toLinkAttributes(attribs, page);
  return Object.fromEntries(Object.entries(attribs).filter(([name]) => allowedAttributes.includes(name)));
};

/** What an element's attributes add to the style of its kind: the alignment of a cell, a list without bullets. */
const formatOwnStyle = ({ align, role }: Attributes): string =>
  (align ? `;text-align:${align}` : '') + (role === 'list' ? ';list-style-type:none' : '');

export interface BodyLink {
  readonly text: string;
  readonly url: string;
}

interface EmailBody {
  readonly html: string;
  readonly links: readonly BodyLink[];
}

/**
 * Renders the sanitized body of an article for mail.
 * @param page address of the article's page
 */
export const renderEmailBody = ({ html }: Pick<FullEntry, 'html'>, page: string, start: StartSide): EmailBody => {
  const styles = emailStyles[start];
  const links = new Map<string, BodyLink>();
  const rendered = sanitizeHtml(html, {
    allowedTags: allowedElements,
    allowedAttributes: false,
    allowedSchemes: ['http', 'https', 'mailto'],
    selfClosing: ['img', 'br', 'hr', 'wbr'],
    parseStyleAttributes: false,
    transformTags: {
      '*': (source, given): Tag => {
        const tagName = renamedElements.get(source) ?? source;
        const style = styles.get(source === 'summary' ? source : tagName);
        const attribs = toEmailAttributes(tagName, given, page);
        if (mutedElements.has(tagName)) attribs.class = 'soft';
        if (style) attribs.style = style + formatOwnStyle(given);
        return { tagName, attribs };
      },
    },
    exclusiveFilter: ({ tag, attribs, text }) => {
      const url = attribs.href;
      if (tag === 'a' && url && !url.startsWith(page) && !links.has(url))
        links.set(url, { text: collapseWhitespace(text), url });
      return false;
    },
  });
  return {
    // Wide tables scroll horizontally and can be focused by keyboard.
    html: rendered
      .replace(/<table(?=[\s>])/g, '<div tabindex="0" style="margin:0 0 16px;overflow-x:auto"><table')
      .replaceAll('</table>', '</table></div>')
      .replace(/(<pre [^>]*>)<code [^>]*>/g, '$1<code>'),
    links: [...links.values()],
  };
};
