import { crc32 } from 'node:zlib';
import { createByteReader, createDamagedError, joinBytes, maxParts, toBytes } from './byte-reader.ts';
import { buildOrientationExif, parseExifOrientation } from './exif-orientation.ts';

const signatureLength = 8;
const headerLength = 13;
/** Chunks of the PNG specification, third edition, that decide what is seen: image, colors, size and animation. */
const shownChunks: ReadonlySet<string> = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD pHYs acTL fcTL fdAT'.split(' '),
);

/**
 * A PNG with its image data, color profile, orientation and animation only. Texts, times, chunks that are not known and
 * everything after the end are left out.
 * @throws {SeedRejected} for what is no PNG that browsers show
 */
export const stripPngMetadata = (bytes: Uint8Array): Uint8Array => {
  const reader = createByteReader(bytes, 'big');
  const kept = [reader.take(signatureLength)];
  let hasImageData = false;
  let hasExif = false;
  for (let count = 0; count < maxParts; count += 1) {
    const start = reader.getOffset();
    const length = reader.takeUint(4);
    const type = reader.takeText(4);
    const data = reader.take(length);
    const checksum = reader.takeUint(4);
    const chunk = bytes.subarray(start, reader.getOffset());
    if ((kept.length === 1) !== (type === 'IHDR')) throw createDamagedError(start);
    if (type === 'IHDR' && !isHeader(data)) throw createDamagedError(start);
    if (type === 'eXIf' && !hasExif) {
      hasExif = true;
      const exif = buildOrientationExif(parseExifOrientation(data));
      if (exif) kept.push(buildChunk(type, exif));
    } else if (shownChunks.has(type)) {
      if (crc32(chunk.subarray(4, -4)) !== checksum) throw createDamagedError(start);
      kept.push(chunk);
    } else if (isCritical(type)) throw createDamagedError(start);
    hasImageData ||= type === 'IDAT';
    if (type !== 'IEND') continue;
    if (!hasImageData || length > 0) throw createDamagedError(start);
    return joinBytes(kept);
  }
  throw createDamagedError(reader.getOffset());
};

/** Width and height come first. */
const isHeader = (data: Uint8Array): boolean =>
  data.length === headerLength &&
  data.subarray(0, 4).some((byte) => byte > 0) &&
  data.subarray(4, 8).some((byte) => byte > 0);

/** A capital first letter marks a chunk that decoders may not skip. */
const isCritical = (type: string): boolean => /^[A-Z]/.test(type);

const buildChunk = (type: string, data: Uint8Array): Uint8Array => {
  const typed = joinBytes([new TextEncoder().encode(type), data]);
  return joinBytes([toBytes(data.length, 4), typed, toBytes(crc32(typed), 4)]);
};
