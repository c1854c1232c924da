import { SeedRejected } from '../article.ts';
import { type Box, listBoxes } from '../image/avif-boxes.ts';
import { toLatin1 } from '../image/byte-reader.ts';
import type { ByteWindow, RangeReader } from './byte-window.ts';

/** What is known of a sound or a film. */
export interface MediaFacts {
  readonly seconds?: number;
  readonly hasSound: boolean;
  readonly hasPictures: boolean;
  /** It says where it was recorded. */
  readonly hasPlace: boolean;
}

/** An hour of film has an index of about a megabyte. */
const maxIndexBytes = 16 * 1024 * 1024;

type BoxPlace = Pick<Box, 'type' | 'start' | 'end'>;

/** ISO/IEC 14496-12, 4.2: a length of 32 bits, which 1 moves to 64 bits behind the type and 0 takes to the end. */
const parseBoxHeader = (header: Uint8Array, at: number, end: number): BoxPlace | undefined => {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (header.length < 8) return undefined;
  const short = view.getUint32(0);
  if (short === 1 && header.length < 16) return undefined;
  const length = short === 0 ? end - at : short === 1 ? Number(view.getBigUint64(8)) : short;
  const headerLength = short === 1 ? 16 : 8;
  if (length < headerLength || at + length > end) return undefined;
  return { type: toLatin1(header.subarray(4, 8)), start: at + headerLength, end: at + length };
};

const parseDuration = (header: Uint8Array): number | undefined => {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const isLong = header[0] === 1;
  if (header.length < (isLong ? 32 : 20)) return undefined;
  const unitsPerSecond = view.getUint32(isLong ? 20 : 12);
  const units = isLong ? Number(view.getBigUint64(24)) : view.getUint32(16);
  const isUnknown = units === 0 || units >= (isLong ? 2 ** 63 : 2 ** 32 - 1);
  return unitsPerSecond === 0 || isUnknown ? undefined : units / unitsPerSecond;
};

/** `©xyz` of QuickTime, `loci` of 3GPP, and Apple's key. */
const placeMarks = ['\u00a9xyz', 'loci', 'location.ISO6709'].map((mark) => Buffer.from(mark, 'latin1'));

const hasPlaceMark = (bytes: Uint8Array): boolean => {
  const found = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return placeMarks.some((mark) => found.includes(mark));
};

const findTrackKind = (index: Uint8Array, track: readonly Box[]): string | undefined => {
  const media = track.find(({ type }) => type === 'mdia');
  const handler = media && listBoxes(index, media.start, media.end).find(({ type }) => type === 'hdlr');
  return handler && toLatin1(index.subarray(handler.start + 8, handler.start + 12));
};

const readIndex = (index: Uint8Array): MediaFacts => {
  const boxes = listBoxes(index, 0, index.length);
  const tracks = boxes.filter(({ type }) => type === 'trak').map(({ start, end }) => listBoxes(index, start, end));
  const kinds = tracks.map((track) => findTrackKind(index, track));
  const header = boxes.find(({ type }) => type === 'mvhd');
  const seconds = header && parseDuration(index.subarray(header.start, header.end));
  const described = [boxes, ...tracks].flat().filter(({ type }) => type === 'udta' || type === 'meta');
  return {
    ...(seconds !== undefined && { seconds }),
    hasSound: kinds.includes('soun'),
    hasPictures: kinds.includes('vide'),
    hasPlace: described.some(({ start, end }) => hasPlaceMark(index.subarray(start, end))),
  };
};

const readWholeIndex = (index: Uint8Array): MediaFacts | undefined => {
  try {
    return readIndex(index);
  } catch (error) {
    if (error instanceof SeedRejected) return undefined;
    throw error;
  }
};

/** @returns undefined for what is no MP4 file, or not a whole one */
export function* readMp4({ size, read }: ByteWindow): RangeReader<MediaFacts | undefined> {
  let facts: MediaFacts | undefined;
  let at = 0;
  while (at < size) {
    const header = (yield* read(at, 16)) ?? (yield* read(at, 8));
    // Many fragments follow the index of a film that is streamed.
    if (!header) return facts;
    const box = parseBoxHeader(header, at, size);
    if (!box || (at === 0 && box.type !== 'ftyp')) return undefined;
    if (box.type === 'moov') {
      const length = box.end - box.start;
      const index = length > maxIndexBytes ? undefined : yield* read(box.start, length);
      facts = index && readWholeIndex(index);
      if (!facts) return undefined;
    }
    at = box.end;
  }
  return facts;
}
