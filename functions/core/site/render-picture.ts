import type { Entry } from '../entry.ts';
import { type PictureSize, planPictureSizes } from '../picture-sizes.ts';
import { sitePaths, toSiteUrl } from '../site-paths.ts';
import { findSitePicture, replaceBodyImages, type SitePicture, scaleHeight } from '../site-pictures.ts';
import { escapeAttribute } from '../text/escape-markup.ts';

/** A page's text is not wider, and a phone's screen is as wide as its text. */
const textSizes = '(min-width: 50rem) 50rem, 100vw';

const toSourceSet = (site: string, id: string, type: string, sizes: readonly PictureSize[]): string =>
  sizes.map(({ width }) => `${toSiteUrl(site, sitePaths.pictureSize(id, `${width}.${type}`))} ${width}w`).join(', ');

interface PictureMarkup {
  readonly url: string;
  /** Escaped for an attribute. */
  readonly alt: string;
  /** As its author wants it shown, in pixels. */
  readonly width?: number;
  readonly isLazy: boolean;
}

/** A picture with its sizes. Its width and height keep the place free until it is there. */
const renderPicture = (
  { site, picture }: SitePicture,
  { url, alt, width = picture.width, isLazy }: PictureMarkup,
): string => {
  const { webp, compatible } = planPictureSizes(picture);
  const { sizes } = picture;
  const shown = width < picture.width ? `${width}px` : textSizes;
  const last = compatible.at(-1);
  const source =
    sizes && last ? toSiteUrl(site, sitePaths.pictureSize(sizes.id, `${last.width}.${sizes.type}`)) : undefined;
  const image = [
    '<img',
    `src="${escapeAttribute(source ?? url)}"`,
    ...(sizes ? [`srcset="${toSourceSet(site, sizes.id, sizes.type, compatible)}" sizes="${shown}"`] : []),
    `alt="${alt}" width="${width}" height="${scaleHeight(picture, width)}"`,
    `${isLazy ? 'loading="lazy"' : 'loading="eager" fetchpriority="high"'}>`,
  ].join(' ');
  if (!sizes) return image;
  const set = toSourceSet(site, sizes.id, 'webp', webp);
  return `<picture><source type="image/webp" srcset="${set}" sizes="${shown}">${image}</picture>`;
};

/** The pictures of a sanitized body. The lead is loaded at once. */
export const renderBodyPictures = (html: string, entry: Pick<Entry, 'pictures' | 'image'>): string =>
  entry.pictures
    ? replaceBodyImages(html, ({ written, url, alt, width }) => {
        const found = findSitePicture(url, entry);
        const isLazy = url !== entry.image?.url;
        return found ? renderPicture(found, { url, alt, isLazy, ...(width !== undefined && { width }) }) : written;
      })
    : html;
