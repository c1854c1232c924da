import type { Attributes } from 'sanitize-html';
import type { CutText } from '../../article.ts';
import { cleanLine } from '../../text/clean-text.ts';
import { truncate } from '../../text/truncate.ts';
import { decodeFragment, toSeedElementId } from './element-ids.ts';
import type { UrlResolver } from './url-resolver.ts';

const blockTags = 'p h1 h2 h3 h4 h5 h6 blockquote ul ol li dl dt dd pre hr div figure figcaption details summary';
const tableTags = 'table caption thead tbody tfoot tr th td';
const inlineTags =
  'a abbr b strong i em u s del ins sub sup small mark q cite code kbd samp var dfn time bdi bdo span ruby rt rp br wbr img';

export const allowedTags: ReadonlySet<string> = new Set(`${blockTags} ${tableTags} ${inlineTags}`.split(' '));

/** Elements that are removed with their content. Of others that are not allowed, the content stays. */
export const discardedTags: readonly string[] =
  'script style textarea option xmp title template noscript noembed noframes plaintext iframe object applet svg canvas audio video select button datalist'.split(
    ' ',
  );

export const tagReplacements: ReadonlyMap<string, string> = new Map([
  ...'section article main header footer aside address center fieldset hgroup'
    .split(' ')
    .map((tag): [string, string] => [tag, 'div']),
  ['acronym', 'abbr'],
  ['strike', 's'],
  ['tt', 'code'],
  ['dir', 'ul'],
  ['menu', 'ul'],
]);

const wholeNumber = /^\d{1,5}$/;
const attributePatterns: Readonly<Record<string, RegExp>> = {
  lang: /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/,
  dir: /^(?:ltr|rtl|auto)$/,
  width: wholeNumber,
  height: wholeNumber,
  colspan: /^[1-9]\d{0,2}$/,
  rowspan: /^[1-9]\d{0,2}$/,
  scope: /^(?:row|col|rowgroup|colgroup)$/,
  start: /^-?\d{1,6}$/,
  value: /^-?\d{1,6}$/,
  type: /^[1aAiI]$/,
  align: /^(?:left|center|right)$/,
  /** Callouts, and lists that show no bullets. */
  role: /^(?:note|list)$/,
  datetime: /^[-+:.\dTWZPYMDHS ]{1,40}$/,
};

const attributesByTag: Readonly<Record<string, readonly string[]>> = {
  img: ['width', 'height'],
  td: ['colspan', 'rowspan', 'align'],
  th: ['colspan', 'rowspan', 'scope', 'align'],
  blockquote: ['role'],
  ul: ['role'],
  ol: ['start', 'type'],
  li: ['value'],
  time: ['datetime'],
  del: ['datetime'],
  ins: ['datetime'],
};

const toLinkAttributes = (href: string, resolveUrl: UrlResolver, home: string | undefined): Attributes => {
  const written = href.trim();
  if (written.length > 1 && written.startsWith('#')) return { href: `#${toSeedElementId(decodeFragment(written))}` };
  const url = resolveUrl(written, 'link');
  if (url === undefined) return {};
  const isExternal = /^https?:/.test(url) && (home === undefined || !url.startsWith(home));
  return isExternal ? { href: url, rel: 'noopener' } : { href: url };
};

/** Pictures of a pixel or two count readers. */
const isPixel = ({ width, height }: Attributes): boolean =>
  [width, height].some((size) => size !== undefined && /^[012]\s*(?:px)?$/.test(size.trim()));

/** Undefined for an image without an address and for a tracking pixel. */
const toImageAttributes = (attribs: Attributes, resolveUrl: UrlResolver): Attributes | undefined => {
  const src = resolveUrl(attribs.src ?? '', 'image');
  return src === undefined || isPixel(attribs) ? undefined : { src, alt: cleanLine(attribs.alt ?? '') };
};

/** The attributes that an element keeps; undefined where the element itself must be unwrapped. */
export const selectAttributes = (
  tag: string,
  attribs: Attributes,
  resolveUrl: UrlResolver,
  home: string | undefined,
): Attributes | undefined => {
  const kept: Attributes = {};
  if (attribs.id?.trim()) kept.id = toSeedElementId(attribs.id);
  const alignment = /(?:^|;)\s*text-align\s*:\s*(left|center|right)/i.exec(attribs.style ?? '')?.[1];
  if (alignment !== undefined && /^t[dh]$/.test(tag)) kept.align = alignment.toLowerCase();
  for (const name of ['lang', 'dir', ...(attributesByTag[tag] ?? [])]) {
    const value = attribs[name]?.trim();
    if (value !== undefined && attributePatterns[name]?.test(value)) kept[name] = value;
  }
  if (tag === 'ol' && attribs.reversed !== undefined) kept.reversed = 'reversed';
  if (tag === 'abbr' && attribs.title?.trim()) kept.title = cleanLine(attribs.title);
  if (tag === 'a') {
    const href = toLinkAttributes(attribs.href ?? '', resolveUrl, home);
    return href.href === undefined && kept.id === undefined ? undefined : { ...kept, ...href };
  }
  if (tag === 'img') {
    const image = toImageAttributes(attribs, resolveUrl);
    return image && { ...image, ...kept };
  }
  const saysNothing = tag === 'bdo' ? !kept.dir : tag === 'span' && Object.keys(kept).length === 0;
  return saysNothing ? undefined : kept;
};

const maxDescriptionLength = 2000;

const describe = (...parts: readonly (string | undefined)[]): string =>
  parts
    .map((part) => cleanLine((part ?? '').slice(0, 2 * maxDescriptionLength).toWellFormed()))
    .filter(Boolean)
    .map((part) => truncate(part, maxDescriptionLength))
    .join(' ');

const findImageReason = (attribs: Attributes): string => {
  const written = attribs.src?.trim() ?? '';
  if (isPixel(attribs)) return 'invisible picture';
  if (written === '') return 'picture without an address';
  return written.startsWith('data:') ? 'picture within the text (data:)' : 'picture that cannot be published';
};

/**
 * What is lost with the attributes of an element that are not kept: addresses, and titles that say more than it does.
 */
export const listLostAttributes = (tag: string, attribs: Attributes, kept: Attributes | undefined): CutText[] => {
  const { alt = '', href = '', src = '', title = '' } = attribs;
  if (tag === 'img' && !kept) {
    const address = src.trim().startsWith('data:') ? '' : src;
    return [{ text: describe(alt || title, address) || 'picture', reason: findImageReason(attribs) }];
  }
  if (tag === 'img' && title.trim() !== '' && !alt.includes(title.trim()))
    return [{ text: describe(title), reason: 'title of a picture' }];
  if (tag !== 'a') return [];
  const isLost = href.trim() !== '' && kept?.href === undefined;
  return [
    ...(isLost ? [{ text: describe(href), reason: 'address that a link may not have' }] : []),
    ...(title.trim() === '' || href.includes(title.trim())
      ? []
      : [{ text: describe(title), reason: 'title of a link' }]),
  ];
};
