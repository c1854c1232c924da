import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';

export const formatCsv = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map((row) => row.map(escapeFormula)),
    { record_delimiter: 'windows' },
  );

export interface CsvFile {
  readonly add: (rows: readonly (readonly string[])[]) => Promise<void>;
}

interface CsvFileOptions {
  readonly headings: readonly string[];
  /**
   * Whether an older file goes where this one would have no rows: the report of an earlier run lists what is fixed by
   * now.
   */
  readonly removesOlder?: boolean;
}

/**
 * Only its owner can read the file. It gets its name once it is complete, and replaces an older one. None is made
 * unless something is added.
 */
export const writeCsvFile = async <T>(
  path: string,
  { headings, removesOlder = false }: CsvFileOptions,
  write: (file: CsvFile) => Promise<T>,
): Promise<{ readonly result: T; readonly isWritten: boolean }> => {
  const partialPath = `${path}.part`;
  let handle: FileHandle | undefined;
  const add: CsvFile['add'] = async (rows) => {
    if (!handle) {
      await rm(partialPath, { force: true });
      handle = await open(partialPath, 'wx', 0o600);
      await handle.write(formatCsv([headings]));
    }
    if (rows.length > 0) await handle.write(formatCsv(rows));
  };
  try {
    const result = await write({ add });
    await handle?.close();
    if (handle) await rename(partialPath, path);
    else if (removesOlder) await rm(path, { force: true });
    return { result, isWritten: handle !== undefined };
  } finally {
    await handle?.close();
    await rm(partialPath, { force: true });
  }
};

const formula = String.raw`'*[=+\-@\t\r\n＝＋－＠]`;

/**
 * How a formula begins, for one spreadsheet or another: https://owasp.org/www-community/attacks/CSV_Injection. A
 * spreadsheet that splits columns at another separator takes a part of a cell for one.
 */
const formulaStart = new RegExp(`(?<=^|[;\\t\\r\\n])(?=${formula})`, 'g');
const escapedStart = new RegExp(`(?<=^|[;\\t\\r\\n])'(?=${formula})`, 'g');

export const escapeFormula = (cell: string): string => cell.replace(formulaStart, "'");

export const unescapeFormula = (cell: string): string => cell.replace(escapedStart, '');
