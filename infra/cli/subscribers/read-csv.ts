import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { CsvError, type Info, parse } from 'csv-parse';
import { requireRegularFile } from '../input/require-regular-file.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { decodeCsvField, detectUtf16, toCsvBytes, type Utf16 } from './decode-csv.ts';

export interface CsvRow {
  readonly line: number;
  readonly fields: readonly string[];
  readonly bytes: number;
}

export interface CsvSource {
  readonly name: string;
  /** From the beginning, each time. */
  readonly open: () => Promise<Readable>;
}

/** A longer record means that a quote is not closed. */
const maxRecordBytes = 64 * 1024;
const separators = [',', ';', '\t'] as const;

/**
 * How a file is written: Excel uses the separator of the country, may name it in a first line, and may write UTF-16.
 */
export interface CsvDialect {
  readonly encoding: Utf16 | undefined;
  readonly delimiter: string;
  readonly firstLine: number;
  readonly escape: string;
}

const readSample = async (source: CsvSource): Promise<Buffer> => {
  const stream = await source.open();
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk));
    bytes += chunk.length;
    if (bytes >= maxRecordBytes) break;
  }
  stream.destroy();
  return Buffer.concat(chunks).subarray(0, maxRecordBytes);
};

/** MailPoet writes `\"` for a quote in a field, where others write two quotes. */
const hasEscapedQuotes = (sample: string): boolean =>
  /\\"[^",;\t\r\n]/.test(sample) && !/[^,;\t\r\n]""|""[^,;\t\r\n]/.test(sample);

export const readCsvDialect = async (source: CsvSource): Promise<CsvDialect> => {
  const sample = await readSample(source);
  const encoding = detectUtf16(sample);
  const text = new TextDecoder(encoding).decode(sample);
  const [first = ''] = text.trimStart().split(/[\r\n]/, 1);
  const escapeCharacter = hasEscapedQuotes(text) ? '\\' : '"';
  const declaredSeparator = /^"?sep=([,;\t])"?$/i.exec(first)?.[1];
  if (declaredSeparator !== undefined)
    return { encoding, delimiter: declaredSeparator, firstLine: 2, escape: escapeCharacter };
  const unquoted = first.replace(/"[^"]*"/g, '');
  const count = (separator: string): number => unquoted.split(separator).length;
  const [delimiter = ','] = [...separators].sort((a, b) => count(b) - count(a));
  return { encoding, delimiter, firstLine: 1, escape: escapeCharacter };
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

export const toFileSource = (file: string): CsvSource => ({ name: file, open: async () => createReadStream(file) });

export async function* readCsvRows(
  source: CsvSource,
  { encoding, delimiter, firstLine, escape: escapeCharacter }: CsvDialect,
): AsyncGenerator<CsvRow, undefined> {
  const parser = parse({
    delimiter,
    escape: escapeCharacter,
    from_line: firstLine,
    // Each field is decoded on its own.
    encoding: 'latin1',
    info: true,
    max_record_size: maxRecordBytes,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  const stream = await source.open();
  let lastLine = 0;
  try {
    const records: AsyncIterable<{ record: string[]; info: Info }> = pipeline(
      stream,
      (chunks: AsyncIterable<Uint8Array>) => toCsvBytes(chunks, encoding),
      parser,
      // The loop throws what goes wrong.
      () => undefined,
    );
    for await (const { record, info } of records) {
      const fields = record.map(decodeCsvField);
      const line = info.lines - countLineBreaks(record);
      if (fields.some((field) => field.trim() !== '')) yield { line, fields, bytes: info.bytes };
      lastLine = info.lines;
    }
  } catch (error) {
    throw toCsvError(error, source.name, lastLine);
  }
}

export async function* readCsv(file: string): AsyncGenerator<CsvRow, undefined> {
  await requireRegularFile(file);
  const source = toFileSource(file);
  yield* readCsvRows(source, await readCsvDialect(source));
}
