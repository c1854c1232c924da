import { stat } from 'node:fs/promises';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { detectImportFormat, type ImportFormat } from './detect-import-format.ts';
import { readFeed } from './feed/read-feed.ts';
import { readGhostExport } from './ghost/read-ghost-export.ts';
import { readMarkdownFolder } from './markdown/read-markdown-folder.ts';
import { readFileStart, readSourceText } from './source/read-source-text.ts';
import type { SourceItem, SourceSettings } from './source/source-item.ts';
import { readWordPressExport } from './wordpress/read-wordpress-export.ts';

export interface ImportSource {
  readonly format: ImportFormat;
  /** The instant of the file's last change: the date of what has none. */
  readonly modified: string;
  readonly read: (settings: SourceSettings) => AsyncIterable<SourceItem> | Iterable<SourceItem>;
}

const detectFileFormat = async (path: string): Promise<ImportFormat> => {
  const bytes = await readFileStart(path);
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const start = bytes.toString(isWide ? 'utf16le' : 'utf8');
  const format = detectImportFormat(start);
  if (format) return format;
  if (start.startsWith('PK')) throw new CliError(`${path} is a ZIP archive: unpack it first.`, exitCodes.usage);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b)
    throw new CliError(`${path} is compressed: unpack it first.`, exitCodes.usage);
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
  if (!found.isFile()) throw new CliError(`${path} is neither a file nor a folder.`, exitCodes.usage);
  const format = requestedFormat ?? (await detectFileFormat(path));
  if (format === 'markdown') throw new CliError(`${path} is a file: name the folder that it is in.`, exitCodes.usage);
  const read = { wordpress: readWordPressExport, feed: readFeed, ghost: readGhostExport }[format];
  return { format, modified, read: (settings) => read(() => readSourceText(path, found.size), settings) };
};
