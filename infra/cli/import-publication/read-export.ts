import { createReadStream, existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { z } from 'zod';
import { keyringSchema } from '../../../functions/adapters/table/token-keys.ts';
import { exportFiles, exportMetadataSchema, ledgerFileSchema } from '../export/export-files.ts';
import { requireRegularFile } from '../input/require-regular-file.ts';
import { CliError } from '../output/cli-error.ts';

export const isExportFolder = (folder: string): boolean => existsSync(join(folder, exportFiles.metadata));

/** The whole ledger of a publication is a few megabytes. */
const maxJsonBytes = 64 * 1024 * 1024;

/** Characters; an item of the table has at most 400 KB. */
const maxLineLength = 1024 * 1024;

export const readJsonFile = async <T>(file: string, schema: z.ZodType<T>): Promise<T> => {
  await requireRegularFile(file, maxJsonBytes);
  return parseExportJson(await readFile(file, 'utf8'), schema, file);
};

/** @throws {CliError} for what leads out of the folder or is no file: an export has neither */
const listExportFiles = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/');
    if (entry.isDirectory()) return [];
    if (entry.isFile()) return [path];
    throw new CliError(`${path} is ${entry.isSymbolicLink() ? 'a symbolic link' : 'not a file'}: an export has none.`);
  });
};

export const readExport = async (path: string) => {
  const folder = join(path, '/');
  const keys = folder + exportFiles.keys;
  const files = await listExportFiles(folder);
  const { articles } = exportFiles;
  return {
    folder,
    metadata: await readJsonFile(folder + exportFiles.metadata, exportMetadataSchema),
    ledger: await readJsonFile(folder + exportFiles.ledger, ledgerFileSchema),
    keyring: existsSync(keys) ? await readJsonFile(keys, keyringSchema) : undefined,
    seedKeys: files.flatMap((file) => (file.startsWith(articles) ? [file.slice(articles.length)] : [])).sort(),
  };
};

export type PublicationExport = Awaited<ReturnType<typeof readExport>>;

export async function* readJsonLines<T>(file: string, schema: z.ZodType<T>): AsyncGenerator<T> {
  if (!existsSync(file)) return;
  let [rest, number] = ['', 0];
  const parse = (line: string): T => {
    number += 1;
    return parseExportJson(line, schema, `${file}, line ${number}`);
  };
  for await (const chunk of createReadStream(file, 'utf8')) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield parse(line);
    if (rest.length > maxLineLength) throw new CliError(`${file}, line ${number + 1} is too long for an export.`);
  }
  if (rest !== '') yield parse(rest);
}

export const parseExportJson = <T>(text: string, schema: z.ZodType<T>, place: string): T => {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new CliError(`${place} is damaged: an export writes it differently.`, undefined, { cause });
  }
};
