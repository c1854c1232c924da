import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { decodeText } from '../../../functions/core/article/decode-text.ts';
import { SeedRejected } from '../../../functions/core/article.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { detectImportFormat, type ImportFormat } from './detect-import-format.ts';
import { parseFeedSource } from './feed/parse-feed-source.ts';
import { parseGhostExport } from './ghost/parse-ghost-export.ts';
import { readMarkdownFolder } from './markdown/read-markdown-folder.ts';
import type { SourceItem, SourceSettings } from './source/source-item.ts';
import { readWordPressExport } from './wordpress/read-wordpress-export.ts';

export interface ImportSource {
  readonly format: ImportFormat;
  /** The instant of the file's last change: the date of what has none. */
  readonly modified: string;
  readonly read: (settings: SourceSettings) => AsyncIterable<SourceItem> | Iterable<SourceItem>;
}

const detectionBytes = 64 * 1024;

const maxFileBytes = 400 * 1024 * 1024;

const readFileStart = async (path: string): Promise<string> => {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(detectionBytes), 0, detectionBytes, 0);
    const isWide = buffer[0] === 0xff && buffer[1] === 0xfe;
    return buffer.toString(isWide ? 'utf16le' : 'utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
};

/** Of the encoding that the XML declaration names, or else of UTF-8 or what it most resembles. */
const readSourceText = async (path: string, size: number): Promise<string> => {
  if (size > maxFileBytes) throw new CliError(`${path} is larger than ${maxFileBytes / 1024 / 1024} MB.`);
  const bytes = await readFile(path);
  const declared = /^<\?xml[^>]*?encoding=["']([\w-]+)/.exec(bytes.toString('latin1', 0, 200))?.[1];
  try {
    if (declared !== undefined && !/^utf-?(?:8|16)/i.test(declared)) return new TextDecoder(declared).decode(bytes);
    return decodeText(bytes).replace(/^\ufeff/, '');
  } catch (cause) {
    if (!(cause instanceof SeedRejected || cause instanceof RangeError)) throw cause;
    throw new CliError(`${path} cannot be read. ${cause.message}`, exitCodes.failed, { cause });
  }
};

const readChunks = (path: string): AsyncIterable<string> =>
  createReadStream(path, { encoding: 'utf8', highWaterMark: 1024 * 1024 });

const detectFileFormat = async (path: string): Promise<ImportFormat> => {
  const start = await readFileStart(path);
  const format = detectImportFormat(start);
  if (format) return format;
  if (start.startsWith('PK')) throw new CliError(`${path} is a ZIP archive: unpack it first.`, exitCodes.usage);
  throw new CliError(
    `${path} cannot be imported: it is not a feed, a WordPress or Ghost export, or a folder of Markdown.`,
  );
};

export const openImportSource = async (
  path: string,
  requestedFormat: ImportFormat | undefined,
): Promise<ImportSource> => {
  const found = await stat(path).catch((cause: unknown) => {
    throw new CliError(`${path} cannot be read.`, exitCodes.notFound, { cause });
  });
  const modified = found.mtime.toISOString();
  if (found.isDirectory()) {
    if (requestedFormat !== undefined && requestedFormat !== 'markdown')
      throw new CliError(`${path} is a folder: name the file.`, exitCodes.usage);
    return { format: 'markdown', modified, read: (settings) => readMarkdownFolder(path, settings) };
  }
  const format = requestedFormat ?? (await detectFileFormat(path));
  if (format === 'markdown') throw new CliError(`${path} is a file: name the folder that it is in.`, exitCodes.usage);
  if (format === 'wordpress')
    return { format, modified, read: (settings) => readWordPressExport(() => readChunks(path), settings) };
  const read = format === 'feed' ? parseFeedSource : parseGhostExport;
  return {
    format,
    modified,
    read: async function* readAll(settings) {
      yield* read(await readSourceText(path, found.size), settings);
    },
  };
};
