import { findFileKind, heicAdvice, heicKind } from '../article/check-binary.ts';
import { SeedRejected } from '../article.ts';
import { findImageType, parseExtension } from '../seed-kind.ts';
import { startsWithText, toLatin1 } from './byte-reader.ts';
import { stripAvifMetadata } from './strip-avif-metadata.ts';
import { stripGifMetadata } from './strip-gif-metadata.ts';
import { stripJpegMetadata } from './strip-jpeg-metadata.ts';
import { stripPngMetadata } from './strip-png-metadata.ts';
import { stripWebpMetadata } from './strip-webp-metadata.ts';

interface ImageFormat {
  readonly kind: string;
  readonly type: string;
  readonly extension: string;
  readonly matches: (bytes: Uint8Array) => boolean;
  readonly strip: (bytes: Uint8Array) => Uint8Array;
}

const formats: readonly ImageFormat[] = [
  {
    kind: 'a JPEG image',
    type: 'image/jpeg',
    extension: '.jpg',
    matches: (bytes) => startsWithText(bytes, '\u00ff\u00d8\u00ff'),
    strip: stripJpegMetadata,
  },
  {
    kind: 'a PNG image',
    type: 'image/png',
    extension: '.png',
    matches: (bytes) => startsWithText(bytes, '\u0089PNG\r\n\u001a\n'),
    strip: stripPngMetadata,
  },
  {
    kind: 'a GIF image',
    type: 'image/gif',
    extension: '.gif',
    matches: (bytes) => startsWithText(bytes, 'GIF87a') || startsWithText(bytes, 'GIF89a'),
    strip: stripGifMetadata,
  },
  {
    kind: 'a WebP image',
    type: 'image/webp',
    extension: '.webp',
    matches: (bytes) => startsWithText(bytes, 'RIFF') && startsWithText(bytes.subarray(8), 'WEBP'),
    strip: stripWebpMetadata,
  },
  {
    kind: 'an AVIF image',
    type: 'image/avif',
    extension: '.avif',
    matches: (bytes) => /^ftyp(.{4})*?avi[fs]/s.test(toLatin1(bytes.subarray(4, 64))),
    strip: stripAvifMetadata,
  },
];

/**
 * An image as it is published: the same pixels, colors, orientation and animation, without EXIF, XMP, IPTC, comments,
 * thumbnails or anything else that a camera or an editor stored beside them.
 * @param key the name of its file, which says what it must be
 * @throws {SeedRejected} for a file that is not what its name says, or not whole
 */
export const stripImageMetadata = (key: string, bytes: Uint8Array): Uint8Array => {
  const stated = formats.find(({ type }) => type === findImageType(key));
  const found = formats.find(({ matches }) => matches(bytes));
  if (stated && stated === found) return stated.strip(bytes);
  if (bytes.length === 0) throw new SeedRejected('The file is empty.');
  const kind = found?.kind ?? findFileKind(bytes) ?? 'not an image';
  const advice = found
    ? `Give it a name that ends in ${found.extension}, and use that name in the articles that show it.`
    : kind === heicKind
      ? heicAdvice
      : 'Save it as JPEG, PNG, WebP, AVIF or GIF.';
  throw new SeedRejected(`The name ends in .${parseExtension(key)}, but the file is ${kind}. ${advice}`);
};
