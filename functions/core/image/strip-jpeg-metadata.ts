import {
  type ByteReader,
  createByteReader,
  createDamagedError,
  createTruncatedError,
  joinBytes,
  maxParts,
  startsWithText,
  toBytes,
} from './byte-reader.ts';
import { buildOrientationExif, exifPrefix, parseExifOrientation } from './exif-orientation.ts';

/** Markers of ITU T.81, table B.1. */
const markers = {
  temporary: 0x01,
  huffmanTables: 0xc4,
  arithmeticTables: 0xcc,
  firstRestart: 0xd0,
  lastRestart: 0xd7,
  start: 0xd8,
  end: 0xd9,
  scan: 0xda,
  quantizationTables: 0xdb,
  lineCount: 0xdc,
  restartInterval: 0xdd,
  app0: 0xe0,
  app1: 0xe1,
  app2: 0xe2,
  app14: 0xee,
} as const;
/** Baseline, extended and progressive frames, by Huffman and by arithmetic coding. No browser shows the others. */
const frameMarkers = [0xc0, 0xc1, 0xc2, 0xc9, 0xca];
const imageMarkers: readonly number[] = [
  ...frameMarkers,
  markers.scan,
  markers.huffmanTables,
  markers.arithmeticTables,
  markers.quantizationTables,
  markers.lineCount,
  markers.restartInterval,
];

/** Without its thumbnail, whose width and height come last. */
const jfifLength = 14;
const adobeLength = 12;

/**
 * A JPEG with its image data, tables, color profile and orientation only. Thumbnails, comments, other application
 * segments and everything after the end, such as a phone's second picture or film, are left out.
 * @throws {SeedRejected} for what is no JPEG that browsers show
 */
export const stripJpegMetadata = (bytes: Uint8Array): Uint8Array => {
  const reader = createByteReader(bytes, 'big');
  const kept = [reader.take(2)];
  let hasFrame = false;
  let hasScan = false;
  let hasExif = false;
  for (let count = 0; count < maxParts; count += 1) {
    const marker = readMarker(bytes, reader);
    if (marker === markers.end && hasScan) return joinBytes([...kept, Uint8Array.of(0xff, marker)]);
    if (isRestart(marker) || marker === markers.temporary) continue;
    if (marker < markers.temporary || marker === markers.start || marker === markers.end) break;
    const payload = readPayload(reader);
    const isFrame = frameMarkers.includes(marker);
    if (isFrame && (hasFrame || !isFrameHeader(payload))) break;
    if (marker === markers.scan && !(hasFrame && isScanHeader(payload))) break;
    hasFrame ||= isFrame;
    hasScan ||= marker === markers.scan;
    const isExif = marker === markers.app1 && startsWithText(payload, exifPrefix) && !hasScan;
    const needed = isExif && !hasExif ? reduceToOrientation(payload) : selectNeededData(marker, payload);
    hasExif ||= isExif;
    if (needed) kept.push(buildSegment(marker, needed));
    if (marker === markers.scan) kept.push(reader.take(findScanEnd(bytes, reader.getOffset()) - reader.getOffset()));
  }
  throw createDamagedError(reader.getOffset());
};

const isRestart = (marker: number): boolean => marker >= markers.firstRestart && marker <= markers.lastRestart;

/** Skips what stands before the marker and the bytes that fill up to it, as decoders do. */
const readMarker = (bytes: Uint8Array, reader: ByteReader): number => {
  for (;;) {
    reader.take(findMarkerByte(bytes, reader.getOffset()) - reader.getOffset() + 1);
    let marker = reader.takeUint(1);
    while (marker === 0xff) marker = reader.takeUint(1);
    if (marker !== 0) return marker;
  }
};

const findMarkerByte = (bytes: Uint8Array, from: number): number => {
  const found = bytes.indexOf(0xff, from);
  if (found < 0) throw createTruncatedError();
  return found;
};

const readPayload = (reader: ByteReader): Uint8Array => {
  const length = reader.takeUint(2);
  if (length < 2) throw createDamagedError(reader.getOffset());
  return reader.take(length - 2);
};

const buildSegment = (marker: number, payload: Uint8Array): Uint8Array =>
  joinBytes([Uint8Array.of(0xff, marker), toBytes(payload.length + 2, 2), payload]);

/** Precision, height (0 where a later segment has it), width, and three bytes for each component. */
const isFrameHeader = (payload: Uint8Array): boolean =>
  (payload[3] ?? 0) + (payload[4] ?? 0) > 0 && payload.length === 6 + 3 * (payload[5] || Number.NaN);

/** Two bytes for each component, and three numbers. */
const isScanHeader = (payload: Uint8Array): boolean => payload.length === 4 + 2 * (payload[0] || Number.NaN);

/** Entropy-coded data ends at a marker that is no restart; `0xff 0x00` is a byte of the data. */
const findScanEnd = (bytes: Uint8Array, start: number): number => {
  let end = findMarkerByte(bytes, start);
  for (let next = bytes[end + 1] ?? 0; next === 0 || next === 0xff || isRestart(next); next = bytes[end + 1] ?? 0)
    end = findMarkerByte(bytes, end + (next === 0xff ? 1 : 2));
  return end;
};

const reduceToOrientation = (payload: Uint8Array): Uint8Array | undefined => {
  const exif = buildOrientationExif(parseExifOrientation(payload));
  return exif && joinBytes([payload.subarray(0, exifPrefix.length), exif]);
};

/** What decoders need: image data and tables, and of application segments those about colors. */
const selectNeededData = (marker: number, payload: Uint8Array): Uint8Array | undefined => {
  if (imageMarkers.includes(marker)) return payload;
  if (marker === markers.app0 && startsWithText(payload, 'JFIF\0') && payload.length >= jfifLength)
    return joinBytes([payload.subarray(0, jfifLength - 2), Uint8Array.of(0, 0)]);
  if (marker === markers.app2 && startsWithText(payload, 'ICC_PROFILE\0')) return payload;
  if (marker === markers.app14 && startsWithText(payload, 'Adobe') && payload.length >= adobeLength)
    return payload.subarray(0, adobeLength);
  return undefined;
};
