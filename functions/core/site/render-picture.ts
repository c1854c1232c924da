import type { Entry } from '../entry.ts';
import { type Picture, type PictureSize, planPictureSizes } from '../picture-sizes.ts';
import { sitePaths, toSiteUrl } from '../site-paths.ts';
import { escapeAttribute } from '../text/escape-markup.ts';

/** A page's text is not wider, and a phone's screen is as wide as its text. */
const textSizes = '(min-width: 50rem) 50rem, 100vw';

/** The folder of a site's picture of a known size: of its address, what stands before its path is the site. */
interface SitePicture {
  readonly site: string;
  readonly picture: Picture;
}

/** What is known of a picture by its address; undefined for one of another site. */
export const findSitePicture = (url: string, { pictures = [] }: Pick<Entry, 'pictures'>): SitePicture | undefined => {
  const found = pictures.find(({ path }) => url.endsWith(toSiteUrl('', path)));
  return found && { site: url.slice(0, -toSiteUrl('', found.path).length), picture: found };
};

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
  const height = Math.max(1, Math.round((width * picture.height) / picture.width));
  const { webp, compatible } = planPictureSizes(picture);
  const { sizes } = picture;
  const shown = width < picture.width ? `${width}px` : textSizes;
  const last = compatible.at(-1);
  const source =
    sizes && last ? toSiteUrl(site, sitePaths.pictureSize(sizes.id, `${last.width}.${sizes.type}`)) : undefined;
  const image = [
    '<img',
    `src="${source ? escapeAttribute(source) : url}"`,
    ...(sizes ? [`srcset="${toSourceSet(site, sizes.id, sizes.type, compatible)}" sizes="${shown}"`] : []),
    `alt="${alt}" width="${width}" height="${height}"`,
    `${isLazy ? 'loading="lazy"' : 'loading="eager" fetchpriority="high"'}>`,
  ].join(' ');
  if (!sizes) return image;
  const set = toSourceSet(site, sizes.id, 'webp', webp);
  return `<picture><source type="image/webp" srcset="${set}" sizes="${shown}">${image}</picture>`;
};

/** The pictures of a sanitized body, whose markup is written in one way alone. The lead is loaded at once. */
export const renderBodyPictures = (html: string, entry: Pick<Entry, 'pictures' | 'image'>): string => {
  if (!entry.pictures) return html;
  const lead = entry.image && escapeAttribute(entry.image.url);
  return html.replace(
    /<img src="([^"]*)" alt="([^"]*)"([^<>]*)>/g,
    (written, url: string, alt: string, rest: string) => {
      const found = findSitePicture(url, entry);
      if (!found) return written;
      const [, width] = / width="([1-9]\d*)"/.exec(rest) ?? [];
      return renderPicture(found, { url, alt, isLazy: url !== lead, ...(width && { width: Number(width) }) });
    },
  );
};
