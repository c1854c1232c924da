import type { Entry, FullEntry } from './entry.ts';
import { fingerprint } from './identity.ts';
import { type Picture, type PictureSize, planPictureSizes } from './picture-sizes.ts';
import { sitePaths, toSiteUrl } from './site-paths.ts';
import { escapeAttribute, unescapeMarkup } from './text/escape-markup.ts';

type EntryPicture = NonNullable<Entry['pictures']>[number];

/** A picture of the site of a known size: of its address, what stands before its path is the site. */
export interface SitePicture {
  readonly site: string;
  readonly picture: EntryPicture;
}

/** An entry as far as it tells of pictures. */
export interface PictureEntry {
  readonly pictures?: Entry['pictures'] | undefined;
}

/** What is known of a picture by its address; undefined for one of another site. */
export const findSitePicture = (url: string, { pictures = [] }: PictureEntry): SitePicture | undefined => {
  const found = pictures.find(({ path }) => url.endsWith(toSiteUrl('', path)));
  return found && { site: url.slice(0, -toSiteUrl('', found.path).length), picture: found };
};

/**
 * The copies of a picture in JPEG or PNG for letters and feeds. Their names stay when another picture is uploaded, and
 * they are there as long as the picture, since nobody can change a letter that was sent.
 */
export const pictureCopyNames = ['small', 'large'] as const;
type PictureCopyName = (typeof pictureCopyNames)[number];
const maxCopyWidth = 960;

/** In JPEG or PNG, and in WebP for the pages of issues, which are as lasting as letters. */
export const pictureCopyFormats = ['compatible', 'webp'] as const;
type PictureCopyFormat = (typeof pictureCopyFormats)[number];

/** @param picturePath of the picture on the site */
export const toPictureCopyPath = (picturePath: string, name: PictureCopyName, format: PictureCopyFormat): string =>
  sitePaths.pictureSize(fingerprint('copies', picturePath), format === 'webp' ? `${name}-webp` : name);

export const listPictureCopyPaths = (picturePath: string): string[] =>
  pictureCopyNames.flatMap((name) => pictureCopyFormats.map((format) => toPictureCopyPath(picturePath, name, format)));

/** Which of a picture's sizes are its copies. */
export const selectPictureCopies = <T extends Pick<PictureSize, 'width'>>(
  compatible: readonly [T, ...T[]],
): Readonly<Record<PictureCopyName, T>> => ({
  small: compatible[0],
  large: compatible.findLast(({ width }) => width <= maxCopyWidth) ?? compatible[0],
});

export interface PictureCopy extends PictureSize {
  readonly url: string;
}

/** The copy that is at most twice as wide as it is shown, or else the smallest; undefined as long as there is none. */
export const findPictureCopy = ({ site, picture }: SitePicture, shownWidth: number): PictureCopy | undefined => {
  const [first, ...others] = planPictureSizes(picture).compatible;
  if (!picture.sizes || !first) return undefined;
  const copies = selectPictureCopies([first, ...others]);
  const name = copies.large.width <= 2 * shownWidth ? 'large' : 'small';
  return { url: toSiteUrl(site, toPictureCopyPath(picture.path, name, 'compatible')), ...copies[name] };
};

/** The height of a picture that is shown at a width. */
export const scaleHeight = ({ width, height }: Picture, shownWidth: number): number =>
  Math.max(1, Math.round((shownWidth * height) / width));

/** An image of a sanitized body, whose markup is written in one way alone. */
export interface BodyImage {
  readonly written: string;
  readonly url: string;
  /** Escaped for an attribute. */
  readonly alt: string;
  /** The other attributes. */
  readonly rest: string;
  /** As its author wants it shown, in pixels. */
  readonly width: number | undefined;
}

export const replaceBodyImages = (html: string, replace: (image: BodyImage) => string): string =>
  html.replace(/<img src="([^"]*)" alt="([^"]*)"([^<>]*)>/g, (written, src: string, alt: string, rest: string) => {
    const [, width] = / width="([1-9]\d*)"/.exec(rest) ?? [];
    return replace({ written, url: unescapeMarkup(src), alt, rest, width: width ? Number(width) : undefined });
  });

/** The picture of an entry, where its body does not show it. */
export const findLeadImage = ({ image, html }: Pick<FullEntry, 'image' | 'html'>): FullEntry['image'] =>
  image && !html.includes(escapeAttribute(image.url)) ? image : undefined;

/** A feed reader's column. */
const feedWidth = 800;

/** The pictures of a body as feeds show them. */
export const renderPictureCopies = (html: string, entry: PictureEntry): string =>
  entry.pictures
    ? replaceBodyImages(html, ({ written, url, alt, width }) => {
        const found = findSitePicture(url, entry);
        return found ? renderPictureCopy(found, { url, alt, width }) : written;
      })
    : html;

/** The page of an issue is as wide, and a phone's screen is as wide as its text. */
const issueSizes = '(min-width: 50rem) 50rem, 100vw';

/** The pictures of a body as the pages of issues show them: also in WebP. */
export const renderIssuePictures = (html: string, entry: PictureEntry): string =>
  entry.pictures
    ? replaceBodyImages(html, ({ written, url, alt, width }) => {
        const found = findSitePicture(url, entry);
        if (!found) return written;
        const image = renderPictureCopy(found, { url, alt, width });
        const sources = listWebpCopies(found);
        return sources === undefined
          ? image
          : `<picture><source type="image/webp" srcset="${sources}" sizes="${width === undefined ? issueSizes : `${width}px`}">${image}</picture>`;
      })
    : html;

const listWebpCopies = ({ site, picture }: SitePicture): string | undefined => {
  const [first, ...others] = planPictureSizes(picture).webp;
  if (!picture.sizes || !first) return undefined;
  const copies = selectPictureCopies([first, ...others]);
  const names = copies.small.width === copies.large.width ? (['large'] as const) : pictureCopyNames;
  return names
    .map((name) => `${toSiteUrl(site, toPictureCopyPath(picture.path, name, 'webp'))} ${copies[name].width}w`)
    .join(', ');
};

/** An entry's picture for programs that show one beside a title. */
export const findImageCopy = (
  image: Entry['image'],
  entry: PictureEntry,
): { readonly url: string; readonly width?: number; readonly height?: number } | undefined => {
  const found = image && findSitePicture(image.url, entry);
  return (found && findPictureCopy(found, feedWidth)) ?? image;
};

const renderPictureCopy = (
  found: SitePicture,
  { url, alt, width }: { readonly url: string; readonly alt: string; readonly width: number | undefined },
): string => {
  const { picture } = found;
  const copy = findPictureCopy(found, width ?? feedWidth);
  const shown = width ?? copy?.width ?? picture.width;
  const src = escapeAttribute(copy?.url ?? url);
  return `<img src="${src}" alt="${alt}" width="${shown}" height="${scaleHeight(picture, shown)}">`;
};
