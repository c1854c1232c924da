import { readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { createPublicationFiles } from '../init/create-publication-files.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { type GlobalOptions, type Io, printResult } from '../output/io.ts';

interface Options extends GlobalOptions {
  readonly title?: string;
  readonly language?: string;
  readonly timeZone?: string;
  readonly publisher?: string;
  readonly address?: string;
  readonly email?: string;
  readonly seedpress?: string;
}

const listEntries = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
};

export const runInit = async (written: string, options: Options, io: Io): Promise<void> => {
  const folder = resolve(written);
  // A folder that was cloned from an empty repository is as good as a new one.
  if (listEntries(folder).some((name) => name !== '.git'))
    throw new CliError(`${written} is not empty. Choose a new folder.`, exitCodes.usage);
  const files = await createPublicationFiles({
    ...options,
    folder,
    name: basename(folder),
    timeZone: options.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const path = relative(process.cwd(), folder) || '.';
  printResult(io, options, { folder, files: [...files.keys()] }, [
    `${path} is ready. Next:`,
    ...(path === '.' ? [] : [`  cd ${path}`]),
    '  npm install',
    '  npx seedpress start',
  ]);
};
