import { statSync } from 'node:fs';
import { basename, resolve, sep } from 'node:path';
import { checkSeedFile, findMaxBytes } from '../../../functions/core/article/check-seed-file.ts';
import { isSectionKey } from '../../../functions/core/section-files.ts';
import { toSeedKind } from '../../../functions/core/seed-kind.ts';
import { type LocalSeedFile, listSeedFiles, toSeedKey } from '../../local/seeds/seed-files.ts';
import { isPublicationFolder } from '../../publication-folder/find-publication-folder.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import type { Io } from '../output/io.ts';

/** A file to upload: its path, or what was piped in. */
export interface PlannedUpload {
  readonly key: string;
  readonly source: string | Uint8Array;
  readonly size: number;
}

export interface UploadOptions {
  readonly as?: string;
  readonly prefix?: string;
}

/** S3's limit, in bytes of UTF-8. */
const maxKeyBytes = 1024;

/** Reads standard input, up to a little more than can be published. */
const readInput = async (input: Io['input'], maxBytes: number): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of input ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > maxBytes) break;
  }
  return Buffer.concat(chunks);
};

const readFileSize = (path: string): number => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new CliError(`There is no file ${path}.`, exitCodes.notFound);
  if (!found.isFile()) throw new CliError(`${path} is not a file.`);
  return found.size;
};

/**
 * The path of what lies in the folder `seeds` of a publication, where the local run takes keys from: an imprint in
 * `seeds/pages` would be an article without its folder.
 */
const findSeedPath = (path: string): string | undefined => {
  const absolute = resolve(path);
  const above = absolute.lastIndexOf(`${sep}seeds${sep}`);
  if (above === -1 || !isPublicationFolder(absolute.slice(0, above))) return undefined;
  return absolute.slice(above + `${sep}seeds${sep}`.length);
};

const listFolderUploads = async (folder: string): Promise<PlannedUpload[]> => {
  const { files, special } = await listSeedFiles(resolve(folder));
  const isSeed = ({ key }: LocalSeedFile): boolean => toSeedKind(key) !== 'ignored';
  const inSeeds = findSeedPath(folder);
  const lines = special.filter(isSeed).map(({ key }) => `  ${key}: It is a link or not a regular file.`);
  if (lines.length > 0) throw new CliError(`Nothing was uploaded.\n${lines.join('\n')}`);
  const toKey = (key: string): string => (inSeeds === undefined ? key : `${toSeedKey(inSeeds)}/${key}`);
  return files.filter(isSeed).map(({ key, path }) => ({ key: toKey(key), source: path, size: readFileSize(path) }));
};

const listUploads = async (name: string, as: string | undefined, io: Io): Promise<PlannedUpload[]> => {
  if (name === '-') {
    if (as === undefined) throw new CliError('Name the key of the input with --as.', exitCodes.usage);
    const key = toSeedKey(as);
    const input = await readInput(io.input, findMaxBytes(key));
    return [{ key, source: input, size: input.length }];
  }
  if (statSync(name, { throwIfNoEntry: false })?.isDirectory()) {
    if (as !== undefined)
      throw new CliError(`${name} is a folder: --as is for one file; use --prefix.`, exitCodes.usage);
    return listFolderUploads(name);
  }
  return [{ key: toSeedKey(as ?? findSeedPath(name) ?? basename(name)), source: name, size: readFileSize(name) }];
};

const findRefusalReason = ({ key, size }: PlannedUpload): string | undefined =>
  Buffer.byteLength(key) > maxKeyBytes ? `A key has at most ${maxKeyBytes} bytes.` : checkSeedFile(key, size);

const requirePublishable = (planned: readonly PlannedUpload[]): void => {
  const lines = planned.flatMap((upload) => {
    const reason = findRefusalReason(upload);
    return reason === undefined ? [] : [`  ${upload.key}: ${reason}`];
  });
  if (lines.length > 0) throw new CliError(['Nothing was uploaded.', ...lines]);
};

/** Pictures and files come before the seeds that show them. */
/** What seeds show, then what says whether a folder is for readers, then the other seeds. */
const toRank = ({ key }: PlannedUpload): number => (toSeedKind(key) !== 'seed' ? 0 : isSectionKey(key) ? 1 : 2);

export const planUploads = async (
  names: readonly string[],
  { as, prefix = '' }: UploadOptions,
  io: Io,
): Promise<PlannedUpload[]> => {
  if (as !== undefined && names.length > 1) throw new CliError('--as is for one file.', exitCodes.usage);
  const folder = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
  const found: PlannedUpload[] = [];
  for (const name of names) found.push(...(await listUploads(name, as, io)));
  const planned = found.map((upload) => ({ ...upload, key: toSeedKey(folder) + upload.key }));
  const keys = new Set<string>();
  for (const { key } of planned) {
    if (keys.has(key)) throw new CliError(`Two files would have the key ${key}.`, exitCodes.usage);
    keys.add(key);
  }
  requirePublishable(planned);
  return planned.sort((a, b) => toRank(a) - toRank(b));
};
