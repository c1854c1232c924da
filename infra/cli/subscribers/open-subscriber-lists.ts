import { type Cadence, type Publication, selectCadences } from '../../../functions/core/publication.ts';
import { requireRegularFile } from '../input/require-regular-file.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { detectList, type ListKind } from './detect-list.ts';
import { findColumns } from './find-columns.ts';
import type { SubscriberRowSettings } from './plan-subscriber-row.ts';
import { type CsvDialect, type CsvSource, readCsvDialect, readCsvRows, toFileSource } from './read-csv.ts';
import { type LeftState, leftStates } from './status-words.ts';

/** A file of subscribers, and what it is taken for. */
export interface SubscriberList {
  readonly source: CsvSource;
  readonly dialect: CsvDialect;
  readonly kind: ListKind;
  /** For the report on refused rows: which file of an archive. */
  readonly linePrefix: string;
  readonly settings: Omit<SubscriberRowSettings, 'toKey'>;
}

export interface SubscriberListOptions {
  readonly file: string;
  readonly cadence: Cadence;
  /** How those consented whose row does not say so. */
  readonly consent?: string | undefined;
  /** Of everybody in a file that does not say it. */
  readonly status?: 'active' | LeftState | undefined;
}

const readHeadings = async (source: CsvSource, dialect: CsvDialect): Promise<readonly string[]> => {
  for await (const { fields } of readCsvRows(source, dialect)) return fields;
  return [];
};

/** A file that says that all of its readers left is not overruled. */
const chooseStatus = (said: ListKind['status'], { status }: SubscriberListOptions): ListKind['status'] => {
  const asked: ListKind['status'] = status && { state: status, because: '--status' };
  return leftStates.map((state) => [said, asked].find((each) => each?.state === state)).find(Boolean) ?? asked ?? said;
};

export const openSubscriberLists = async (
  options: SubscriberListOptions,
  publication: Publication,
  now: Date,
): Promise<SubscriberList[]> => {
  const { file, cadence, consent } = options;
  await requireRegularFile(file);
  const source = toFileSource(file);
  const dialect = await readCsvDialect(source);
  const headings = await readHeadings(source, dialect);
  const kind = detectList(headings, source.name);
  const columns = findColumns(headings, kind.statusHeading);
  if (columns.email < 0)
    throw new CliError(
      `${file} has no column of addresses: name one of its columns "email" in the first line.`,
      exitCodes.failed,
    );
  const settings = {
    columns,
    maxFields: headings.length,
    cadences: selectCadences(publication),
    cadence,
    consent,
    status: chooseStatus(kind.status, options),
    statusWords: kind.statusWords,
    timeZone: kind.timeZone ?? publication.timeZone,
    now,
  };
  return [{ source, dialect, kind, linePrefix: '', settings }];
};
