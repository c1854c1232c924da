import type { Entry } from '../entry.ts';
import { findPictureTexts, formatCaption } from '../picture-captions.ts';
import { type PictureSize, planPictureSizes, selectCompatibleSize } from '../picture-sizes.ts';
import { sitePaths, toSiteUrl } from '../site-paths.ts';
import { findSitePicture, replaceBodyImages, type SitePicture, scaleHeight } from '../site-pictures.ts';
import { escapeAttribute } from '../text/escape-markup.ts';

/** An article's text is as wide, and a phone's screen is as wide as its text. */
const textSizes = '(min-width: 38rem) 37rem, 100vw';

const toSizeUrl = (site: string, id: string, width: number, type: string): string =>
  toSiteUrl(site, sitePaths.pictureSize(id, `${width}.${type}`));

/** What a page needs to show a picture: its sizes, and a width and height that keep the place free until it is there. */
interface PictureSource {
  readonly src: string;
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** The sizes in WebP, and in a format that all browsers show. */
  readonly webp: string | undefined;
  readonly srcset: string | undefined;
}

const findSource = (url: string, found: SitePicture | undefined): PictureSource => {
  const none = { src: url, width: undefined, height: undefined, webp: undefined, srcset: undefined };
  if (!found) return none;
  const { site, picture } = found;
  const { width, height, sizes } = picture;
  const { webp, compatible } = planPictureSizes(picture);
  const last = compatible.at(-1);
  if (!sizes || !last) return { ...none, width, height };
  const toSourceSet = (type: string, list: readonly PictureSize[]): string =>
    list.map((size) => `${toSizeUrl(site, sizes.id, size.width, type)} ${size.width}w`).join(', ');
  return {
    src: toSizeUrl(site, sizes.id, last.width, sizes.type),
    width,
    height,
    webp: toSourceSet('webp', webp),
    srcset: toSourceSet(sizes.type, compatible),
  };
};

export interface PictureView extends PictureSource {
  readonly url: string;
  readonly alt: string;
  /** What is known of it, and who made it. */
  readonly caption: string;
}

/** An entry's picture for templates. */
export const buildPictureView = (
  image: Entry['image'],
  entry: Pick<Entry, 'pictures' | 'image'>,
): PictureView | undefined =>
  image && {
    url: image.url,
    alt: image.alt,
    caption: formatCaption(findPictureTexts(image.url, entry)),
    ...findSource(image.url, findSitePicture(image.url, entry)),
  };

interface PictureMarkup {
  readonly url: string;
  /** Escaped for an attribute. */
  readonly alt: string;
  /** As its author wants it shown, in pixels. */
  readonly width: number | undefined;
  readonly isLazy: boolean;
}

const renderPicture = (
  found: SitePicture,
  { url, alt, width = found.picture.width, isLazy }: PictureMarkup,
): string => {
  const { src, srcset, webp } = findSource(url, found);
  const shown = width < found.picture.width ? `${width}px` : textSizes;
  const image = [
    `<img src="${escapeAttribute(src)}"`,
    ...(srcset ? [`srcset="${srcset}" sizes="${shown}"`] : []),
    `alt="${alt}" width="${width}" height="${scaleHeight(found.picture, width)}"`,
    `${isLazy ? 'loading="lazy"' : 'loading="eager" fetchpriority="high"'}>`,
  ].join(' ');
  return webp ? `<picture><source type="image/webp" srcset="${webp}" sizes="${shown}">${image}</picture>` : image;
};

/** The pictures of a sanitized body. The lead is loaded at once. */
export const renderBodyPictures = (html: string, entry: Pick<Entry, 'pictures' | 'image'>): string =>
  entry.pictures
    ? replaceBodyImages(html, ({ written, url, alt, width }) => {
        const found = findSitePicture(url, entry);
        return found ? renderPicture(found, { url, alt, width, isLazy: url !== entry.image?.url }) : written;
      })
    : html;

/** Services that show a preview of a link want 1200 pixels, in JPEG or PNG. */
const previewWidth = 1200;

/** An entry's picture for previews of its link. */
export const findPreviewImage = (
  entry: Pick<Entry, 'pictures' | 'image'>,
): { readonly url: string; readonly width?: number; readonly height?: number } | undefined => {
  if (!entry.image) return undefined;
  const { url } = entry.image;
  const found = findSitePicture(url, entry);
  const size = found && selectCompatibleSize(found.picture, previewWidth);
  if (!found?.picture.sizes || !size) return { url };
  const { id, type } = found.picture.sizes;
  return { url: toSizeUrl(found.site, id, size.width, type), ...size };
};
