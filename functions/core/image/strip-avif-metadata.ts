import { SeedRejected } from '../article.ts';
import { type Box, findOnlyBox, listBoxes, versionLength } from './avif-boxes.ts';
import { findShownItems, listExtents, listItems } from './avif-items.ts';
import { createTruncatedError } from './byte-reader.ts';

/** Properties of items that decide what is seen. A description or a time of creation is a property, too. */
const shownProperties = 'ispe pixi av1C colr pasp irot imir clap auxC a1op lsel a1lx clli mdcv cclv amve'.split(' ');
/** Up to the name of the handler, which is free text. */
const handlerLength = 24;
const freeType = new TextEncoder().encode('free');

/**
 * An AVIF in which all but the shown image, its alpha channel and their properties is filled with zeros. Nothing moves,
 * because boxes refer to each other by offset and order. Boxes and items of other kinds become free space.
 * @throws {SeedRejected} for what is no AVIF that browsers show, and for an animated one
 */
export const stripAvifMetadata = (bytes: Uint8Array): Uint8Array => {
  const boxes = listBoxes(bytes, 0, bytes.length);
  if (boxes.some(({ type }) => type === 'moov'))
    throw new SeedRejected('Animated AVIF images are not published. Save this one as WebP or GIF.');
  const meta = findOnlyBox(boxes, 'meta');
  const metaBoxes = listBoxes(bytes, meta.start + versionLength, meta.end);
  const items = listItems(bytes, findOnlyBox(metaBoxes, 'iinf'));
  const shownItems = findShownItems(bytes, metaBoxes, items);

  const stripped = new Uint8Array(bytes.length);
  const copy = (start: number, end: number) => stripped.set(bytes.subarray(start, end), start);
  const copyBox = ({ header, end }: Box) => copy(header, end);
  const copyHeader = ({ header, start }: Box) => copy(header, start);
  const copyAsFreeSpace = (box: Box) => {
    copyHeader(box);
    stripped.set(freeType, box.header + 4);
  };
  const copyProperties = (iprp: Box) => {
    copyHeader(iprp);
    for (const box of listBoxes(bytes, iprp.start, iprp.end)) {
      if (box.type === 'ipma') copyBox(box);
      else if (box.type !== 'ipco') copyAsFreeSpace(box);
      else {
        copyHeader(box);
        for (const property of listBoxes(bytes, box.start, box.end))
          (shownProperties.includes(property.type) ? copyBox : copyAsFreeSpace)(property);
      }
    }
  };

  for (const { start, end } of listShownRanges(bytes, metaBoxes, shownItems)) copy(start, end);
  for (const box of boxes) {
    if (box.type === 'ftyp') copyBox(box);
    else if (box.type === 'meta' || box.type === 'mdat') copyHeader(box);
    else copyAsFreeSpace(box);
  }
  copy(meta.start, meta.start + versionLength);
  for (const box of metaBoxes) {
    if (['pitm', 'iloc', 'iref'].includes(box.type)) copyBox(box);
    else if (box.type === 'iprp') copyProperties(box);
    else if (box.type === 'hdlr') copy(box.header, Math.min(box.start + handlerLength, box.end));
    else if (box.type === 'iinf') copy(box.header, items[0]?.box.header ?? box.end);
    else if (box.type === 'idat') copyHeader(box);
    else copyAsFreeSpace(box);
  }
  for (const { id, box, typeEnd } of items) {
    copy(box.header, typeEnd);
    if (!shownItems.has(id)) stripped.set(freeType, typeEnd - freeType.length);
  }
  return stripped;
};

interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Where the data of the shown items is in the file, without overlaps: extents may share bytes. */
const listShownRanges = (
  bytes: Uint8Array,
  metaBoxes: readonly Box[],
  shownItems: ReadonlySet<number>,
): ByteRange[] => {
  const file = { start: 0, end: bytes.length };
  const idat = metaBoxes.find(({ type }) => type === 'idat');
  const ranges = listExtents(bytes, findOnlyBox(metaBoxes, 'iloc'))
    .filter(({ item }) => shownItems.has(item))
    .map(({ isInIdat, start, length }) => {
      const holder = isInIdat ? idat : file;
      if (!holder || holder.start + start + length > holder.end) throw createTruncatedError();
      return { start: holder.start + start, end: holder.start + start + length };
    })
    .sort((a, b) => a.start - b.start);
  let covered = 0;
  return ranges.map(({ start, end }) => {
    const range = { start: Math.max(start, covered), end };
    covered = Math.max(covered, end);
    return range;
  });
};
