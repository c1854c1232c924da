import { readdir, readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { openZip } from '../../input/open-zip.ts';

/** Bytes of a file that is read. */
export const maxFileBytes = 10 * 1024 * 1024;

/** The files of a folder or of a ZIP archive, by their paths with slashes. */
export interface SourceFiles {
  readonly names: readonly string[];
  /** Undefined for a file of more than `maxFileBytes`. */
  readonly read: (name: string) => Promise<Buffer | undefined>;
  readonly close: () => void;
}

/** Hidden files and symbolic links are left out, so that nothing outside of the folder is taken along. */
export const listFolderFiles = async (root: string, ignored: ReadonlySet<string>): Promise<string[]> => {
  const found: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.name.startsWith('.')) continue;
      if (entry.isFile()) found.push(path.split(sep).join('/'));
      else if (entry.isDirectory() && !ignored.has(entry.name)) await walk(path);
    }
  };
  await walk('');
  return found.sort();
};

export const openFolderFiles = async (root: string): Promise<SourceFiles> => ({
  names: await listFolderFiles(root, new Set(['node_modules'])),
  read: async (name) => ((await stat(join(root, name))).size > maxFileBytes ? undefined : readFile(join(root, name))),
  close: () => undefined,
});

export const openZipFiles = async (path: string): Promise<SourceFiles> => {
  const { members, close } = await openZip(path);
  const byName = new Map(members.map((member) => [member.name, member]));
  return {
    names: [...byName.keys()].sort(),
    read: async (name) => {
      const member = byName.get(name);
      return member === undefined || member.bytes > maxFileBytes ? undefined : buffer(await member.open());
    },
    close,
  };
};
