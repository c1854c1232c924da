import { stat } from 'node:fs/promises';
import { isZip } from '../input/open-zip.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { detectArchiveKind } from './archive/detect-archive-kind.ts';
import { readMediumExport } from './archive/read-medium-export.ts';
import { readSubstackExport } from './archive/read-substack-export.ts';
import { openFolderFiles, openZipFiles, type SourceFiles } from './archive/source-files.ts';
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

const detectFileFormat = async (path: string): Promise<'feed' | 'wordpress' | 'ghost'> => {
  const bytes = await readFileStart(path);
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const start = bytes.toString(isWide ? 'utf16le' : 'utf8');
  const format = detectImportFormat(start);
  if (format) return format;
  if (bytes[0] === 0x1f && bytes[1] === 0x8b)
    throw new CliError(`${path} is compressed: unpack it first.`, exitCodes.usage);
  throw new CliError(
    `${path} cannot be imported: it is not a feed, an export of WordPress, Ghost, Medium or Substack, or a folder of Markdown.`,
  );
};

type ArchiveFormat = 'medium' | 'substack';

const isArchiveFormat = (format: ImportFormat): format is ArchiveFormat => format === 'medium' || format === 'substack';

async function* readArchive(
  files: SourceFiles,
  format: ArchiveFormat,
  settings: SourceSettings,
  modified: string,
): AsyncGenerator<SourceItem> {
  yield* format === 'medium' ? readMediumExport(files, settings, modified) : readSubstackExport(files, settings);
}

/** An export of many files. It is opened anew for each reading. */
const openArchiveSource = async (
  open: () => Promise<SourceFiles>,
  requested: ImportFormat | undefined,
  modified: string,
): Promise<ImportSource | undefined> => {
  const files = await open();
  files.close();
  const format = requested ?? detectArchiveKind(files.names);
  if (format === undefined || !isArchiveFormat(format)) return undefined;
  const read = async function* (settings: SourceSettings): AsyncGenerator<SourceItem> {
    const opened = await open();
    try {
      yield* readArchive(opened, format, settings, modified);
    } finally {
      opened.close();
    }
  };
  return { format, modified, read };
};

const openFolderSource = async (
  path: string,
  requested: ImportFormat | undefined,
  modified: string,
): Promise<ImportSource> => {
  const archive = await openArchiveSource(() => openFolderFiles(path), requested, modified);
  if (archive) return archive;
  if (requested !== undefined && requested !== 'markdown')
    throw new CliError(`${path} is a folder: name the file.`, exitCodes.usage);
  return { format: 'markdown', modified, read: (settings) => readMarkdownFolder(path, settings) };
};

export const openImportSource = async (
  path: string,
  requestedFormat: ImportFormat | undefined,
): Promise<ImportSource> => {
  const found = await stat(path).catch((cause: unknown) => {
    throw new CliError(`${path} cannot be read.`, exitCodes.notFound, { cause });
  });
  const modified = found.mtime.toISOString();
  if (found.isDirectory()) return openFolderSource(path, requestedFormat, modified);
  if (!found.isFile()) throw new CliError(`${path} is neither a file nor a folder.`, exitCodes.usage);
  if (await isZip(path)) {
    const archive = await openArchiveSource(() => openZipFiles(path), requestedFormat, modified).catch(
      (cause: unknown) => {
        throw new CliError(`${path} is a ZIP archive: unpack it first.`, exitCodes.usage, { cause });
      },
    );
    if (archive) return archive;
    throw new CliError(`${path} is a ZIP archive: unpack it first.`, exitCodes.usage);
  }
  const format = requestedFormat ?? (await detectFileFormat(path));
  if (format === 'markdown' || isArchiveFormat(format))
    throw new CliError(`${path} is a file: name the folder that it is in.`, exitCodes.usage);
  const read = { wordpress: readWordPressExport, feed: readFeed, ghost: readGhostExport }[format];
  return { format, modified, read: (settings) => read(() => readSourceText(path, found.size), settings) };
};
