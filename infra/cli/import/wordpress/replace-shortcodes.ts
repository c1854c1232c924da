import { escapeAttribute } from '../../../../functions/core/text/escape-markup.ts';
import { embedRemark } from '../source/clean-source-html.ts';
import type { WxrMedia, WxrPicture } from './wxr-schema.ts';

/**
 * What may repeat is bounded, so that a text of nothing but openings does not take for ever. A shortcode with its
 * attributes, and what stands between it and its end.
 */
const createShortcodePattern = (name: string): RegExp =>
  new RegExp(`\\[${name}(\\s[^\\]]{0,1000})?\\]([\\s\\S]{0,5000}?)\\[/${name}\\]`, 'gi');

const parseAttributes = (written = ''): ReadonlyMap<string, string> =>
  new Map(
    Array.from(written.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))/g), (found) => [
      (found[1] ?? '').toLowerCase(),
      found[2] ?? found[3] ?? found[4] ?? '',
    ]),
  );

const renderFigure = (picture: string, caption: string): string =>
  caption === '' ? `<figure>${picture}</figure>` : `<figure>${picture}<figcaption>${caption}</figcaption></figure>`;

/** `[caption]<img> What it shows[/caption]`; older texts have the caption among the attributes. */
const renderCaption = (written: string | undefined, inside: string): string => {
  const [, picture = '', text = ''] = /^\s*((?:<a\s[^>]*>\s*)?<img[^>]*>(?:\s*<\/a>)?)([\s\S]*)$/i.exec(inside) ?? [];
  if (picture === '') return inside;
  return renderFigure(picture, text.trim() || (parseAttributes(written).get('caption') ?? ''));
};

/** Without numbers a gallery has all pictures that were uploaded for its post. */
const renderGallery = (
  written: string | undefined,
  { media, attached }: { readonly media: WxrMedia; readonly attached: readonly WxrPicture[] },
  remarks: Set<string>,
): string => {
  const attributes = parseAttributes(written);
  const ids = (attributes.get('ids') ?? attributes.get('include') ?? '').split(/[\s,]+/).filter(Boolean);
  const pictures: readonly (WxrPicture | undefined)[] = ids.length === 0 ? attached : ids.map((id) => media.get(id));
  if (pictures.length === 0 || pictures.includes(undefined)) remarks.add('a picture of a gallery is not in the export');
  return pictures
    .map((each) =>
      each ? renderFigure(`<img src="${escapeAttribute(each.url)}" alt="${escapeAttribute(each.alt)}">`, '') : '',
    )
    .join('\n');
};

const findMediaUrl = (written: string | undefined): string => {
  const attributes = parseAttributes(written);
  const names = ['src', 'mp4', 'webm', 'ogv', 'm4v', 'mp3', 'ogg', 'm4a', 'wav', 'url'];
  const source = names.map((name) => attributes.get(name)).find((each) => each !== undefined) ?? '';
  const bare = /https?:\/\/[^\s\]"']+/.exec(written ?? '')?.[0] ?? '';
  return source || bare;
};

const remainingShortcode = /\[\/?([a-z][\w-]{1,60})(?:\s+[\w-]+=[^\]]{0,1000})?\/?\]/g;

/** Leftovers that no plugin means: `[sic]` and the like have neither attributes nor an end. */
const isShortcode = (found: string, text: string, name: string): boolean =>
  found.includes('=') || text.includes(`[/${name}]`);

/** Shortcodes of plugins stay as they stand and are reported. */
export const replaceShortcodes = (
  text: string,
  media: WxrMedia,
  attached: readonly WxrPicture[] = [],
): { readonly html: string; readonly remarks: readonly string[] } => {
  const remarks = new Set<string>();
  const link = (address: string): string => {
    remarks.add(embedRemark);
    return address === '' ? '' : `\n\n<p>${escapeAttribute(address)}</p>\n\n`;
  };
  const html = text
    .replace(createShortcodePattern('(?:wp_)?caption'), (_all, written, inside) => renderCaption(written, inside))
    .replace(/\[gallery(\s[^\]]{0,1000})?\]/gi, (_all, written) => renderGallery(written, { media, attached }, remarks))
    .replace(createShortcodePattern('embed'), (_all, _written, inside) => link(inside.trim()))
    .replace(
      /\[(?:audio|video|playlist|youtube|vimeo)([\s=][^\]]{0,1000})?\](?:\s*\[\/(?:audio|video)\])?/gi,
      (_all, written) => link(findMediaUrl(written)),
    );
  for (const [found, name = ''] of html.matchAll(remainingShortcode))
    if (isShortcode(found, html, name)) remarks.add(`an unknown shortcode was kept: [${name}]`);
  return { html, remarks: [...remarks] };
};
