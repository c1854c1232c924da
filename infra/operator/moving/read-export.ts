import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { z } from 'zod';
import { keyringSchema } from '../../../functions/adapters/table/token-keys.ts';
import { layout, ledgerFileSchema, markSchema } from './layout.ts';
import { parseJson } from './read-lines.ts';

/** Whether a folder is an export of this command. */
export const isExport = (folder: string): boolean => existsSync(join(folder, layout.mark));

const readJson = async <T>(file: string, schema: z.ZodType<T>): Promise<T> =>
  parseJson(await readFile(file, 'utf8'), schema, file);

const filesBelow = async (folder: string): Promise<string[]> => {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
};

/** What an export has besides what is read as it is needed. @throws {OperatorError} where it is damaged */
export const readExport = async (path: string) => {
  const folder = join(path, '/');
  const keys = folder + layout.keys;
  return {
    folder,
    mark: await readJson(folder + layout.mark, markSchema),
    ledger: await readJson(folder + layout.ledger, ledgerFileSchema),
    keyring: existsSync(keys) ? await readJson(keys, keyringSchema) : undefined,
    /** Keys of seeds and pictures. */
    keys: await filesBelow(folder + layout.articles),
  };
};

export type Export = Awaited<ReturnType<typeof readExport>>;
