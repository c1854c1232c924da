import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { CsvError, type Info, parse } from 'csv-parse';
import { exitCodes, OperatorError } from '../failures.ts';

/** A record of a CSV file. */
export interface CsvRow {
  /** The line that it begins on, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
  /** Bytes of the file up to its end. */
  readonly bytes: number;
}

/** Bytes of the longest record: more is a quote that nobody closed. */
const longest = 64 * 1024;
const separators = [',', ';', '\t'] as const;

/** How a file is written: Excel takes the separator of the country, says so in a first line at times, or writes UTF-16. */
interface Dialect {
  readonly delimiter: string;
  readonly from_line: number;
}

const readDialect = async (file: string): Promise<Dialect> => {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(longest), 0, longest, 0);
    const isWide = buffer[0] === 0xff && buffer[1] === 0xfe;
    const [first = ''] = buffer
      .toString(isWide ? 'utf16le' : 'utf8', 0, bytesRead)
      .replace(/^\ufeff/, '')
      .split(/[\r\n]/, 1);
    const said = /^"?sep=([,;\t])"?$/i.exec(first)?.[1];
    if (said !== undefined) return { delimiter: said, from_line: 2 };
    const count = (separator: string): number => first.split(separator).length;
    const [delimiter = ','] = [...separators].sort((a, b) => count(b) - count(a));
    return { delimiter, from_line: 1 };
  } finally {
    await handle.close();
  }
};

const explain = (error: unknown, file: string, line: number): unknown => {
  if (!(error instanceof CsvError)) return error;
  const isOpen = error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE';
  const reason = isOpen ? 'a quote is opened and not closed' : error.message;
  return new OperatorError(`${file} cannot be read as CSV after line ${line}: ${reason}.`, exitCodes.failed, {
    cause: error,
  });
};

const linesIn = (fields: readonly string[]): number =>
  fields.reduce((lines, field) => lines + (field.match(/\r\n|\n|\r/g)?.length ?? 0), 0);

/**
 * Reads a CSV file (RFC 4180) record by record, with the separator that its first line has: comma, semicolon or tab.
 * Empty lines are left out.
 * @throws {OperatorError} where there is no such file, or a quote is not closed
 */
export async function* readCsv(file: string): AsyncGenerator<CsvRow, undefined> {
  const dialect = await readDialect(file).catch((cause: unknown) => {
    throw new OperatorError(`${file} cannot be read.`, exitCodes.notFound, { cause });
  });
  const parser = parse({
    ...dialect,
    ...{ bom: true, info: true, max_record_size: longest },
    ...{ relax_column_count: true, relax_quotes: true },
    ...{ skip_empty_lines: true, skip_records_with_empty_values: true },
  });
  let last = 0;
  try {
    const records: AsyncIterable<{ record: string[]; info: Info }> = pipeline(
      createReadStream(file),
      parser,
      // What goes wrong is thrown by the loop.
      () => undefined,
    );
    for await (const { record, info } of records) {
      yield { line: info.lines - linesIn(record), fields: record, bytes: info.bytes };
      last = info.lines;
    }
  } catch (error) {
    throw explain(error, file, last);
  }
}
