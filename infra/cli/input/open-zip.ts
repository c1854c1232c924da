import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { openPromise, type ZipFile } from 'yauzl';
import { CliError } from '../output/cli-error.ts';

export interface ZipMember {
  /** A path with slashes. */
  readonly name: string;
  readonly bytes: number;
  readonly open: () => Promise<Readable>;
}

export interface ZipArchive {
  readonly members: readonly ZipMember[];
  readonly close: () => void;
}

const maxMembers = 50_000;
const maxMemberBytes = 2 ** 30;

/** Of a first member, and of an archive without one. */
const zipSignatures = ['504b0304', '504b0506'].map((hex) => Buffer.from(hex, 'hex'));

export const isZip = async (path: string): Promise<boolean> => {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && zipSignatures.some((signature) => buffer.equals(signature));
  } finally {
    await handle.close();
  }
};

const listMembers = async (path: string, zip: ZipFile): Promise<ZipMember[]> => {
  if (zip.entryCount > maxMembers) throw new CliError(`${path} holds more than ${maxMembers} files.`);
  const members: ZipMember[] = [];
  for await (const entry of zip.eachEntry()) {
    const { fileName, uncompressedSize } = entry;
    if (fileName.endsWith('/') || /(?:^|\/)(?:\.|__MACOSX\/)/.test(fileName)) continue;
    if (uncompressedSize > maxMemberBytes)
      throw new CliError(`${fileName} in ${path} is larger than ${maxMemberBytes / 1024 / 1024} MB.`);
    members.push({
      name: fileName,
      bytes: uncompressedSize,
      open: async () => {
        if (entry.isEncrypted()) throw new CliError(`${fileName} in ${path} is encrypted.`);
        return zip.openReadStreamPromise(entry);
      },
    });
  }
  return members;
};

/**
 * Members are read as streams, any number of times, until it is closed. A member longer than the archive says is an
 * error.
 * @throws {CliError} for an archive that cannot be read
 */
export const openZip = async (path: string): Promise<ZipArchive> => {
  const zip = await openPromise(path, { autoClose: false, lazyEntries: true }).catch((cause: unknown) => {
    throw new CliError(`${path} cannot be read as a ZIP archive.`, undefined, { cause });
  });
  try {
    return { members: await listMembers(path, zip), close: () => zip.close() };
  } catch (cause) {
    zip.close();
    throw cause instanceof CliError
      ? cause
      : new CliError(`${path} cannot be read as a ZIP archive.`, undefined, { cause });
  }
};
