import type { DigestMessages } from '../../messages.ts';
import { findPictureCopy, findSitePicture, type PictureEntry } from '../../site-pictures.ts';

/** Outlook for Windows shows JPEG, PNG and GIF; some readers cannot see AVIF, WebP and the like in other programs. */
const otherFormat = /\.(?:webp|avif|svgz?|heic|heif|jxl|tiff?|bmp|ico)$|[?&](?:fm|format|f)=(?:webp|avif|svg|jxl)\b/i;

/** Whether all mail programs show the picture, as far as its address tells. */
export const isMailPicture = (url: string): boolean => {
  const [path = '', query = ''] = url.split('#', 1).join('').split('?', 2);
  return !otherFormat.test(path) && !otherFormat.test(`?${query}`);
};

/** Of a picture in another format: whether a link stands in its place, or a text, where it is in a link already. */
export const insteadAttribute = 'data-instead';

const maxMailPictureWidthPx = 552;

/** As WordPress names its copies (`quay-300x200.jpg`), and services that scale pictures are asked (`?w=300`). */
const widthInAddress = [
  /[-_](\d{1,4})x\d{1,4}\.(?:jpe?g|png|gif)(?:$|[?#])/i,
  /[?&;](?:w|width)=(\d{1,4})(?:px)?(?:$|[&#])/i,
];

/**
 * The width in pixels for Outlook for Windows, which reads the attribute, and otherwise shows a picture in its own size,
 * also where that is wider than the letter. So one of unknown size is as wide as the letter unless it stands in a line.
 */
export const findMailPictureWidth = (src: string, stated: number, isInline: boolean): number | undefined => {
  const found = widthInAddress.map((pattern) => Number(pattern.exec(src)?.[1] ?? 0)).find((width) => width > 0);
  const width = stated || found || (isInline ? 0 : maxMailPictureWidthPx);
  return width > 0 ? Math.min(Math.round(width), maxMailPictureWidthPx) : undefined;
};

export type PictureWords = Pick<DigestMessages, 'picture' | 'colon'>;

export const formatPictureLabel = ({ picture, colon }: PictureWords, alt: string): string =>
  alt === '' ? picture : `${picture}${colon} ${alt}`;

export interface MailPicture {
  readonly url: string;
  readonly width: number | undefined;
  /** Whether all mail programs show it. */
  readonly isShown: boolean;
}

interface ShownPicture {
  readonly url: string;
  /** As its author wants it shown, in pixels. */
  readonly width?: number | undefined;
  readonly isInline?: boolean;
}

/** A picture as mails have it: the site's in a copy of the size that is needed. */
export const selectMailPicture = (
  { url, width = 0, isInline = false }: ShownPicture,
  entry: PictureEntry,
): MailPicture => {
  const found = findSitePicture(url, entry);
  if (!found) return { url, width: findMailPictureWidth(url, width, isInline), isShown: isMailPicture(url) };
  const shownWidth = Math.min(width || found.picture.width, maxMailPictureWidthPx);
  const source = findPictureCopy(found, shownWidth)?.url ?? url;
  return { url: source, width: shownWidth, isShown: isMailPicture(source) };
};
