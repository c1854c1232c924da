import { toSubscriberKey } from '../../../functions/adapters/table/subscribers.ts';
import {
  applySubscriberEvent,
  type SubscriberEvent,
} from '../../../functions/core/newsletter/subscriber/apply-subscriber-event.ts';
import type { Subscriber } from '../../../functions/core/newsletter/subscriber/subscriber-record.ts';
import { type Cadence, selectCadences } from '../../../functions/core/publication.ts';
import { mapInParallel } from '../../../functions/platform/concurrency.ts';
import { readInChunks } from '../../../functions/platform/split-into-chunks.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { findColumns } from './find-columns.ts';
import { planSubscriberRow, type SubscriberRowSettings } from './plan-subscriber-row.ts';
import { type CsvRow, readCsv } from './read-csv.ts';
import type { CsvFile } from './write-csv-file.ts';

const rowsPerBatch = 500;

export interface SubscriberImportOptions {
  readonly file: string;
  readonly write: boolean;
  readonly cadence: Cadence;
  /** How those consented whose row does not say so. */
  readonly consent?: string | undefined;
  /** Takes refused rows: line, address, reason. */
  readonly refusals: CsvFile;
  readonly show: (bytes: number, rows: number) => void;
}

export const refusalHeadings = ['line', 'email', 'reason'];

/** `addedAsLeft`: unknown here, and they had left elsewhere. `takenOff`: subscribers here who had left elsewhere. */
export const emptySubscriberCounts = { rows: 0, added: 0, addedAsLeft: 0, takenOff: 0, unchanged: 0, refused: 0 };
export type SubscriberImportCounts = typeof emptySubscriberCounts;

type ImportStores = Pick<CliServices, 'subscribers' | 'tokenKeys' | 'publication' | 'now'>;

/** It can be repeated, also after an interruption; those who left never come back by it. */
export const importSubscribers = async (
  store: ImportStores,
  options: SubscriberImportOptions,
): Promise<SubscriberImportCounts> => {
  const counts = { ...emptySubscriberCounts };
  let settings: SubscriberRowSettings | undefined;
  for await (const rows of readInChunks(readCsv(options.file), rowsPerBatch)) {
    const chunk = settings ? rows : rows.slice(1);
    settings ??= await readSettings(store, options, rows[0]);
    await importBatch(store, { chunk, settings, options, counts });
    options.show(rows.at(-1)?.bytes ?? 0, counts.rows);
  }
  if (!settings) await readSettings(store, options, undefined);
  return counts;
};

const readSettings = async (
  { publication, tokenKeys, now }: ImportStores,
  { file, cadence, consent }: SubscriberImportOptions,
  head: CsvRow | undefined,
): Promise<SubscriberRowSettings> => {
  const fields = head?.fields ?? [];
  const columns = findColumns(fields);
  if (columns.email < 0)
    throw new CliError(
      `${file} has no column of addresses: name one of its columns "email" in the first line.`,
      exitCodes.failed,
    );
  const keyring = await tokenKeys.getOrCreate();
  return {
    columns,
    maxFields: fields.length,
    cadences: selectCadences(publication),
    cadence,
    consent,
    timeZone: publication.timeZone,
    now: now(),
    toKey: (address) => toSubscriberKey(address, keyring),
  };
};

interface ImportBatch {
  readonly chunk: readonly CsvRow[];
  readonly settings: SubscriberRowSettings;
  readonly options: SubscriberImportOptions;
  readonly counts: SubscriberImportCounts;
}

const importBatch = async (store: ImportStores, { chunk, settings, options, counts }: ImportBatch): Promise<void> => {
  const refused: string[][] = [];
  const events: (SubscriberEvent & { readonly key: string })[] = [];
  for (const { line, fields } of chunk) {
    const plan = planSubscriberRow(fields, settings);
    if ('event' in plan) events.push(plan.event);
    else refused.push([String(line), fields[settings.columns.email] ?? '', plan.refused]);
  }
  const found = await store.subscribers.getMany([...new Set(events.map(({ key }) => key))]);
  const known = new Map(found.map((subscriber) => [subscriber.key, subscriber]));
  const changes = new Map<string, SubscriberEvent[]>();
  for (const event of events) {
    const before = known.get(event.key);
    const after = applySubscriberEvent(before, event);
    counts[toCountName(before, after)] += 1;
    if (after === undefined || after === before) continue;
    known.set(event.key, after);
    changes.set(event.key, [...(changes.get(event.key) ?? []), event]);
  }
  counts.rows += chunk.length;
  counts.refused += refused.length;
  if (refused.length > 0) await options.refusals.add(refused);
  if (!options.write) return;
  await mapInParallel([...changes], async ([key, all]) => {
    for (const event of all) await store.subscribers.apply(key, event);
  });
};

const toCountName = (
  before: Subscriber | undefined,
  after: Subscriber | undefined,
): 'added' | 'addedAsLeft' | 'takenOff' | 'unchanged' => {
  if (after === before) return 'unchanged';
  if (before) return 'takenOff';
  return after?.state === 'active' ? 'added' : 'addedAsLeft';
};
