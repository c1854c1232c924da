import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  createWriteStream,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A body on disk, not yet or no longer belonging to an object. */
export interface BodyFile {
  readonly file: string;
  readonly size: number;
  /** Hex. */
  readonly md5: string;
}

/** Watches the bytes go by, for checksums. */
export interface ChunkListener {
  update(chunk: Uint8Array): void;
}

/** Bodies lie in one folder under names of our own, so that no key, whatever it says, can lead out of it. */
export interface BodyFiles {
  write(source: AsyncIterable<Buffer>, listeners?: readonly ChunkListener[]): Promise<BodyFile>;
  /** Opens at once, so that a body replaced while it is being read is still read to its end. `end` is inclusive. */
  read(file: string, range?: { start: number; end: number }): Readable;
  remove(files: Iterable<string>): void;
  /** Removes what a killed process left behind. */
  removeAllExcept(files: ReadonlySet<string>): void;
}

/** @param folder is created if it is not there */
export const openBodyFiles = (folder: string): BodyFiles => {
  mkdirSync(folder, { recursive: true });
  const remove = (files: Iterable<string>): void => {
    for (const file of files) rmSync(join(folder, file), { force: true });
  };
  return {
    remove,
    write: async (source, listeners = []) => {
      const file = randomUUID();
      const md5 = createHash('md5');
      let size = 0;
      async function* watch(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
        for await (const chunk of chunks) {
          size += chunk.length;
          md5.update(chunk);
          for (const watcher of listeners) watcher.update(chunk);
          yield chunk;
        }
      }
      try {
        await pipeline(source, watch, createWriteStream(join(folder, file), { flags: 'wx' }));
      } catch (error) {
        remove([file]);
        throw error;
      }
      return { file, size, md5: md5.digest('hex') };
    },
    read: (file, range) => {
      const fd = openSync(join(folder, file), 'r');
      if (range && range.end < range.start) {
        closeSync(fd);
        return Readable.from([]);
      }
      return createReadStream('', { fd, ...range });
    },
    removeAllExcept: (files) => remove(readdirSync(folder).filter((file) => !files.has(file))),
  };
};
