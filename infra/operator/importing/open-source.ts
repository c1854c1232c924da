import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { SeedRejected } from '../../../functions/core/article/article.ts';
import { decodeText } from '../../../functions/core/article/decode-text.ts';
import { exitCodes, OperatorError } from '../failures.ts';
import { detectFormat, type Format } from './detect-format.ts';
import { readFeed } from './feed/read-feed.ts';
import type { Found, SourceSettings } from './found.ts';
import { readGhost } from './ghost/read-ghost.ts';
import { readFolder } from './markdown/read-folder.ts';
import { readWordPress } from './wordpress/read-wordpress.ts';

/** What is moved in. It can be read more than once. */
export interface Source {
  readonly format: Format;
  /** The instant of the file's last change: the date of what has none. */
  readonly modified: string;
  readonly read: (settings: SourceSettings) => AsyncIterable<Found> | Iterable<Found>;
}

/** Bytes by which a file is known. */
const beginning = 64 * 1024;

/** Bytes of the largest file that is held in memory as a whole. */
const largest = 400 * 1024 * 1024;

const readBeginning = async (path: string): Promise<string> => {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(beginning), 0, beginning, 0);
    const isWide = buffer[0] === 0xff && buffer[1] === 0xfe;
    return buffer.toString(isWide ? 'utf16le' : 'utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
};

/** Of the encoding that the XML declaration names, or else of UTF-8 or what it most resembles. */
const readWhole = async (path: string, size: number): Promise<string> => {
  if (size > largest) throw new OperatorError(`${path} is larger than ${largest / 1024 / 1024} MB.`);
  const bytes = await readFile(path);
  const declared = /^<\?xml[^>]*?encoding=["']([\w-]+)/.exec(bytes.toString('latin1', 0, 200))?.[1];
  try {
    if (declared !== undefined && !/^utf-?(?:8|16)/i.test(declared))
      return new TextDecoder(declared).decode(bytes);
    return decodeText(bytes).replace(/^\ufeff/, '');
  } catch (cause) {
    if (!(cause instanceof SeedRejected || cause instanceof RangeError)) throw cause;
    throw new OperatorError(`${path} cannot be read. ${cause.message}`, exitCodes.failed, { cause });
  }
};

const chunksOf = (path: string): AsyncIterable<string> =>
  createReadStream(path, { encoding: 'utf8', highWaterMark: 1024 * 1024 });

const fileFormat = async (path: string): Promise<Format> => {
  const start = await readBeginning(path);
  const format = detectFormat(start);
  if (format) return format;
  if (start.startsWith('PK'))
    throw new OperatorError(`${path} is a ZIP archive: unpack it first.`, exitCodes.usage);
  throw new OperatorError(
    `${path} is none of what can be imported: a feed, an export of WordPress or Ghost, a folder of Markdown.`,
  );
};

/**
 * Finds out what a file or folder is, by what is in it, unless that is said.
 * @throws {OperatorError} where there is none, or it is nothing that can be read
 */
export const openSource = async (path: string, said: Format | undefined): Promise<Source> => {
  const found = await stat(path).catch((cause: unknown) => {
    throw new OperatorError(`${path} cannot be read.`, exitCodes.notFound, { cause });
  });
  const modified = found.mtime.toISOString();
  if (found.isDirectory()) {
    if (said !== undefined && said !== 'markdown')
      throw new OperatorError(`${path} is a folder: name the file.`, exitCodes.usage);
    return { format: 'markdown', modified, read: (settings) => readFolder(path, settings) };
  }
  const format = said ?? (await fileFormat(path));
  if (format === 'markdown')
    throw new OperatorError(`${path} is a file: name the folder that it is in.`, exitCodes.usage);
  if (format === 'wordpress')
    return { format, modified, read: (settings) => readWordPress(() => chunksOf(path), settings) };
  const read = format === 'feed' ? readFeed : readGhost;
  return {
    ...{ format, modified },
    read: async function* readAll(settings) {
      yield* read(await readWhole(path, found.size), settings);
    },
  };
};
