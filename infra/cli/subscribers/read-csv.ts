import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { CsvError, type Info, parse } from 'csv-parse';
import { requireRegularFile } from '../input/require-regular-file.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';

export interface CsvRow {
  readonly line: number;
  readonly fields: readonly string[];
  readonly bytes: number;
}

/** A longer record means that a quote is not closed. */
const maxRecordBytes = 64 * 1024;
const separators = [',', ';', '\t'] as const;

/** How a file is written: Excel uses the separator of the country, may name it in a first line, and may write UTF-16. */
interface CsvDialect {
  readonly delimiter: string;
  readonly from_line: number;
}

const readDialect = async (file: string): Promise<CsvDialect> => {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(maxRecordBytes), 0, maxRecordBytes, 0);
    const isWide = buffer[0] === 0xff && buffer[1] === 0xfe;
    const [first = ''] = buffer
      .toString(isWide ? 'utf16le' : 'utf8', 0, bytesRead)
      .replace(/^\ufeff/, '')
      .split(/[\r\n]/, 1);
    const declaredSeparator = /^"?sep=([,;\t])"?$/i.exec(first)?.[1];
    if (declaredSeparator !== undefined) return { delimiter: declaredSeparator, from_line: 2 };
    const count = (separator: string): number => first.split(separator).length;
    const [delimiter = ','] = [...separators].sort((a, b) => count(b) - count(a));
    return { delimiter, from_line: 1 };
  } finally {
    await handle.close();
  }
};

const toCsvError = (error: unknown, file: string, line: number): unknown => {
  if (!(error instanceof CsvError)) return error;
  const isOpen = error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE';
  const reason = isOpen ? 'a quote is opened and not closed, or a line is longer than 64 KB' : error.message;
  return new CliError(`${file} cannot be read as CSV after line ${line}: ${reason}.`, exitCodes.failed, {
    cause: error,
  });
};

const countLineBreaks = (fields: readonly string[]): number =>
  fields.reduce((lines, field) => lines + (field.match(/\r\n|\n|\r/g)?.length ?? 0), 0);

export async function* readCsv(file: string): AsyncGenerator<CsvRow, undefined> {
  await requireRegularFile(file);
  const dialect = await readDialect(file);
  const parser = parse({
    ...dialect,
    bom: true,
    info: true,
    max_record_size: maxRecordBytes,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
  });
  let lastLine = 0;
  try {
    const records: AsyncIterable<{ record: string[]; info: Info }> = pipeline(
      createReadStream(file),
      parser,
      // The loop throws what goes wrong.
      () => undefined,
    );
    for await (const { record, info } of records) {
      yield { line: info.lines - countLineBreaks(record), fields: record, bytes: info.bytes };
      lastLine = info.lines;
    }
  } catch (error) {
    throw toCsvError(error, file, lastLine);
  }
}
