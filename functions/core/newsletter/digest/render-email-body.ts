import sanitizeHtml, { type Attributes, type Tag } from 'sanitize-html';
import type { FullEntry } from '../../entry.ts';
import { collapseWhitespace } from '../../text/collapse-whitespace.ts';
import type { StartSide } from '../../text/language.ts';
import { createRecolor, type ThemeColors } from '../../theme/palette.ts';
import { emailStyles } from './email-styles.ts';
import { fitBodyToMail, type MailBodyContext } from './fit-body-to-mail.ts';
import { findMailPictureWidth } from './fit-picture.ts';
import { breakAttribute, lookAttribute } from './mail-elements.ts';

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

/** Styles by their element or look whose colours are others in the dark. */
const classes: ReadonlyMap<string, string> = new Map([
  ['figcaption', 'soft'],
  ['caption', 'soft'],
  ['code block', 'tint'],
]);

/** Outlook for Windows reads the attribute, others the style. */
const toImageAttributes = ({ src = '', alt = '', width, [lookAttribute]: look }: Attributes): Attributes => {
  const widthPx = findMailPictureWidth(src, Number(width) || 0, look !== undefined);
  return { src, alt, ...(widthPx !== undefined && { width: String(widthPx) }) };
};

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

/**
 * What an element's attributes add to the style of its kind: the alignment of a cell, a list without bullets, a width.
 */
const formatOwnStyle = ({ align, role, width, src, [breakAttribute]: mustBreak }: Attributes): string =>
  (align ? `;text-align:${align}` : '') +
  (role === 'list' ? ';list-style-type:none' : '') +
  (mustBreak ? ';word-break:break-word' : '') +
  (src && Number(width) > 0 ? `;width:${findMailPictureWidth(src, Number(width), false)}px` : '');

export interface BodyLink {
  readonly text: string;
  readonly url: string;
}

interface EmailBody {
  readonly html: string;
  readonly links: readonly BodyLink[];
}

/** Renders the sanitized body of an article for mail. */
export const renderEmailBody = (
  { html }: Pick<FullEntry, 'html'>,
  { start, colors, ...context }: MailBodyContext & { readonly start: StartSide; readonly colors?: ThemeColors },
): EmailBody => {
  const { page } = context;
  const styles = emailStyles[start];
  const recolor = createRecolor(colors);
  const links = new Map<string, BodyLink>();
  const rendered = sanitizeHtml(fitBodyToMail(html, context), {
    allowedTags: allowedElements,
    allowedAttributes: false,
    allowedSchemes: ['http', 'https', 'mailto'],
    selfClosing: ['img', 'br', 'hr', 'wbr'],
    parseStyleAttributes: false,
    transformTags: {
      '*': (source, given): Tag => {
        const tagName = renamedElements.get(source) ?? source;
        const look = given[lookAttribute] ?? (source === 'summary' ? source : tagName);
        const style = styles.get(look);
        const attribs = toEmailAttributes(tagName, given, page);
        const className = classes.get(look);
        if (className) attribs.class = className;
        if (style) attribs.style = recolor(style) + formatOwnStyle(given);
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
    html: rendered.replace(/(<pre [^>]*>)<code [^>]*>/g, '$1<code>'),
    links: [...links.values()],
  };
};
