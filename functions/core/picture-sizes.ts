import * as z from 'zod';

/** What its file says of a picture to readers. */
export const pictureTextsSchema = z.object({
  caption: z.string().exactOptional(),
  credit: z.string().exactOptional(),
  copyright: z.string().exactOptional(),
});
export type PictureTexts = z.infer<typeof pictureTextsSchema>;

/** A picture as it is shown, turned as its EXIF says. */
export const pictureSchema = pictureTextsSchema.extend({
  width: z.number(),
  height: z.number(),
  /** Its smaller copies on the site, if there are any yet: the folder that they are in, and their format beside WebP. */
  sizes: z.object({ id: z.string(), type: z.enum(['jpg', 'png']) }).exactOptional(),
});
export type Picture = z.infer<typeof pictureSchema>;

/** Pixels. A page is at most 800 wide, and a dense screen has two for each. */
const webpWidths = [480, 960, 1600];
/** Open Graph wants 1200. Letters and feeds have up to 960. */
const compatibleWidths = [480, 960, 1200];
/** A picture that is hardly wider than a size does not get one more of its own width. */
const minStep = 1.2;
/** Of WebP, in pixels each way. */
const maxSidePixels = 16_383;

const fitWidths = (widths: readonly number[], pictureWidth: number): number[] => {
  const narrower = widths.filter((width) => width < pictureWidth);
  const isWide = narrower.length === widths.length || pictureWidth < (narrower.at(-1) ?? 0) * minStep;
  return isWide ? narrower : [...narrower, pictureWidth];
};

const findHeight = ({ width, height }: PictureSize, scaledWidth: number): number =>
  Math.max(1, Math.round((height * scaledWidth) / width));

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

export interface PictureSizes {
  readonly webp: readonly PictureSize[];
  /** JPEG or PNG. */
  readonly compatible: readonly PictureSize[];
}

/** The sizes of a picture, the narrowest first: never larger than itself. Empty where one would be too high for WebP. */
export const planPictureSizes = (picture: PictureSize): PictureSizes => {
  const toSizes = (widths: readonly number[]) =>
    fitWidths(widths, picture.width).map((width) => ({ width, height: findHeight(picture, width) }));
  const sizes = { webp: toSizes(webpWidths), compatible: toSizes(compatibleWidths) };
  const isTooHigh = [...sizes.webp, ...sizes.compatible].some(({ height }) => height > maxSidePixels);
  return isTooHigh ? { webp: [], compatible: [] } : sizes;
};

/** The largest size up to a width, or else the smallest; undefined where there are none. */
export const selectCompatibleSize = (picture: PictureSize, maxWidth: number): PictureSize | undefined => {
  const { compatible } = planPictureSizes(picture);
  return compatible.findLast(({ width }) => width <= maxWidth) ?? compatible[0];
};
