import { type ByteReader, createByteReader, createDamagedError, maxParts } from './byte-reader.ts';

/** A box of the ISO base media file format (ISO/IEC 14496-12). Offsets are those of the file. */
export interface Box {
  readonly type: string;
  /** Where its header starts. */
  readonly header: number;
  /** Where its content starts. */
  readonly start: number;
  readonly end: number;
}

/** The boxes between two offsets, in order. @throws {SeedRejected} for a box that is longer than what holds it */
export const listBoxes = (bytes: Uint8Array, start: number, end: number): Box[] => {
  const boxes: Box[] = [];
  let offset = start;
  while (offset < end) {
    const reader = createByteReader(bytes.subarray(offset, end), 'big');
    const stated = reader.takeUint(4);
    const type = reader.takeText(4);
    // 1: a longer number follows. 0: the box goes on to the end.
    const length = stated === 1 ? reader.takeUint(8) : stated || end - offset;
    if (length < reader.getOffset()) throw createDamagedError(offset);
    const headerEnd = reader.getOffset();
    reader.skip(length - headerEnd);
    const count = boxes.push({ type, header: offset, start: offset + headerEnd, end: offset + length });
    if (count > maxParts) throw createDamagedError(offset);
    offset += length;
  }
  return boxes;
};

/** The only box of a type. */
export const findOnlyBox = (boxes: readonly Box[], type: string): Box => {
  const [found, second] = boxes.filter((box) => box.type === type);
  if (!found || second) throw createDamagedError(second?.header ?? 0);
  return found;
};

/** Length of the version and flags that the content of a full box starts with. */
export const versionLength = 4;

export const openFullBox = (bytes: Uint8Array, { start, end }: Box): { version: number; reader: ByteReader } => {
  const reader = createByteReader(bytes.subarray(start, end), 'big');
  const version = reader.takeUint(1);
  reader.skip(versionLength - 1);
  return { version, reader };
};
