import { keyOf } from '../../../functions/adapters/table/subscribers.ts';
import type { Subscriber } from '../../../functions/core/newsletter/records.ts';
import { type SubscriberEvent, transition } from '../../../functions/core/newsletter/subscriber.ts';
import { type Cadence, cadencesOf } from '../../../functions/core/publication.ts';
import { inParallel } from '../../../functions/publishing/in-parallel.ts';
import { exitCodes, OperatorError } from '../failures.ts';
import { inPortions } from '../in-portions.ts';
import type { Ledger } from '../newsletter/open-ledger.ts';
import type { CsvFile } from './csv-file.ts';
import { findColumns } from './find-columns.ts';
import { planRow, type RowSettings } from './plan-row.ts';
import { type CsvRow, readCsv } from './read-csv.ts';

/** Rows that are worked on at once. */
const portion = 500;

export interface ImportOptions {
  readonly file: string;
  /** Whether anything is to be changed. */
  readonly write: boolean;
  /** For rows that name none. */
  readonly cadence: Cadence;
  /** How all consented whose row does not say so. */
  readonly consent?: string | undefined;
  /** Takes rows that are refused: line, address, reason. */
  readonly refusals: Pick<CsvFile, 'add'>;
  /** Takes how many bytes of the file were read, and how many rows. */
  readonly show: (bytes: number, rows: number) => void;
}

/** What came of the rows of a file. */
export interface ImportCounts {
  readonly rows: number;
  /** New readers. */
  readonly added: number;
  /** Nobody knew them here, and they had left elsewhere. */
  readonly addedAsLeft: number;
  /** Readers here who had left elsewhere. */
  readonly takenOff: number;
  readonly unchanged: number;
  readonly refused: number;
}

type Store = Pick<Ledger, 'subscribers' | 'tokenKeys' | 'publication' | 'now'>;

/**
 * Takes the subscribers of a CSV file into the list. Done again, or again after it was broken off, it changes only what
 * is missing; nobody who left comes back by it.
 * @throws {OperatorError} where the file cannot be read, or has no column of addresses
 */
export const importSubscribers = async (store: Store, options: ImportOptions): Promise<ImportCounts> => {
  const counts = { rows: 0, added: 0, addedAsLeft: 0, takenOff: 0, unchanged: 0, refused: 0 };
  let settings: RowSettings | undefined;
  for await (const rows of inPortions(readCsv(options.file), portion)) {
    const chunk = settings ? rows : rows.slice(1);
    settings ??= await readSettings(store, options, rows[0]);
    await takeIn(store, { chunk, settings, options, counts });
    options.show(rows.at(-1)?.bytes ?? 0, counts.rows);
  }
  if (!settings) await readSettings(store, options, undefined);
  return counts;
};

const readSettings = async (
  { publication, tokenKeys, now }: Store,
  { file, cadence, consent }: ImportOptions,
  head: CsvRow | undefined,
): Promise<RowSettings> => {
  const fields = head?.fields ?? [];
  const columns = findColumns(fields);
  if (columns.email < 0)
    throw new OperatorError(
      `${file} has no column of addresses: its first line is to name one of them "email".`,
      exitCodes.failed,
    );
  const keyring = await tokenKeys.get();
  return {
    ...{ columns, width: fields.length, cadences: cadencesOf(publication), cadence, consent },
    ...{ zone: publication.timeZone, now: now(), keyOf: (address) => keyOf(address, keyring) },
  };
};

type Counts = { -readonly [Name in keyof ImportCounts]: ImportCounts[Name] };

interface Portion {
  readonly chunk: readonly CsvRow[];
  readonly settings: RowSettings;
  readonly options: ImportOptions;
  readonly counts: Counts;
}

const takeIn = async (store: Store, { chunk, settings, options, counts }: Portion): Promise<void> => {
  const refused: string[][] = [];
  const events: (SubscriberEvent & { readonly key: string })[] = [];
  for (const { line, fields } of chunk) {
    const plan = planRow(fields, settings);
    if ('event' in plan) events.push(plan.event);
    else refused.push([String(line), fields[settings.columns.email] ?? '', plan.refused]);
  }
  const found = await store.subscribers.getMany([...new Set(events.map(({ key }) => key))]);
  const known = new Map(found.map((subscriber) => [subscriber.key, subscriber]));
  const changes = new Map<string, SubscriberEvent[]>();
  for (const event of events) {
    const before = known.get(event.key);
    const after = transition(before, event);
    counts[outcomeOf(before, after)] += 1;
    if (after === undefined || after === before) continue;
    known.set(event.key, after);
    changes.set(event.key, [...(changes.get(event.key) ?? []), event]);
  }
  counts.rows += chunk.length;
  counts.refused += refused.length;
  if (refused.length > 0) await options.refusals.add(refused);
  if (!options.write) return;
  await inParallel([...changes], async ([key, all]) => {
    for (const event of all) await store.subscribers.apply(key, event);
  });
};

const outcomeOf = (
  before: Subscriber | undefined,
  after: Subscriber | undefined,
): 'added' | 'addedAsLeft' | 'takenOff' | 'unchanged' => {
  if (after === before) return 'unchanged';
  if (before) return 'takenOff';
  return after?.state === 'active' ? 'added' : 'addedAsLeft';
};
