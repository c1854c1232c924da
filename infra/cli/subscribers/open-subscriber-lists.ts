import { basename, dirname, join } from 'node:path';
import { type Cadence, type Publication, selectCadences } from '../../../functions/core/publication.ts';
import { isZip, openZip } from '../input/open-zip.ts';
import { requireRegularFile } from '../input/require-regular-file.ts';
import { CliError } from '../output/cli-error.ts';
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
  readonly settings: Omit<SubscriberRowSettings, 'toKey' | 'secretNames'>;
}

export interface SubscriberLists {
  readonly lists: readonly SubscriberList[];
  /** Files of an archive that are no lists of subscribers. */
  readonly leftOut: readonly string[];
  readonly close: () => void;
}

export interface SubscriberListOptions {
  readonly file: string;
  readonly cadence: Cadence;
  /** How those consented whose row does not say so. */
  readonly consent?: string | undefined;
  /** When those consented whose row does not say so; an instant. */
  readonly confirmedAt?: string | undefined;
  /** Of everybody in a file that does not say it. */
  readonly status?: 'active' | LeftState | undefined;
}

const readHeadings = async (source: CsvSource, dialect: CsvDialect): Promise<readonly string[]> => {
  for await (const { fields } of readCsvRows(source, dialect)) return fields;
  return [];
};

/** A heading that cannot be read may be one that says who left. */
const requireReadableHeadings = (name: string, headings: readonly string[]): void => {
  const damaged = headings.find((heading) => /\ufffd|\p{L}\?\p{L}/u.test(heading));
  if (damaged !== undefined)
    throw new CliError(`The heading "${damaged}" of ${name} cannot be read: save the file as UTF-8.`);
};

/** A file that says that all of its readers left is not overruled. */
const chooseStatus = (said: ListKind['status'], { status }: SubscriberListOptions): ListKind['status'] => {
  const asked: ListKind['status'] = status && { state: status, because: '--status' };
  return leftStates.map((state) => [said, asked].find((each) => each?.state === state)).find(Boolean) ?? asked ?? said;
};

/** `Created At (UTC+0)`. */
const utcHeading = /\((?:UTC|GMT)(?:[+-]0+)?\)/i;

interface ListFile {
  readonly source: CsvSource;
  /** With folders: what may say what everybody in it did. */
  readonly names: string;
  readonly linePrefix: string;
}

const openList = async (
  { source, names, linePrefix }: ListFile,
  options: SubscriberListOptions,
  { publication, now }: { readonly publication: Publication; readonly now: Date },
): Promise<SubscriberList> => {
  const dialect = await readCsvDialect(source);
  const headings = await readHeadings(source, dialect);
  requireReadableHeadings(source.name, headings);
  const kind = detectList(headings, names);
  const settings = {
    columns: findColumns(headings, kind.statusHeading),
    publication,
    isOfOtherSystem: kind.system !== undefined,
    maxFields: headings.length,
    cadences: selectCadences(publication),
    cadence: options.cadence,
    consent: options.consent,
    confirmedAt: options.confirmedAt,
    status: chooseStatus(kind.status, options),
    statusWords: kind.statusWords,
    timeZone: headings.some((heading) => utcHeading.test(heading)) ? 'utc' : (kind.timeZone ?? publication.timeZone),
    now,
  };
  return { source, dialect, kind, linePrefix, settings };
};

const hasAddresses = ({ settings }: SubscriberList): boolean => settings.columns.email >= 0;

/** A file of deliveries has addresses too, but says nothing about who is subscribed. */
const isList = ({ kind, settings }: SubscriberList): boolean =>
  kind.system !== undefined ||
  kind.status !== undefined ||
  settings.columns.isStated ||
  settings.columns.statuses.length > 0 ||
  settings.columns.staySigns.some(({ isStatus }) => isStatus);

const openArchive = async (
  options: SubscriberListOptions,
  context: { readonly publication: Publication; readonly now: Date },
): Promise<SubscriberLists> => {
  const { file } = options;
  const { members, close } = await openZip(file);
  try {
    if (members.some(({ name }) => name === 'xl/workbook.xml'))
      throw new CliError(`${file} is an Excel workbook: save the list as CSV.`);
    const tables = members.filter(({ name }) => /\.(?:csv|tsv|txt)$/i.test(name));
    const found: SubscriberList[] = [];
    for (const { name, open } of tables) {
      const names = tables.length === 1 ? join(dirname(name), `${basename(file)} ${basename(name)}`) : name;
      const source = { name: `${name} in ${file}`, open };
      found.push(await openList({ source, names, linePrefix: `${name}:` }, options, context));
    }
    const withAddresses = found.filter(hasAddresses);
    const stated = withAddresses.filter(isList);
    const lists = stated.length > 0 ? stated : withAddresses;
    if (lists.length === 0) throw new CliError(`${file} holds no CSV file with a column of addresses.`);
    return { lists, close, leftOut: found.filter((each) => !lists.includes(each)).map(({ source }) => source.name) };
  } catch (error) {
    close();
    throw error;
  }
};

/** A file, or the files of an archive. */
export const openSubscriberLists = async (
  options: SubscriberListOptions,
  context: { readonly publication: Publication; readonly now: Date },
): Promise<SubscriberLists> => {
  const { file } = options;
  await requireRegularFile(file);
  if (await isZip(file)) return openArchive(options, context);
  const names = join(basename(dirname(file)), basename(file));
  const list = await openList({ source: toFileSource(file), names, linePrefix: '' }, options, context);
  if (!hasAddresses(list))
    throw new CliError(`${file} has no column of addresses: name one of its columns "email" in the first line.`);
  return { lists: [list], leftOut: [], close: () => undefined };
};
