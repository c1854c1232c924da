import { crc32, deflateSync } from 'node:zlib';
import { findImageType } from '../seed-kind.ts';
import { escapeText } from '../text/escape-markup.ts';
import { joinBytes, toBytes } from './byte-reader.ts';
import { profilePrefix } from './color-profile.ts';
import { exifPrefix } from './exif-orientation.ts';
import { inspectImage } from './inspect-image.ts';
import { type ImagePart, listPngChunks, listWebpChunks } from './list-image-parts.ts';
import { pngXmpPrefix } from './read-picture-credits.ts';

interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** All that a published size says besides its pixels. */
export interface PictureMetadata {
  readonly profile: Uint8Array | undefined;
  readonly copyright: string | undefined;
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const copyrightTag = 0x8298;
const asciiType = 2;

/** EXIF (a TIFF structure) with nothing but a copyright notice. */
const buildCopyrightExif = (copyright: string): Uint8Array => {
  const text = encode(`${copyright}\0\0\0\0`);
  const length = text.length - 3;
  return joinBytes([
    Uint8Array.of(0x4d, 0x4d, 0, 42),
    toBytes(8, 4),
    toBytes(1, 2),
    toBytes(copyrightTag, 2),
    toBytes(asciiType, 2),
    toBytes(length, 4),
    // What fits into four bytes stands in place of its offset.
    length > 4 ? toBytes(26, 4) : text.subarray(0, 4),
    toBytes(0, 4),
    length > 4 ? text.subarray(0, length) : new Uint8Array(),
  ]);
};

/** A segment has 65,535 bytes with its length, and two for the number of the part and the count of parts. */
const maxProfilePart = 65_535 - 2 - profilePrefix.length - 2;

const buildSegment = (marker: number, payload: Uint8Array): Uint8Array =>
  joinBytes([Uint8Array.of(0xff, marker), toBytes(payload.length + 2, 2), payload]);

/** JFIF has to come first, and EXIF next. */
const insertIntoJpeg = (jpeg: Uint8Array, segments: readonly Uint8Array[]): Uint8Array => {
  let start = 2;
  for (const marker of [0xe0, 0xe1])
    if (jpeg[start + 1] === marker) start += 2 + (((jpeg[start + 2] ?? 0) << 8) | (jpeg[start + 3] ?? 0));
  return joinBytes([jpeg.subarray(0, start), ...segments, jpeg.subarray(start)]);
};

const addToJpeg = (jpeg: Uint8Array, { profile, copyright }: PictureMetadata): Uint8Array => {
  const count = Math.ceil((profile?.length ?? 0) / maxProfilePart);
  const profiles = Array.from({ length: count }, (_, index) => {
    const part = profile?.subarray(index * maxProfilePart, (index + 1) * maxProfilePart) ?? new Uint8Array();
    return buildSegment(0xe2, joinBytes([encode(profilePrefix), Uint8Array.of(index + 1, count), part]));
  });
  const exif =
    copyright === undefined ? [] : [buildSegment(0xe1, joinBytes([encode(exifPrefix), buildCopyrightExif(copyright)]))];
  return insertIntoJpeg(jpeg, [...exif, ...profiles]);
};

/** IPTC (IIM 4.2, data set 2:116) among the resources of Photoshop, each of an even length. */
const buildCopyrightIptc = (copyright: string): Uint8Array => {
  const text = encode(copyright);
  const data = joinBytes([Uint8Array.of(0x1c, 2, 116), toBytes(text.length, 2), text]);
  const head = joinBytes([
    encode('Photoshop 3.0\0' + '8BIM'),
    toBytes(0x0404, 2),
    toBytes(0, 2),
    toBytes(data.length, 4),
  ]);
  return joinBytes([head, data, new Uint8Array(data.length % 2)]);
};

/** XMP (ISO 16684-1) with nothing but a copyright notice. */
const buildCopyrightXmp = (copyright: string): Uint8Array =>
  encode(
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
      '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:rights><rdf:Alt>' +
      `<rdf:li xml:lang="x-default">${escapeText(copyright)}</rdf:li>` +
      '</rdf:Alt></dc:rights></rdf:Description></rdf:RDF></x:xmpmeta>',
  );

/**
 * Adds a copyright notice to a picture without metadata, whose EXIF may say how it is turned. It is in another place
 * there: programs read the first EXIF alone. GIF has no place for one, and in AVIF it would move all others.
 */
export const addCopyright = (key: string, stripped: Uint8Array, copyright: string | undefined): Uint8Array => {
  if (copyright === undefined) return stripped;
  const type = findImageType(key);
  if (type === 'image/jpeg') return insertIntoJpeg(stripped, [buildSegment(0xed, buildCopyrightIptc(copyright))]);
  if (type === 'image/webp') return addXmpToWebp(stripped, buildCopyrightXmp(copyright), inspectImage(key, stripped));
  if (type !== 'image/png') return stripped;
  const isTurned = listPngChunks(stripped).some((chunk) => chunk.type === 'eXIf');
  if (!isTurned) return addToPng(stripped, { profile: undefined, copyright });
  const text = joinBytes([encode(`${pngXmpPrefix}\0\0\0\0`), buildCopyrightXmp(copyright)]);
  return insertIntoPng(stripped, [buildPngChunk('iTXt', text)]);
};

const pngHeaderLength = 8 + 25;

const buildPngChunk = (type: string, data: Uint8Array): Uint8Array => {
  const typed = joinBytes([encode(type), data]);
  return joinBytes([toBytes(data.length, 4), typed, toBytes(crc32(typed), 4)]);
};

const insertIntoPng = (png: Uint8Array, chunks: readonly Uint8Array[]): Uint8Array =>
  joinBytes([png.subarray(0, pngHeaderLength), ...chunks, png.subarray(pngHeaderLength)]);

const addToPng = (png: Uint8Array, { profile, copyright }: PictureMetadata): Uint8Array =>
  insertIntoPng(png, [
    ...(profile ? [buildPngChunk('iCCP', joinBytes([encode('ICC\0\0'), deflateSync(profile)]))] : []),
    ...(copyright === undefined ? [] : [buildPngChunk('eXIf', buildCopyrightExif(copyright))]),
  ]);

const toLittleEndian = (value: number, length: number): Uint8Array => toBytes(value, length).reverse();

/** Flags of the chunk that a WebP with metadata begins with (RFC 9649, 2.7). */
const webpFlags = { profile: 0x20, alpha: 0x10, exif: 0x08, xmp: 0x04 } as const;

const isWebpImage = ({ type }: ImagePart): boolean => ['ALPH', 'VP8 ', 'VP8L'].includes(type);

/** The first chunk of a WebP that has none yet. */
const buildWebpHeader = (images: readonly ImagePart[], { width, height }: PictureSize): ImagePart => {
  const hasAlpha = images.some(({ type, data }) => type === 'ALPH' || (type === 'VP8L' && ((data[4] ?? 0) & 0x10) > 0));
  const flags = Uint8Array.of(hasAlpha ? webpFlags.alpha : 0, 0, 0, 0);
  return { type: 'VP8X', data: joinBytes([flags, toLittleEndian(width - 1, 3), toLittleEndian(height - 1, 3)]) };
};

const addFlags = ({ type, data }: ImagePart, flags: number): ImagePart => ({
  type,
  data: joinBytes([Uint8Array.of((data[0] ?? 0) | flags), data.subarray(1)]),
});

const buildWebp = (chunks: readonly ImagePart[]): Uint8Array => {
  const body = joinBytes([
    encode('WEBP'),
    ...chunks.map(({ type, data }) =>
      joinBytes([encode(type), toLittleEndian(data.length, 4), data, new Uint8Array(data.length % 2)]),
    ),
  ]);
  return joinBytes([encode('RIFF'), toLittleEndian(body.length, 4), body]);
};

const addToWebp = (webp: Uint8Array, { profile, copyright }: PictureMetadata, size: PictureSize): Uint8Array => {
  const images = listWebpChunks(webp).filter(isWebpImage);
  const flags = (profile ? webpFlags.profile : 0) | (copyright === undefined ? 0 : webpFlags.exif);
  return buildWebp([
    addFlags(buildWebpHeader(images, size), flags),
    ...(profile ? [{ type: 'ICCP', data: profile }] : []),
    ...images,
    ...(copyright === undefined ? [] : [{ type: 'EXIF', data: buildCopyrightExif(copyright) }]),
  ]);
};

const addXmpToWebp = (webp: Uint8Array, xmp: Uint8Array, size: PictureSize): Uint8Array => {
  const chunks = listWebpChunks(webp);
  const found = chunks.find(({ type }) => type === 'VP8X');
  const header = addFlags(found ?? buildWebpHeader(chunks, size), webpFlags.xmp);
  return buildWebp([header, ...chunks.filter((chunk) => chunk !== found), { type: 'XMP ', data: xmp }]);
};

/** Adds a color profile and a copyright notice to an encoded picture, which has no metadata. */
export const addPictureMetadata = (
  type: 'jpg' | 'png' | 'webp',
  encoded: Uint8Array,
  metadata: PictureMetadata,
  size: PictureSize,
): Uint8Array => {
  if (!metadata.profile && metadata.copyright === undefined) return encoded;
  if (type === 'jpg') return addToJpeg(encoded, metadata);
  return type === 'png' ? addToPng(encoded, metadata) : addToWebp(encoded, metadata, size);
};
