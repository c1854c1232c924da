import { SeedRejected } from '../article.ts';
import { findImageType } from '../seed-kind.ts';
import { listBoxes, versionLength } from './avif-boxes.ts';
import { createByteReader, startsWithText } from './byte-reader.ts';
import { exifPrefix, parseExifOrientation } from './exif-orientation.ts';
import { type ImagePart, listJpegSegments, listPngChunks, listWebpChunks } from './list-image-parts.ts';

/** What a picture is, by its headers. */
export interface ImageFacts {
  /** Pixels as it is shown, turned as its EXIF says. */
  readonly width: number;
  readonly height: number;
  /** From 1 (upright) to 8, as in EXIF. */
  readonly orientation: number;
  /** Whether smaller copies would look the same: it neither moves nor has colors that are not RGB. */
  readonly canBeResized: boolean;
}

interface Header extends Omit<ImageFacts, 'orientation'> {
  readonly orientation?: number;
}

const maxMegapixels = 50;
/** Progressive pictures have about ten. A decoder goes over the whole picture for each, however short it is. */
const maxScans = 100;

const frameMarkers = ['c0', 'c1', 'c2', 'c9', 'ca'];

const inspectJpeg = (bytes: Uint8Array): Header => {
  const segments = listJpegSegments(bytes);
  const scans = segments.filter(({ type }) => type === 'da').length;
  if (scans > maxScans)
    throw new SeedRejected(`The image is stored in ${scans} scans, at most ${maxScans} are read. Save it again.`);
  const frame = segments.find(({ type }) => frameMarkers.includes(type));
  const reader = createByteReader(frame?.data ?? new Uint8Array(6), 'big');
  const bits = reader.takeUint(1);
  const height = reader.takeUint(2);
  const width = reader.takeUint(2);
  // One is grey, and four are CMYK.
  const components = reader.takeUint(1);
  const exif = segments.find(({ type, data }) => type === 'e1' && startsWithText(data, exifPrefix));
  return {
    width,
    height,
    canBeResized: bits === 8 && (components === 1 || components === 3),
    orientation: exif ? parseExifOrientation(exif.data) : 1,
  };
};

const inspectPng = (bytes: Uint8Array): Header => {
  const chunks = listPngChunks(bytes);
  const find = (wanted: string) => chunks.find(({ type }) => type === wanted)?.data;
  const header = createByteReader(find('IHDR') ?? new Uint8Array(8), 'big');
  const exif = find('eXIf');
  return {
    width: header.takeUint(4),
    height: header.takeUint(4),
    canBeResized: find('acTL') === undefined,
    orientation: exif ? parseExifOrientation(exif) : 1,
  };
};

const readWebpSize = ({ type, data }: ImagePart): Header => {
  const reader = createByteReader(data, 'little');
  if (type === 'VP8X') {
    const isAnimated = (reader.takeUint(4) & 0x02) > 0;
    return { width: reader.takeUint(3) + 1, height: reader.takeUint(3) + 1, canBeResized: !isAnimated };
  }
  if (type === 'VP8 ') {
    reader.skip(6);
    // The upper two bits scale the picture, which no browser does.
    return { width: reader.takeUint(2) & 0x3fff, height: reader.takeUint(2) & 0x3fff, canBeResized: true };
  }
  reader.skip(1);
  const bits = reader.takeUint(4);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, canBeResized: true };
};

const inspectWebp = (bytes: Uint8Array): Header => {
  const chunks = listWebpChunks(bytes);
  const exif = chunks.find(({ type }) => type === 'EXIF');
  const [first] = chunks;
  const size = first ? readWebpSize(first) : { width: 0, height: 0, canBeResized: false };
  return { ...size, orientation: exif ? parseExifOrientation(exif.data) : 1 };
};

const inspectGif = (bytes: Uint8Array): Header => {
  const reader = createByteReader(bytes.subarray(6), 'little');
  return { width: reader.takeUint(2), height: reader.takeUint(2), canBeResized: false };
};

/** BT.709 or unknown, and transfers that are not HDR (ITU-T H.273). */
const isPlainColor = (data: Uint8Array): boolean => {
  if (!startsWithText(data, 'nclx')) return true;
  const fields = createByteReader(data.subarray(4), 'big');
  const primaries = fields.takeUint(2);
  const transfer = fields.takeUint(2);
  return (primaries === 1 || primaries === 2) && transfer !== 16 && transfer !== 18;
};

/** What turns, mirrors or crops the picture: browsers do it, the decoder does not. */
const transforms = ['irot', 'imir', 'clap'];

const inspectAvif = (bytes: Uint8Array): Header => {
  const meta = listBoxes(bytes, 0, bytes.length).find(({ type }) => type === 'meta');
  const inMeta = meta ? listBoxes(bytes, meta.start + versionLength, meta.end) : [];
  const properties = inMeta
    .filter(({ type }) => type === 'iprp')
    .flatMap(({ start, end }) => listBoxes(bytes, start, end))
    .filter(({ type }) => type === 'ipco')
    .flatMap(({ start, end }) => listBoxes(bytes, start, end));
  const read = ({ start, end }: { readonly start: number; readonly end: number }) => bytes.subarray(start, end);
  // The tiles of a picture and its alpha channel have properties as well, and none is larger than the picture.
  const sizes = properties
    .filter(({ type }) => type === 'ispe')
    .map((box) => {
      const reader = createByteReader(read(box).subarray(versionLength), 'big');
      return { width: reader.takeUint(4), height: reader.takeUint(4) };
    });
  const [size = { width: 0, height: 0 }] = sizes.sort((a, b) => b.width * b.height - a.width * a.height);
  const isTurned = properties.some((box) => box.type === 'irot' && ((read(box)[0] ?? 0) & 1) === 1);
  return {
    ...(isTurned ? { width: size.height, height: size.width } : size),
    canBeResized:
      !properties.some(({ type }) => transforms.includes(type)) &&
      properties.every((box) => box.type !== 'colr' || isPlainColor(read(box))),
  };
};

const inspectors: Readonly<Record<string, (bytes: Uint8Array) => Header>> = {
  'image/jpeg': inspectJpeg,
  'image/png': inspectPng,
  'image/webp': inspectWebp,
  'image/gif': inspectGif,
  'image/avif': inspectAvif,
};

/**
 * Reads the size of a picture from its headers.
 * @param key the name of its file, which says what it is
 * @param stripped the picture without its metadata, which is whole and what its name says
 * @throws {SeedRejected} for a picture that would take too much memory or time to show
 */
export const inspectImage = (key: string, stripped: Uint8Array): ImageFacts => {
  const header = inspectors[findImageType(key) ?? '']?.(stripped);
  const { width = 0, height = 0, orientation = 1, canBeResized = false } = header ?? {};
  const megapixels = (width * height) / 1_000_000;
  if (megapixels > maxMegapixels)
    throw new SeedRejected(
      `The image has ${Math.ceil(megapixels)} megapixels (${width} × ${height}), at most ${maxMegapixels} are published. Save it smaller.`,
    );
  const isOnItsSide = orientation > 4;
  return {
    width: isOnItsSide ? height : width,
    height: isOnItsSide ? width : height,
    orientation,
    canBeResized: canBeResized && width > 0 && height > 0,
  };
};
