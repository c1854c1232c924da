import sanitizeHtml, { type Attributes, type Tag } from 'sanitize-html';
import type { FullEntry } from '../entry.ts';
import { palette } from './palette.ts';

/** The widest an image may be: a letter of 600 pixels, less its margins. */
const widestImage = 552;

const kept =
  'p h3 h4 h5 h6 blockquote ul ol li dl dt dd pre hr div figure figcaption table caption thead tbody tfoot tr th td ' +
  'a abbr b strong i em u s del ins sub sup small mark q cite code kbd samp var dfn bdi bdo span ruby rt rp br wbr img';

const code = `font-family:Consolas,Menlo,monospace;font-size:15px;background-color:${palette.tint}`;
const smallHeading = 'margin:24px 0 8px;font-size:17px;line-height:1.35';
const cell = `padding:6px 0;padding-end:12px;border-bottom:1px solid ${palette.rule}`;

/**
 * Styles by element, written into each: mail clients drop style sheets. Where one side differs from the other,
 * `start` stands for the side that lines begin at, `end` for the other.
 */
const styles: Readonly<Record<string, string>> = {
  p: 'margin:0 0 16px',
  h3: 'margin:28px 0 10px;font-size:20px;line-height:1.3',
  h4: smallHeading,
  h5: smallHeading,
  h6: smallHeading,
  blockquote: `margin:0 0 16px;padding:0;padding-start:16px;border-start:3px solid ${palette.rule}`,
  ul: 'margin:0 0 16px;padding:0;padding-start:24px',
  ol: 'margin:0 0 16px;padding:0;padding-start:28px',
  li: 'margin:0 0 6px',
  dl: 'margin:0 0 16px',
  dt: 'font-weight:bold',
  dd: 'margin:0 0 8px;margin-start:24px',
  pre: `${code};margin:0 0 16px;padding:12px 14px;line-height:1.5;white-space:pre-wrap;overflow-wrap:anywhere`,
  hr: `margin:24px 0;border:0;border-top:1px solid ${palette.rule}`,
  figure: 'margin:0 0 16px',
  figcaption: `margin:6px 0 0;font-size:14px;line-height:1.45;color:${palette.soft}`,
  img: 'display:block;width:auto;max-width:100%;height:auto',
  table: 'width:100%;border-collapse:collapse;font-size:15px;line-height:1.4;word-break:normal',
  caption: `padding:0 0 6px;font-size:14px;color:${palette.soft};text-align:start`,
  tr: 'vertical-align:top',
  th: `${cell};text-align:start`,
  td: cell,
  code,
  kbd: code,
  samp: code,
  a: `color:${palette.accent}`,
  sup: 'line-height:0',
  sub: 'line-height:0',
  mark: `background-color:${palette.tint};color:inherit`,
};

/** The side that lines begin at. */
export type Start = 'left' | 'right';

const styleOf = (tag: string, start: Start): string | undefined =>
  styles[tag]
    ?.replace(/\b(padding|margin|border)-start/g, `$1-${start}`)
    .replace('padding-end', `padding-${start === 'left' ? 'right' : 'left'}`)
    .replace('text-align:start', `text-align:${start}`);

/** Classes that the dark colours hang on; nothing else does. */
const classes: Readonly<Record<string, string>> = { figcaption: 'soft', caption: 'soft' };

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
  const { lang, dir, colspan, rowspan, scope, start, type, value, reversed, title } = attribs;
  const defined = Object.entries({ lang, dir, colspan, rowspan, scope, start, type, value, reversed, title });
  return Object.fromEntries(
    defined.flatMap(([name, given]): [string, string][] => (given === undefined ? [] : [[name, given]])),
  );
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
  const links = new Map<string, BodyLink>();
  const written = sanitizeHtml(html, {
    allowedTags: kept.split(' '),
    allowedAttributes: false,
    allowedSchemes: ['http', 'https', 'mailto'],
    selfClosing: ['img', 'br', 'hr', 'wbr'],
    parseStyleAttributes: false,
    transformTags: {
      '*': (source, attribs): Tag => {
        const tagName = source.replace(
          /^h([1-5])$/,
          (_, level: string) => `h${Math.max(3, Number(level) + 1)}`,
        );
        const style = styleOf(tagName, start);
        const name = classes[tagName];
        return {
          tagName,
          attribs: {
            ...attributesOf(tagName, attribs, page),
            ...(name ? { class: name } : {}),
            ...(style ? { style } : {}),
          },
        };
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
