import { findFileType, findImageType, parseExtension, toSeedKind } from '../seed-kind.ts';
import { heicAdvice } from './check-binary.ts';

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

/** How files become what can be published, where that is not plain from the types that can. */
const cures: ReadonlyMap<string, string> = new Map([
  ['svg', 'SVG images are not published, as they can carry script; save it as PNG or WebP.'],
  ...['heic', 'heif'].map((extension): [string, string] => [
    extension,
    `Most browsers cannot show HEIC pictures. ${heicAdvice}`,
  ]),
  ...['tif', 'tiff', 'bmp', 'psd', 'jxl', 'jp2', 'dng', 'raw', 'cr2', 'nef'].map((extension): [string, string] => [
    extension,
    `Browsers do not show pictures of type .${extension}; save it as JPEG or PNG, and use that name in the articles that show it.`,
  ]),
  ...['mov', 'avi', 'mkv', 'webm', 'wmv', 'm4v'].map((extension): [string, string] => [
    extension,
    `Films of type .${extension} are not published; save it as .mp4.`,
  ]),
  ...['wav', 'aif', 'aiff', 'flac', 'ogg', 'opus', 'wma'].map((extension): [string, string] => [
    extension,
    `Sounds of type .${extension} are not published; save it as .mp3 or .m4a.`,
  ]),
  ...['adoc', 'asciidoc', 'rst', 'org', 'textile', 'tex', 'typ', 'wiki', 'mediawiki'].map(
    (extension): [string, string] => [
      extension,
      `Files of type .${extension} are not read; export it as HTML, or convert it to Markdown, for example with pandoc.`,
    ],
  ),
  ...['mdx', 'mdown', 'mkd', 'qmd', 'rmd'].map((extension): [string, string] => [
    extension,
    `Files of type .${extension} are not read; give it the ending .md, and see in its preview what is left out.`,
  ]),
  ...['eml', 'msg', 'mbox'].map((extension): [string, string] => [
    extension,
    `Mails of type .${extension} are not read; save it as text (.txt).`,
  ]),
  ...['zip', 'gz', 'tgz', '7z', 'rar'].map((extension): [string, string] => [
    extension,
    'Archives are not read; unpack it, and upload what is in it.',
  ]),
]);

export const formatUnsupportedType = (key: string): string => {
  const extension = parseExtension(key);
  const cure = cures.get(extension);
  if (cure !== undefined) return cure;
  const found = extension === '' ? 'This file has no extension' : `Files of type .${extension} are not known`;
  return `${found}; an article is a .txt, .md or .html file.`;
};

/** Why a file cannot be published, by what is known before it is read; undefined where it may be. */
export const checkSeedFile = (key: string, bytes: number): string | undefined => {
  const kind = toSeedKind(key);
  if (kind === 'ignored') return 'Hidden files, and what editors leave behind, are not published.';
  return kind === 'unknown' ? formatUnsupportedType(key) : checkSeedSize(bytes, findMaxBytes(key));
};
