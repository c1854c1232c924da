import { startsWithText, toLatin1 } from '../image/byte-reader.ts';
import type { ByteWindow, RangeReader } from './byte-window.ts';
import type { MediaFacts } from './read-mp4.ts';

const id3HeaderBytes = 10;
/** Between the tag and the first frame some programs leave zeros. */
const maxGapBytes = 16_384;
const frameBytes = 200;

/** Kilobits per second by index, MPEG 1 and the lower sample rates of MPEG 2 and 2.5, layer III. */
const bitRates = {
  one: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  two: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;
const sampleRates = [44_100, 48_000, 32_000] as const;

interface Mp3Frame {
  readonly isFirstVersion: boolean;
  readonly isMono: boolean;
  readonly bitRate: number;
  readonly sampleRate: number;
  readonly length: number;
}

const parseFrameHeader = (bytes: Uint8Array): Mp3Frame | undefined => {
  const [sync = 0, kind = 0, rates = 0, channels = 0] = bytes;
  const version = (kind >> 3) & 3;
  const isLayerThree = ((kind >> 1) & 3) === 1;
  if (sync !== 0xff || kind >> 5 !== 7 || version === 1 || !isLayerThree) return undefined;
  const isFirstVersion = version === 3;
  const bitRate = bitRates[isFirstVersion ? 'one' : 'two'][rates >> 4];
  const fullRate = sampleRates[(rates >> 2) & 3];
  if (!bitRate || !fullRate) return undefined;
  const sampleRate = fullRate / (isFirstVersion ? 1 : version === 2 ? 2 : 4);
  const length = Math.floor(((isFirstVersion ? 144_000 : 72_000) * bitRate) / sampleRate) + ((rates >> 1) & 1);
  return { isFirstVersion, isMono: channels >> 6 === 3, bitRate, sampleRate, length };
};

/** How many frames follow, as the first frame says where the bit rate varies. */
const findFrameCount = (first: Uint8Array, { isFirstVersion, isMono }: Mp3Frame): number | undefined => {
  const view = new DataView(first.buffer, first.byteOffset, first.byteLength);
  const xing = 4 + (isFirstVersion ? (isMono ? 17 : 32) : isMono ? 9 : 17);
  const mark = toLatin1(first.subarray(xing, xing + 4));
  if ((mark === 'Xing' || mark === 'Info') && (view.getUint32(xing + 4) & 1) === 1) return view.getUint32(xing + 8);
  return toLatin1(first.subarray(36, 40)) === 'VBRI' ? view.getUint32(36 + 14) : undefined;
};

/** Where the sound begins: behind tags of ID3, whose length has seven bits in each byte. */
function* skipTags({ read }: ByteWindow): RangeReader<number> {
  let at = 0;
  for (;;) {
    const header = yield* read(at, id3HeaderBytes);
    if (!header || !startsWithText(header, 'ID3')) return at;
    const [length, hasFooter] = [header.subarray(6), ((header[5] ?? 0) & 0x10) !== 0];
    const bytes = [0, 1, 2, 3].reduce((sum, index) => sum * 128 + ((length[index] ?? 0) & 0x7f), 0);
    at += id3HeaderBytes + bytes + (hasFooter ? id3HeaderBytes : 0);
  }
}

/** @returns undefined for what is no MP3 file */
export function* readMp3(window: ByteWindow): RangeReader<MediaFacts | undefined> {
  const { size, read } = window;
  const start = yield* skipTags(window);
  for (let at = start; at < start + maxGapBytes; at += 1) {
    const header = yield* read(at, 4);
    if (!header) return undefined;
    const frame = parseFrameHeader(header);
    if (!frame) continue;
    const next = yield* read(at + frame.length, 4);
    if (at + frame.length < size && !(next && parseFrameHeader(next))) continue;
    const first = yield* read(at, Math.min(frameBytes, size - at));
    const frames = first && first.length === frameBytes ? findFrameCount(first, frame) : undefined;
    const seconds = frames
      ? (frames * (frame.isFirstVersion ? 1152 : 576)) / frame.sampleRate
      : ((size - at) * 8) / (frame.bitRate * 1000);
    return { seconds, hasSound: true, hasPictures: false, hasPlace: false };
  }
  return undefined;
}
