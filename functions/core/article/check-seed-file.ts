import { findFileType, findImageType, parseExtension, toSeedKind } from '../seed-kind.ts';

/** Bytes of the largest seed that is published. */
export const maxSeedBytes = 10 * 1024 * 1024;

/** Bytes of the largest picture: cameras write up to 25 MB for the 50 megapixels that are published at most. */
export const maxPictureBytes = 30 * 1024 * 1024;

const formatMegabytes = (bytes: number, digits = 0): string => `${(bytes / 1024 / 1024).toFixed(digits)} MB`;

/** Why a file of this size cannot be published; undefined where it can. */
export const checkSeedSize = (bytes: number, maxBytes = maxSeedBytes): string | undefined =>
  bytes > maxBytes
    ? `The file has ${formatMegabytes(bytes, 1)}; at most ${formatMegabytes(maxBytes)} can be published.`
    : undefined;

/** @param key the name of the file, which says what it is */
export const findMaxBytes = (key: string): number =>
  findFileType(key)?.maxBytes ?? (findImageType(key) ? maxPictureBytes : maxSeedBytes);

export const formatUnsupportedType = (key: string): string => {
  const extension = parseExtension(key);
  if (extension === 'svg') return 'SVG images are not published, as they can carry script; save it as PNG or WebP.';
  const found = extension === '' ? 'This file has no extension' : `Files of type .${extension} are not known`;
  return `${found}; an article is a .txt, .md or .html file.`;
};

/** Why a file cannot be published, by what is known before it is read; undefined where it may be. */
export const checkSeedFile = (key: string, bytes: number): string | undefined => {
  const kind = toSeedKind(key);
  if (kind === 'ignored') return 'Hidden files, and what editors leave behind, are not published.';
  return kind === 'unknown' ? formatUnsupportedType(key) : checkSeedSize(bytes, findMaxBytes(key));
};
