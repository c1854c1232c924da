import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { largestSeed, refuseFile } from '../../../functions/core/article/refuse-file.ts';
import { seedKind } from '../../../functions/core/article/seed-kind.ts';
import { keyOf, listSeedFiles } from '../../local/seeds/seed-files.ts';
import { exitCodes, OperatorError } from '../failures.ts';
import type { Io } from '../io.ts';

/** A file to upload: where it lies, or what was piped in. */
export interface PlannedUpload {
  readonly key: string;
  readonly from: string | Uint8Array;
  /** Bytes. */
  readonly size: number;
}

export interface UploadOptions {
  /** The key in the file's name's place. */
  readonly as?: string;
  /** A folder of the bucket. */
  readonly prefix?: string;
}

/** S3's limit, in bytes of UTF-8. */
const longestKey = 1024;

/** Reads what is piped in, not much more of it than can be published. */
const readInput = async (input: Io['input']): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of input ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > largestSeed) break;
  }
  return Buffer.concat(chunks);
};

const sizeOf = (path: string): number => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new OperatorError(`There is no file ${path}.`, exitCodes.notFound);
  if (!found.isFile()) throw new OperatorError(`${path} is no file.`);
  return found.size;
};

const filesIn = async (folder: string): Promise<PlannedUpload[]> =>
  (await listSeedFiles(resolve(folder)))
    .filter(({ key }) => seedKind(key) !== 'ignored')
    .map(({ key, path }) => ({ key, from: path, size: sizeOf(path) }));

const filesOf = async (name: string, as: string | undefined, io: Io): Promise<PlannedUpload[]> => {
  if (name === '-') {
    if (as === undefined)
      throw new OperatorError('Say with --as under which key the input is published.', exitCodes.usage);
    const from = await readInput(io.input);
    return [{ key: keyOf(as), from, size: from.length }];
  }
  if (statSync(name, { throwIfNoEntry: false })?.isDirectory()) {
    if (as !== undefined)
      throw new OperatorError(
        `${name} is a folder: --as names one file, --prefix a folder.`,
        exitCodes.usage,
      );
    return filesIn(name);
  }
  return [{ key: keyOf(as ?? basename(name)), from: name, size: sizeOf(name) }];
};

const reasonAgainst = ({ key, size }: PlannedUpload): string | undefined =>
  Buffer.byteLength(key) > longestKey ? `A key has at most ${longestKey} bytes.` : refuseFile(key, size);

/** @throws {OperatorError} that names all that cannot be published */
const demandPublishable = (planned: readonly PlannedUpload[]): void => {
  const lines = planned.flatMap((upload) => {
    const reason = reasonAgainst(upload);
    return reason === undefined ? [] : [`  ${upload.key}: ${reason}`];
  });
  if (lines.length > 0) throw new OperatorError(`Nothing was uploaded.\n${lines.join('\n')}`);
};

/**
 * What is to be uploaded for the files that are named, the pictures before the seeds that show them. A folder stands
 * for all in it that is not hidden, under keys within the folder; `-` for what is piped in.
 * @throws {OperatorError} where a file is missing or cannot be published, or two would have one key
 */
export const planUploads = async (
  names: readonly string[],
  { as, prefix = '' }: UploadOptions,
  io: Io,
): Promise<PlannedUpload[]> => {
  if (as !== undefined && names.length > 1) throw new OperatorError('--as names one file.', exitCodes.usage);
  const folder = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
  const found: PlannedUpload[] = [];
  for (const name of names) found.push(...(await filesOf(name, as, io)));
  const planned = found.map((upload) => ({ ...upload, key: keyOf(folder) + upload.key }));
  const keys = new Set<string>();
  for (const { key } of planned) {
    if (keys.has(key)) throw new OperatorError(`Two files would have the key ${key}.`, exitCodes.usage);
    keys.add(key);
  }
  demandPublishable(planned);
  return planned.sort((a, b) => Number(seedKind(b.key) === 'image') - Number(seedKind(a.key) === 'image'));
};
