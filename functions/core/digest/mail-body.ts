import sanitizeHtml, { type Attributes, type Tag } from 'sanitize-html';
import type { FullEntry } from '../entry.ts';
import { mailStyles, type Start } from './mail-styles.ts';

/** The widest an image may be: a letter of 600 pixels, less its margins. */
const widestImage = 552;

const kept = (
  'p h3 h4 h5 h6 blockquote ul ol li dl dt dd pre hr div figure figcaption table caption thead tbody tfoot tr th td ' +
  'a abbr b strong i em u s del ins sub sup small mark q cite code kbd samp var dfn bdi bdo span ruby rt rp br wbr img'
).split(' ');

const keptAttributes = 'lang dir colspan rowspan scope start type value reversed title'.split(' ');

/** Headings stand one level lower; what opens and closes in a browser stands open. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['h1', 'h3'],
  ['h2', 'h3'],
  ['h3', 'h4'],
  ['h4', 'h5'],
  ['h5', 'h6'],
  ['details', 'div'],
  ['summary', 'p'],
]);

/** Elements whose text is softer, by night too: a class is all that a style sheet for the night can hold on to. */
const soft: ReadonlySet<string> = new Set(['figcaption', 'caption']);

const imageAttributes = ({ src, alt, width }: Attributes): Attributes => ({
  src: src ?? '',
  alt: alt ?? '',
  width: String(Math.min(Number(width) || widestImage, widestImage)),
});

/** Links within the article lead to its page: ids would clash with those of its neighbours in the letter. */
const linkAttributes = (attribs: Attributes, page: string): Attributes => {
  const href = attribs.href?.startsWith('#') ? page + attribs.href : attribs.href;
  return href === undefined ? {} : { href };
};

const attributesOf = (tag: string, attribs: Attributes, page: string): Attributes => {
  if (tag === 'img') return imageAttributes(attribs);
  if (tag === 'a') return linkAttributes(attribs, page);
  return Object.fromEntries(Object.entries(attribs).filter(([name]) => keptAttributes.includes(name)));
};

/** A link of an article, for those who read plain text. */
export interface BodyLink {
  readonly text: string;
  readonly url: string;
}

interface MailBody {
  readonly html: string;
  readonly links: readonly BodyLink[];
}

/**
 * Writes the sanitized body of an article for mail: each element carries its own style, headings stand one level
 * lower (the title in the letter is an h2), images have a width that fits, ids and classes are gone.
 * @param page address of the article's page
 */
export const writeMailBody = ({ html }: Pick<FullEntry, 'html'>, page: string, start: Start): MailBody => {
  const styles = mailStyles[start];
  const links = new Map<string, BodyLink>();
  const written = sanitizeHtml(html, {
    allowedTags: kept,
    allowedAttributes: false,
    allowedSchemes: ['http', 'https', 'mailto'],
    selfClosing: ['img', 'br', 'hr', 'wbr'],
    parseStyleAttributes: false,
    transformTags: {
      '*': (source, given): Tag => {
        const tagName = renamed.get(source) ?? source;
        const style = styles.get(source === 'summary' ? source : tagName);
        const attribs = attributesOf(tagName, given, page);
        if (soft.has(tagName)) attribs.class = 'soft';
        if (style) attribs.style = style;
        return { tagName, attribs };
      },
    },
    exclusiveFilter: ({ tag, attribs, text }) => {
      const url = attribs.href;
      if (tag === 'a' && url && !url.startsWith(page) && !links.has(url))
        links.set(url, { text: text.replace(/\s+/g, ' ').trim(), url });
      return false;
    },
  });
  return {
    // Wide tables scroll by themselves, and the keyboard reaches them.
    html: written
      .replace(/<table(?=[\s>])/g, '<div tabindex="0" style="margin:0 0 16px;overflow-x:auto"><table')
      .replaceAll('</table>', '</table></div>')
      // Within a block of code the block's own style is enough.
      .replace(/(<pre [^>]*>)<code [^>]*>/g, '$1<code>'),
    links: [...links.values()],
  };
};
