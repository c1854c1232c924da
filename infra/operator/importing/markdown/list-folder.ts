import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** Folders in which no article stands: tools, themes, and what generators made. */
const ignoredFolders = new Set([
  ...['node_modules', 'themes', 'layouts', 'archetypes', 'resources', 'vendor', '_site', '_includes'],
  ...['_layouts', '_sass', '_plugins'],
]);

/**
 * Every file below a folder, by its path with slashes, in order. Hidden ones and symbolic links are passed, so that
 * nothing outside of the folder is taken along.
 */
export const listSourceFiles = async (root: string): Promise<string[]> => {
  const found: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.name.startsWith('.')) continue;
      if (entry.isFile()) found.push(path.split(sep).join('/'));
      else if (entry.isDirectory() && !ignoredFolders.has(entry.name)) await walk(path);
    }
  };
  await walk('');
  return found.sort();
};
