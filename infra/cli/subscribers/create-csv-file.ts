import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import { escapeFormula } from './escape-formula.ts';

export const formatCsv = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map((row) => row.map(escapeFormula)),
    { record_delimiter: 'windows' },
  );

/** A CSV file that only its owner can read, written row by row. It gets its name once it is complete, and replaces an older one. */
export const createCsvFile = (path: string, headings: readonly string[]) => {
  const partialPath = `${path}.part`;
  let handle: FileHandle | undefined;
  return {
    add: async (rows: readonly (readonly string[])[]): Promise<void> => {
      if (!handle) {
        await rm(partialPath, { force: true });
        handle = await open(partialPath, 'wx', 0o600);
        await handle.write(formatCsv([headings]));
      }
      if (rows.length > 0) await handle.write(formatCsv(rows));
    },
    /** Gives whether there is a file: without rows none is made. */
    finish: async (): Promise<boolean> => {
      await handle?.close();
      if (handle) await rename(partialPath, path);
      return handle !== undefined;
    },
    abandon: async (): Promise<void> => {
      await handle?.close();
      await rm(partialPath, { force: true });
    },
  };
};

export type CsvFile = ReturnType<typeof createCsvFile>;
