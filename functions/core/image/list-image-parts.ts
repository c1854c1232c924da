import { createByteReader } from './byte-reader.ts';

/** A segment or chunk of a picture that was found to be whole. */
export interface ImagePart {
  readonly type: string;
  readonly data: Uint8Array;
}

const isWithoutLength = (marker: number): boolean =>
  marker === 0 || marker === 0x01 || marker === 0xd8 || (marker >= 0xd0 && marker <= 0xd7);

/** The segments of a JPEG up to its end. Their types are markers in hexadecimal digits. */
export const listJpegSegments = (bytes: Uint8Array): ImagePart[] => {
  const parts: ImagePart[] = [];
  for (let offset = bytes.indexOf(0xff); offset >= 0; offset = bytes.indexOf(0xff, offset)) {
    const marker = bytes[offset + 1] ?? 0xd9;
    if (marker === 0xd9) break;
    if (marker === 0xff || isWithoutLength(marker)) {
      offset += marker === 0xff ? 1 : 2;
      continue;
    }
    const length = ((bytes[offset + 2] ?? 0) << 8) | (bytes[offset + 3] ?? 0);
    parts.push({ type: marker.toString(16), data: bytes.subarray(offset + 4, offset + 2 + length) });
    offset += 2 + Math.max(2, length);
  }
  return parts;
};

export const listPngChunks = (bytes: Uint8Array): ImagePart[] => {
  const reader = createByteReader(bytes.subarray(8), 'big');
  const parts: ImagePart[] = [];
  while (!reader.isAtEnd() && parts.at(-1)?.type !== 'IEND') {
    const length = reader.takeUint(4);
    parts.push({ type: reader.takeText(4), data: reader.take(length) });
    reader.skip(4);
  }
  return parts;
};

export const listWebpChunks = (bytes: Uint8Array): ImagePart[] => {
  const header = createByteReader(bytes.subarray(4), 'little');
  const reader = createByteReader(header.take(header.takeUint(4)).subarray(4), 'little');
  const parts: ImagePart[] = [];
  while (!reader.isAtEnd()) {
    const type = reader.takeText(4);
    const length = reader.takeUint(4);
    parts.push({ type, data: reader.take(length) });
    if (length % 2 === 1 && !reader.isAtEnd()) reader.skip(1);
  }
  return parts;
};
