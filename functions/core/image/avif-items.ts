import { type Box, findOnlyBox, listBoxes, openFullBox, versionLength } from './avif-boxes.ts';
import { type ByteReader, createByteReader, createDamagedError, maxParts } from './byte-reader.ts';

/** Items that are images, or are made from others (MIAF, AV1 Image File Format). */
const imageTypes = ['av01', 'grid', 'iovl', 'iden', 'sato'];

/** An entry of the item list: its box, and where in the file its type ends and its name starts. */
export interface ItemEntry {
  readonly id: number;
  readonly type: string;
  readonly box: Box;
  readonly typeEnd: number;
}

export const listItems = (bytes: Uint8Array, iinf: Box): ItemEntry[] => {
  const { version, reader } = openFullBox(bytes, iinf);
  reader.takeUint(version === 0 ? 2 : 4);
  return listBoxes(bytes, iinf.start + reader.getOffset(), iinf.end).map((box) => {
    const entry = openFullBox(bytes, box);
    if (box.type !== 'infe' || entry.version < 2) throw createDamagedError(box.header);
    const id = entry.reader.takeUint(entry.version === 2 ? 2 : 4);
    entry.reader.skip(2);
    const type = entry.reader.takeText(4);
    return { id, type, box, typeEnd: box.start + entry.reader.getOffset() };
  });
};

/**
 * Ids of the items that the shown picture needs: itself, the images that it is made from, and their alpha channels.
 * Thumbnails and further pictures are none of them.
 */
export const findShownItems = (bytes: Uint8Array, meta: readonly Box[], items: readonly ItemEntry[]): Set<number> => {
  const primary = openFullBox(bytes, findOnlyBox(meta, 'pitm'));
  const needed = readNeededItems(bytes, meta);
  const types = new Map(items.map(({ id, type }) => [id, type]));
  const shown = new Set([primary.reader.takeUint(primary.version === 0 ? 2 : 4)]);
  // A set's iteration goes on to what is added to it meanwhile.
  for (const id of shown) {
    if (!imageTypes.includes(types.get(id) ?? '')) throw createDamagedError(0);
    for (const next of needed.get(id) ?? []) shown.add(next);
  }
  return shown;
};

/** From `iref`: by id, the items that it is derived from, and those that are auxiliary to it. */
const readNeededItems = (bytes: Uint8Array, meta: readonly Box[]): Map<number, number[]> => {
  const needed = new Map<number, number[]>();
  const add = (id: number, other: number) => {
    const others = needed.get(id);
    if (others) others.push(other);
    else needed.set(id, [other]);
  };
  for (const iref of meta.filter(({ type }) => type === 'iref')) {
    const idLength = openFullBox(bytes, iref).version === 0 ? 2 : 4;
    for (const reference of listBoxes(bytes, iref.start + versionLength, iref.end)) {
      const reader = createByteReader(bytes.subarray(reference.start, reference.end), 'big');
      const from = reader.takeUint(idLength);
      const count = reader.takeUint(2);
      for (let index = 0; index < count; index += 1) {
        const to = reader.takeUint(idLength);
        if (reference.type === 'dimg') add(from, to);
        if (reference.type === 'auxl') add(to, from);
      }
    }
  }
  return needed;
};

/** A part of the file, or of the `idat` box, that holds data of an item. */
export interface Extent {
  readonly item: number;
  readonly isInIdat: boolean;
  readonly start: number;
  readonly length: number;
}

export const listExtents = (bytes: Uint8Array, iloc: Box): Extent[] => {
  const { version, reader } = openFullBox(bytes, iloc);
  const [offsetLength, lengthLength] = readNibbles(reader);
  const [baseLength, indexLength] = readNibbles(reader);
  // Extents without a length would take no room, and a short file could name billions of them.
  if (lengthLength === 0) throw createDamagedError(iloc.header);
  const itemCount = reader.takeUint(version < 2 ? 2 : 4);
  const extents: Extent[] = [];
  for (let index = 0; index < itemCount; index += 1) {
    const item = reader.takeUint(version < 2 ? 2 : 4);
    const construction = version === 0 ? 0 : reader.takeUint(2);
    const dataReference = reader.takeUint(2);
    if (construction > 1 || dataReference > 0) throw createDamagedError(iloc.header);
    const base = reader.takeUint(baseLength);
    const extentCount = reader.takeUint(2);
    for (let extent = 0; extent < extentCount; extent += 1) {
      if (version > 0) reader.skip(indexLength);
      const start = base + reader.takeUint(offsetLength);
      const length = reader.takeUint(lengthLength);
      const count = extents.push({ item, isInIdat: construction === 1, start, length });
      if (count > maxParts) throw createDamagedError(iloc.header);
    }
  }
  return extents;
};

const readNibbles = (reader: ByteReader): [number, number] => {
  const byte = reader.takeUint(1);
  return [byte >> 4, byte & 0xf];
};
