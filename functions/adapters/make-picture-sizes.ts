import { SeedRejected } from '../core/article.ts';
import { addPictureMetadata, type PictureMetadata } from '../core/image/add-picture-metadata.ts';
import { readColorProfile } from '../core/image/color-profile.ts';
import { inspectImage } from '../core/image/inspect-image.ts';
import { readPictureCredits } from '../core/image/read-picture-credits.ts';
import { stripImageMetadata } from '../core/image/strip-image-metadata.ts';
import { type PixelBuffer, turnPixels } from '../core/image/turn-pixels.ts';
import { type PictureSize, planPictureSizes } from '../core/picture-sizes.ts';
import { findImageType } from '../core/seed-kind.ts';
import type { PictureCodecs } from './picture-codecs.ts';

export interface MadeSizes {
  /** Of those beside WebP; undefined where there are none. */
  readonly type: 'jpg' | 'png' | undefined;
  /** Named by their width and format. */
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

const damaged =
  'The image is damaged: what is stored in it cannot be read. Save it again in an image editor and upload that.';

const hasTransparency = ({ data }: PixelBuffer): boolean => {
  for (let offset = 3; offset < data.length; offset += 4) if (data[offset] !== 255) return true;
  return false;
};

/**
 * The sizes of a picture in WebP, and in JPEG or PNG, without metadata but its color profile and a copyright notice. The
 * same picture gives the same bytes.
 * @throws {SeedRejected} for a picture that cannot be read
 */
export const makePictureSizes = async (codecs: PictureCodecs, key: string, bytes: Uint8Array): Promise<MadeSizes> => {
  const stripped = stripImageMetadata(key, bytes);
  const facts = inspectImage(key, stripped);
  const { webp, compatible } = planPictureSizes(facts);
  const widest = [...webp, ...compatible].reduce((a, b) => (b.width > a.width ? b : a), { width: 0, height: 0 });
  if (!facts.canBeResized || widest.width === 0) return { type: undefined, files: [] };
  const decoded = await decode(codecs, key, stripped);
  const isOnItsSide = facts.orientation > 4;
  const stored = isOnItsSide ? { width: facts.height, height: facts.width } : facts;
  if (decoded.width !== stored.width || decoded.height !== stored.height) throw new SeedRejected(damaged);
  const hasAlpha = hasTransparency(decoded);
  const [width, height] = isOnItsSide ? [widest.height, widest.width] : [widest.width, widest.height];
  const base = turnPixels(codecs.scale(decoded, width, height, hasAlpha), facts.orientation);
  const scale = (size: PictureSize): PixelBuffer =>
    size.width === base.width ? base : codecs.scale(base, size.width, size.height, hasAlpha);
  const metadata = { profile: readColorProfile(key, stripped), copyright: readPictureCredits(key, bytes).copyright };
  const { type, isLossless } = await selectFormats(codecs, {
    smallest: scale(compatible[0] ?? widest),
    isPng: key.toLowerCase().endsWith('.png'),
    hasAlpha,
  });
  const write = { metadata, scale };
  return {
    type,
    files: [
      ...(await writeAll(write, 'webp', webp, (pixels) => codecs.encodeWebp(pixels, isLossless))),
      ...(await writeAll(write, type, compatible, type === 'png' ? codecs.encodePng : codecs.encodeJpeg)),
    ],
  };
};

const decode = async (codecs: PictureCodecs, key: string, stripped: Uint8Array): Promise<PixelBuffer> => {
  try {
    return await codecs.decode(findImageType(key) ?? '', stripped);
  } catch (cause) {
    throw new SeedRejected(damaged, undefined, { cause });
  }
};

/** Photographs take ten times as much and more without loss, drawings and screenshots hardly more. */
const maxLosslessFactor = 2;
/** A picture that is as small as this has no loss, however small it would be with some. */
const freeLosslessBytes = 4_000;

/** JPEG has no transparency. */
const selectFormats = async (
  codecs: PictureCodecs,
  {
    smallest,
    isPng,
    hasAlpha,
  }: { readonly smallest: PixelBuffer; readonly isPng: boolean; readonly hasAlpha: boolean },
): Promise<{ readonly type: 'jpg' | 'png'; readonly isLossless: boolean }> => {
  const isDrawing =
    isPng &&
    (await codecs.encodePng(smallest)).length <=
      Math.max(freeLosslessBytes, maxLosslessFactor * (await codecs.encodeJpeg(smallest)).length);
  const isLossless =
    isDrawing && (await codecs.encodeWebp(smallest, true)).length <= (await codecs.encodeWebp(smallest, false)).length;
  return { type: hasAlpha || isDrawing ? 'png' : 'jpg', isLossless };
};

const writeAll = async (
  { metadata, scale }: { readonly metadata: PictureMetadata; readonly scale: (size: PictureSize) => PixelBuffer },
  type: 'jpg' | 'png' | 'webp',
  sizes: readonly PictureSize[],
  encode: (pixels: PixelBuffer) => Promise<Uint8Array>,
): Promise<MadeSizes['files']> => {
  const files = [];
  for (const size of sizes) {
    const encoded = await encode(scale(size));
    files.push({ name: `${size.width}.${type}`, bytes: addPictureMetadata(type, encoded, metadata, size) });
  }
  return files;
};
