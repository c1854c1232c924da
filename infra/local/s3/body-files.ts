import { createHash, randomUUID } from 'node:crypto';
import { closeSync, createReadStream, createWriteStream, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface BodyFile {
  readonly file: string;
  readonly size: number;
  readonly md5: string;
}

/** Gets the chunks of a body while it is written, such as a checksum. */
export interface ChunkListener {
  update(chunk: Uint8Array): void;
}

/** Bodies are files in one folder under random names, so that no key can lead out of it. */
export interface BodyFiles {
  write(source: AsyncIterable<Buffer>, listeners?: readonly ChunkListener[]): Promise<BodyFile>;
  /** Opens the file at once, so that a body that is replaced meanwhile is read to its end. `end` is inclusive. */
  read(file: string, range?: { start: number; end: number }): Readable;
  remove(files: Iterable<string>): void;
  /** Removes the files that a killed process left. */
  removeAllExcept(files: ReadonlySet<string>): void;
}

/** @param folder is created if it does not exist */
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
      async function* passThrough(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
        for await (const chunk of chunks) {
          size += chunk.length;
          md5.update(chunk);
          for (const listener of listeners) listener.update(chunk);
          yield chunk;
        }
      }
      try {
        await pipeline(source, passThrough, createWriteStream(join(folder, file), { flags: 'wx' }));
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
