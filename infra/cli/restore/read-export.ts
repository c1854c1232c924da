import { existsSync } from 'node:fs';
import { open, readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { z } from 'zod';
import { keyringSchema } from '../../../functions/adapters/table/token-keys.ts';
import { exportFiles, exportMetadataSchema, ledgerFileSchema } from '../export/export-files.ts';
import { CliError } from '../output/cli-error.ts';

export const isExportFolder = (folder: string): boolean => existsSync(join(folder, exportFiles.metadata));

const readJsonFile = async <T>(file: string, schema: z.ZodType<T>): Promise<T> =>
  parseExportJson(await readFile(file, 'utf8'), schema, file);

const listFilesBelow = async (folder: string): Promise<string[]> => {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
};

export const readExport = async (path: string) => {
  const folder = join(path, '/');
  const keys = folder + exportFiles.keys;
  return {
    folder,
    metadata: await readJsonFile(folder + exportFiles.metadata, exportMetadataSchema),
    ledger: await readJsonFile(folder + exportFiles.ledger, ledgerFileSchema),
    keyring: existsSync(keys) ? await readJsonFile(keys, keyringSchema) : undefined,
    seedKeys: await listFilesBelow(folder + exportFiles.articles),
  };
};

export type PublicationExport = Awaited<ReturnType<typeof readExport>>;

export async function* readJsonLines<T>(file: string, schema: z.ZodType<T>): AsyncGenerator<T> {
  if (!existsSync(file)) return;
  const handle = await open(file);
  let number = 0;
  for await (const line of handle.readLines()) {
    number += 1;
    yield parseExportJson(line, schema, `${file}, line ${number}`);
  }
}

export const parseExportJson = <T>(text: string, schema: z.ZodType<T>, place: string): T => {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new CliError(`${place} is damaged: an export writes it differently.`, undefined, { cause });
  }
};
