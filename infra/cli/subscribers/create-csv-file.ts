import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import { escapeFormula } from './escape-formula.ts';

/** Rows as RFC 4180 has them, none of which a spreadsheet takes for a formula. */
export const formatCsv = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map((row) => row.map(escapeFormula)),
    { record_delimiter: 'windows' },
  );

/**
 * A CSV file for its owner's eyes alone, written as rows come. It is there under its name once it is whole, and where
 * there was one before, in its place.
 */
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
    /** Whether there is a file: none is made where nothing was added. */
    finish: async (): Promise<boolean> => {
      await handle?.close();
      if (handle) await rename(partialPath, path);
      return handle !== undefined;
    },
    /** Leaves nothing behind. */
    abandon: async (): Promise<void> => {
      await handle?.close();
      await rm(partialPath, { force: true });
    },
  };
};

export type CsvFile = ReturnType<typeof createCsvFile>;
