import sanitizeHtml, { type Attributes, type Tag } from 'sanitize-html';
import { toPlainTextWithPictures } from '../../article/body/plain-text.ts';
import type { MailBody } from '../../entry.ts';
import { emailStyles } from './email-styles.ts';
import { fitBodyToMail } from './fit-body-to-mail.ts';
import { markOpenPart, maxMailBodyLength, openPartMark, stylePrefix } from './mail-body.ts';
import { breakAttribute, lookAttribute } from './mail-elements.ts';
import { findMailPictureWidth, insteadAttribute } from './mail-picture.ts';

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

/** How wide a picture is, and so how wide it is shown, may be known later. */
const toImageAttributes = ({
  src = '',
  alt = '',
  width = '',
  [insteadAttribute]: instead,
}: Attributes): Attributes => ({
  src,
  alt,
  ...(Number(width) > 0 && { width }),
  ...(instead !== undefined && { [insteadAttribute]: instead }),
});

/** Links within the article lead to its page: ids would clash with those of other articles in the digest. */
const toLinkAttributes = ({ href }: Attributes): Attributes =>
  href === undefined ? {} : { href: href.startsWith('#') ? markOpenPart('page') + href : href };

const toEmailAttributes = (tag: string, attribs: Attributes): Attributes => {
  if (tag === 'img') return toImageAttributes(attribs);
  if (tag === 'a') return toLinkAttributes(attribs);
  return Object.fromEntries(Object.entries(attribs).filter(([name]) => allowedAttributes.includes(name)));
};

/** What an element's attributes add to the style of its kind: the alignment of a cell, a list without bullets, a width. */
const formatOwnStyle = ({ align, role, width, src, [breakAttribute]: mustBreak }: Attributes): string =>
  (align ? `;text-align:${align}` : '') +
  (role === 'list' ? ';list-style-type:none' : '') +
  (mustBreak ? ';word-break:break-word' : '') +
  (src && Number(width) > 0 ? `;width:${findMailPictureWidth(src, Number(width), false)}px` : '');

/** @param html sanitized */
export const toMailHtml = (html: string): string => {
  const fitted = fitBodyToMail(html.replaceAll(openPartMark, ''), {
    page: markOpenPart('page'),
    tableWord: markOpenPart('table'),
  });
  return sanitizeHtml(fitted, {
    allowedTags: allowedElements,
    allowedAttributes: false,
    allowedSchemes: ['http', 'https', 'mailto'],
    selfClosing: ['img', 'br', 'hr', 'wbr'],
    parseStyleAttributes: false,
    transformTags: {
      '*': (source, given): Tag => {
        const tagName = renamedElements.get(source) ?? source;
        const look = given[lookAttribute] ?? (source === 'summary' ? source : tagName);
        const attribs = toEmailAttributes(tagName, given);
        const className = classes.get(look);
        if (className) attribs.class = className;
        if (emailStyles.left.has(look)) attribs.style = markOpenPart(`${stylePrefix}${look}`) + formatOwnStyle(given);
        return { tagName, attribs };
      },
    },
  }).replace(/(<pre [^>]*>)<code [^>]*>/g, '$1<code>');
};

/**
 * The sanitized body of an article as mails have it; undefined where it is too long for one. It is stored with the body,
 * so that the functions that build digests need no parser of HTML.
 */
export const prepareMailBody = (html: string): MailBody | undefined =>
  html.length > maxMailBodyLength
    ? undefined
    : {
        html: toMailHtml(html),
        ...(/<img |<figcaption/.test(html) && { text: toPlainTextWithPictures(html) }),
      };
