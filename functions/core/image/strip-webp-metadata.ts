import { type ByteReader, createByteReader, createDamagedError, joinBytes, maxParts, toBytes } from './byte-reader.ts';
import { buildOrientationExif, parseExifOrientation } from './exif-orientation.ts';

const riffHeaderLength = 12;
const extendedHeaderLength = 10;
const frameHeaderLength = 16;
/** Bits of the first byte of `VP8X`. */
const flags = { color: 0x20, alpha: 0x10, exif: 0x08, animation: 0x02 } as const;

/**
 * A WebP with its image data, color profile, orientation and animation only. XMP, chunks that are not known and
 * everything after the end are left out.
 * @throws {SeedRejected} for what is no WebP that browsers show
 */
export const stripWebpMetadata = (bytes: Uint8Array): Uint8Array => {
  const header = createByteReader(bytes, 'little');
  header.skip(4);
  const riff = createByteReader(header.take(header.takeUint(4)), 'little');
  riff.skip(4);
  const [first, ...others] = readChunks(riff);
  if (first && isImage(first)) return buildWebp([first]);
  if (first?.type !== 'VP8X' || first.data.length !== extendedHeaderLength) throw createDamagedError(riffHeaderLength);
  return buildWebp(selectChunks(first.data, others));
};

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
}

/** A chunk of an odd length is followed by a byte that does not count. */
const readChunks = (reader: ByteReader): Chunk[] => {
  const chunks: Chunk[] = [];
  while (!reader.isAtEnd()) {
    const type = reader.takeText(4);
    const length = reader.takeUint(4);
    const data = reader.take(length);
    if (length % 2 === 1 && !reader.isAtEnd()) reader.skip(1);
    if (chunks.push({ type, data }) > maxParts) throw createDamagedError(reader.getOffset());
  }
  return chunks;
};

const selectChunks = (header: Uint8Array, chunks: readonly Chunk[]): Chunk[] => {
  const isAnimated = ((header[0] ?? 0) & flags.animation) > 0;
  const profile = chunks.find(({ type }) => type === 'ICCP');
  const metadata = chunks.find(({ type }) => type === 'EXIF');
  const exif = metadata && buildOrientationExif(parseExifOrientation(metadata.data));
  const shown = isAnimated ? selectAnimation(chunks) : selectImage(chunks);
  const used =
    ((header[0] ?? 0) & (flags.alpha | flags.animation)) | (profile ? flags.color : 0) | (exif ? flags.exif : 0);
  return [
    { type: 'VP8X', data: joinBytes([Uint8Array.of(used, 0, 0, 0), header.subarray(4)]) },
    ...(profile ? [profile] : []),
    ...shown,
    ...(exif ? [{ type: 'EXIF', data: exif }] : []),
  ];
};

const selectAnimation = (chunks: readonly Chunk[]): Chunk[] => {
  const settings = chunks.find(({ type }) => type === 'ANIM');
  const frames = chunks.filter(({ type }) => type === 'ANMF').map(stripFrame);
  if (!settings || frames.length === 0) throw createDamagedError(riffHeaderLength);
  return [settings, ...frames];
};

const stripFrame = ({ type, data }: Chunk): Chunk => {
  const reader = createByteReader(data, 'little');
  const header = reader.take(frameHeaderLength);
  return { type, data: joinBytes([header, ...selectImage(readChunks(reader)).map(buildChunk)]) };
};

/** The one image of a frame or file, and its alpha channel. */
const selectImage = (chunks: readonly Chunk[]): Chunk[] => {
  const image = chunks.find(isImage);
  if (!image) throw createDamagedError(riffHeaderLength);
  const alpha = image.type === 'VP8 ' && chunks.find(({ type }) => type === 'ALPH');
  return alpha ? [alpha, image] : [image];
};

/** RFC 6386, 9.1: a key frame has its start code after three bytes. A lossless image starts with its signature. */
const isImage = ({ type, data }: Chunk): boolean => {
  if (type === 'VP8L') return data.length > 5 && data[0] === 0x2f;
  return type === 'VP8 ' && data.length > 10 && data[3] === 0x9d && data[4] === 0x01 && data[5] === 0x2a;
};

const buildChunk = ({ type, data }: Chunk): Uint8Array =>
  joinBytes([
    new TextEncoder().encode(type),
    toLittleEndian(data.length),
    data,
    ...(data.length % 2 === 1 ? [Uint8Array.of(0)] : []),
  ]);

const buildWebp = (chunks: readonly Chunk[]): Uint8Array => {
  const body = joinBytes([new TextEncoder().encode('WEBP'), ...chunks.map(buildChunk)]);
  return joinBytes([new TextEncoder().encode('RIFF'), toLittleEndian(body.length), body]);
};

const toLittleEndian = (value: number): Uint8Array => toBytes(value, 4).reverse();
