import { SeedRejected } from '../article.ts';

const signatures: readonly (readonly [string, string])[] = [
  ['%PDF-', 'a PDF document'],
  ['{\\rtf', 'an RTF document'],
  ['PK\u0003\u0004', 'a ZIP archive or an office document'],
  ['\u00d0\u00cf\u0011\u00e0', 'an old office document'],
  ['\u0089PNG', 'a PNG image'],
  ['\u00ff\u00d8\u00ff', 'a JPEG image'],
  ['GIF8', 'a GIF image'],
  ['RIFF', 'an image, a sound or a film'],
  ['\u001f\u008b', 'a gzip archive'],
  ['\u007fELF', 'a program'],
  ['bplist', 'a property list'],
  ['SQLite format', 'a database'],
  ['\u0000\u0000\u00fe\u00ff', 'a text in UTF-32'],
];

export const heicKind = 'a HEIC image';

export const heicAdvice =
  'Save it as JPEG: open it in Preview on a Mac or in Photos on Windows, and export it. An iPhone takes JPEG with Settings, Camera, Formats, Most Compatible.';

/** What a file is, by its first bytes; undefined where they say nothing. */
export const findFileKind = (bytes: Uint8Array): string | undefined => {
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  if (/^.{4}ftyp(hei|mif)/s.test(start)) return heicKind;
  return signatures.find(([signature]) => start.startsWith(signature))?.[1];
};

/** @throws {SeedRejected} for a file whose first bytes show that it is not a text */
export const checkFileSignature = (bytes: Uint8Array): void => {
  const kind = findFileKind(bytes);
  if (kind)
    throw new SeedRejected(`This is ${kind}, not a text; save the article as plain text, Markdown or HTML in UTF-8.`);
};

/** @throws {SeedRejected} for NUL bytes, which only UTF-16 has in a text */
export const checkNulBytes = (bytes: Uint8Array): void => {
  const nul = bytes.indexOf(0);
  if (nul >= 0) throw new SeedRejected('This is not a text: it holds NUL bytes.', `byte ${nul + 1}`);
};
