/** A part of a file that is to be read. */
export interface FileRange {
  readonly start: number;
  readonly length: number;
}

/** A reader that asks for ranges of a file, and is given their bytes: fewer at the end of the file. */
export type RangeReader<Result> = Generator<FileRange, Result, Uint8Array>;

/** Bytes that are read at once: most headers are near each other. */
const windowBytes = 65_536;

/** Reads of one file. No file that a program writes needs more. */
const maxReads = 64;

export interface ByteWindow {
  readonly size: number;
  /** The bytes at `start`; undefined where the file ends before, or has been read too often. */
  readonly read: (start: number, length: number) => RangeReader<Uint8Array | undefined>;
}

/** @param size of the file */
export const createByteWindow = (size: number): ByteWindow => {
  let from = 0;
  let bytes = new Uint8Array();
  let reads = 0;
  return {
    size,
    read: function* (start, length) {
      if (start < 0 || start + length > size) return undefined;
      if (start < from || start + length > from + bytes.length) {
        reads += 1;
        if (reads > maxReads) return undefined;
        bytes = Uint8Array.from(yield { start, length: Math.min(Math.max(length, windowBytes), size - start) });
        from = start;
      }
      return start + length > from + bytes.length ? undefined : bytes.subarray(start - from, start - from + length);
    },
  };
};
