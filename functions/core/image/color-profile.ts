import { inflateSync } from 'node:zlib';
import { findImageType } from '../seed-kind.ts';
import { listBoxes, versionLength } from './avif-boxes.ts';
import { joinBytes, startsWithText, toLatin1 } from './byte-reader.ts';
import { listJpegSegments, listPngChunks, listWebpChunks } from './list-image-parts.ts';

/** In JPEG, before the number of the part and the count of parts. */
export const profilePrefix = 'ICC_PROFILE\0';

/** The largest profiles, of printers, have about 2 MB. */
const maxProfileBytes = 4 * 1024 * 1024;

const readers: Readonly<Record<string, (stripped: Uint8Array) => Uint8Array | undefined>> = {
  'image/jpeg': (stripped) => {
    const parts = listJpegSegments(stripped)
      .filter(({ type, data }) => type === 'e2' && startsWithText(data, profilePrefix))
      .map(({ data }) => data.subarray(profilePrefix.length))
      .sort(([a = 0], [b = 0]) => a - b);
    return parts.length > 0 ? joinBytes(parts.map((part) => part.subarray(2))) : undefined;
  },
  'image/png': (stripped) => {
    const data = listPngChunks(stripped).find(({ type }) => type === 'iCCP')?.data;
    // Its name, a NUL and the number of the compression come first.
    return data && inflateSync(data.subarray(data.indexOf(0) + 2), { maxOutputLength: maxProfileBytes });
  },
  'image/webp': (stripped) => listWebpChunks(stripped).find(({ type }) => type === 'ICCP')?.data,
  'image/avif': (stripped) => {
    const findBoxes = (boxes: readonly { start: number; end: number; type: string }[], wanted: string, skipped = 0) =>
      boxes
        .filter(({ type }) => type === wanted)
        .flatMap(({ start, end }) => listBoxes(stripped, start + skipped, end));
    const meta = findBoxes(listBoxes(stripped, 0, stripped.length), 'meta', versionLength);
    const color = findBoxes(findBoxes(meta, 'iprp'), 'ipco').find(
      ({ type, start }) => type === 'colr' && startsWithText(stripped.subarray(start), 'prof'),
    );
    return color && stripped.subarray(color.start + 'prof'.length, color.end);
  },
};

/** The ICC profile of a picture; undefined where it has none, or one that does not fit pixels in RGB. */
export const readColorProfile = (key: string, stripped: Uint8Array): Uint8Array | undefined => {
  try {
    const profile = readers[findImageType(key) ?? '']?.(stripped);
    return profile && toLatin1(profile.subarray(16, 20)) === 'RGB ' ? profile : undefined;
  } catch {
    // Browsers ignore a profile that they cannot read.
    return undefined;
  }
};
