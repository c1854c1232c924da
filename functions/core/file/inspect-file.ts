import { findFileKind } from '../article/check-binary.ts';
import { SeedRejected, type SeedWarning } from '../article.ts';
import type { PublishedFile } from '../entry.ts';
import { startsWithText } from '../image/byte-reader.ts';
import { findFileType, parseExtension } from '../seed-kind.ts';
import { type ByteWindow, createByteWindow, type RangeReader } from './byte-window.ts';
import { readMp3 } from './read-mp3.ts';
import { type MediaFacts, readMp4 } from './read-mp4.ts';

const beginningBytes = 4096;

const isMarkup = (bytes: Uint8Array): boolean => /^(?:\ufeff|\s)*</.test(new TextDecoder().decode(bytes));
const isText = (bytes: Uint8Array): boolean => !bytes.includes(0) && findFileKind(bytes) === undefined;
const isVtt = (bytes: Uint8Array): boolean => /^WEBVTT(?:\s|$)/.test(new TextDecoder().decode(bytes));
/** The first entry of the archive has this name, and is not compressed (EPUB 3.3, 4.2.2). */
const isEpub = (bytes: Uint8Array): boolean =>
  startsWithText(bytes, 'PK\u0003\u0004') && startsWithText(bytes.subarray(30), 'mimetypeapplication/epub+zip');

const beginnings: Readonly<Record<string, (bytes: Uint8Array) => boolean>> = {
  pdf: (bytes) => startsWithText(bytes, '%PDF-'),
  epub: isEpub,
  csv: (bytes) => isText(bytes) && !isMarkup(bytes),
  vtt: isVtt,
};

/** A sound may have pictures, of its chapters. */
function* readMedia(extension: string, window: ByteWindow): RangeReader<MediaFacts | undefined> {
  const facts = yield* extension === 'mp3' ? readMp3(window) : readMp4(window);
  return facts?.hasSound || (extension === 'mp4' && facts?.hasPictures) ? facts : undefined;
}

const placeWarning: SeedWarning = {
  message:
    'The file says where it was recorded, and is published as it is. Save it without the place, and upload that.',
};

/**
 * Checks that a file is what its name says, whatever its uploader calls it: nothing that a browser could run as a page
 * may have an address of the site.
 * @throws {SeedRejected} for a file that is something else, or not whole
 */
export function* inspectFile(
  key: string,
  size: number,
): RangeReader<{ readonly file: PublishedFile; readonly warnings: readonly SeedWarning[] }> {
  const extension = parseExtension(key);
  const { type = '' } = findFileType(key) ?? {};
  if (size === 0) throw new SeedRejected('The file is empty.');
  const window = createByteWindow(size);
  const beginning = (yield* window.read(0, Math.min(size, beginningBytes))) ?? new Uint8Array();
  const begins = beginnings[extension];
  const facts = begins ? undefined : yield* readMedia(extension, window);
  if (begins ? begins(beginning) : facts) {
    const seconds = facts?.seconds === undefined ? undefined : Math.max(1, Math.round(facts.seconds));
    const isSoundAlone = type === 'video/mp4' && !facts?.hasPictures;
    const file = { type: isSoundAlone ? 'audio/mp4' : type, bytes: size, ...(seconds !== undefined && { seconds }) };
    return { file, warnings: facts?.hasPlace ? [placeWarning] : [] };
  }
  const kind = findFileKind(beginning) ?? (isMarkup(beginning) ? 'a web page' : undefined);
  throw new SeedRejected(
    kind
      ? `The name ends in .${extension}, but the file is ${kind}.`
      : `The file is no .${extension} file that programs can read, or it is not whole. Save or upload it again.`,
  );
}
