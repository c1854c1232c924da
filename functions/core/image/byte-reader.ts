import { SeedRejected } from '../article.ts';

/** Reads an image from its start, and never past its end: all but the first two throw SeedRejected there. */
export interface ByteReader {
  readonly getOffset: () => number;
  readonly isAtEnd: () => boolean;
  readonly skip: (length: number) => void;
  /** The next bytes, which are not copied. */
  readonly take: (length: number) => Uint8Array;
  /** An unsigned number of up to eight bytes. */
  readonly takeUint: (length: number) => number;
  readonly takeText: (length: number) => string;
}

export const createByteReader = (bytes: Uint8Array, byteOrder: 'big' | 'little'): ByteReader => {
  let offset = 0;
  const skip = (length: number): void => {
    if (length > bytes.length - offset) throw createTruncatedError();
    offset += length;
  };
  const take = (length: number): Uint8Array => {
    skip(length);
    return bytes.subarray(offset - length, offset);
  };
  return {
    getOffset: () => offset,
    isAtEnd: () => offset === bytes.length,
    skip,
    take,
    takeUint: (length) => {
      skip(length);
      let value = 0;
      for (let index = 0; index < length; index += 1)
        value = value * 256 + (bytes[byteOrder === 'big' ? offset - length + index : offset - 1 - index] ?? 0);
      return value;
    },
    takeText: (length) => toLatin1(take(length)),
  };
};

/**
 * Segments, chunks, blocks or boxes of one image. Pictures have some hundred, long animations some thousand; without a
 * limit, millions of empty ones would take much time and memory.
 */
export const maxParts = 100_000;

export const toLatin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

export const startsWithText = (bytes: Uint8Array, text: string): boolean =>
  toLatin1(bytes.subarray(0, text.length)) === text;

export const joinBytes = (parts: readonly Uint8Array[]): Uint8Array => {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
};

/** Big-endian bytes of a number. */
export const toBytes = (value: number, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => Math.floor(value / 256 ** (length - 1 - index)) % 256);

export const createTruncatedError = (): SeedRejected =>
  new SeedRejected('The image is cut off before its end. Upload the whole file again.');

export const createDamagedError = (offset: number): SeedRejected =>
  new SeedRejected(
    'The image is damaged, or of a kind that web browsers do not show. Save it again in an image editor and upload that.',
    `byte ${offset + 1}`,
  );
