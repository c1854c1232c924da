import { SeedRejected } from '../article.ts';
import { createByteReader, joinBytes, startsWithText, toBytes } from './byte-reader.ts';

const orientationTag = 0x0112;
const shortType = 3;
const upright = 1;

/** `Exif` and two NULs, which stand before the TIFF structure in JPEG, and by mistake in some WebP files. */
export const exifPrefix = 'Exif\0\0';

/** How an image is turned, from 1 (upright) to 8; 1 where its EXIF is broken or says nothing. */
export const parseExifOrientation = (exif: Uint8Array): number => {
  try {
    return findOrientation(startsWithText(exif, exifPrefix) ? exif.subarray(exifPrefix.length) : exif);
  } catch (error) {
    if (error instanceof SeedRejected) return upright;
    throw error;
  }
};

const findOrientation = (tiff: Uint8Array): number => {
  const byteOrder = startsWithText(tiff, 'II') ? 'little' : 'big';
  const header = createByteReader(tiff.subarray(2), byteOrder);
  if (header.takeUint(2) !== 42) return upright;
  const directory = createByteReader(tiff.subarray(header.takeUint(4)), byteOrder);
  const entryCount = directory.takeUint(2);
  for (let index = 0; index < entryCount; index += 1) {
    const entry = createByteReader(directory.take(12), byteOrder);
    if (entry.takeUint(2) !== orientationTag) continue;
    const isOneShort = entry.takeUint(2) === shortType && entry.takeUint(4) === 1;
    const value = entry.takeUint(2);
    return isOneShort && value >= 1 && value <= 8 ? value : upright;
  }
  return upright;
};

/** EXIF (a TIFF structure) with nothing but an orientation; undefined for an upright image, which needs none. */
export const buildOrientationExif = (orientation: number): Uint8Array | undefined =>
  orientation === upright
    ? undefined
    : joinBytes([
        Uint8Array.of(0x4d, 0x4d, 0, 42),
        toBytes(8, 4),
        toBytes(1, 2),
        toBytes(orientationTag, 2),
        toBytes(shortType, 2),
        toBytes(1, 4),
        toBytes(orientation, 2),
        toBytes(0, 2),
        toBytes(0, 4),
      ]);
