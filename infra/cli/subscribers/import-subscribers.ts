import { toOtherKeys, toSubscriberKey } from '../../../functions/adapters/table/subscribers.ts';
import type { Keyring } from '../../../functions/adapters/table/token-keys.ts';
import { applySubscriberEvent } from '../../../functions/core/newsletter/subscriber/apply-subscriber-event.ts';
import type { ConsentWords } from '../../../functions/core/newsletter/subscriber/consent.ts';
import { nameAddressSecret } from '../../../functions/core/newsletter/subscriber/email-address.ts';
import type { Subscriber } from '../../../functions/core/newsletter/subscriber/subscriber-record.ts';
import { mapInParallel } from '../../../functions/platform/concurrency.ts';
import { readInChunks } from '../../../functions/platform/split-into-chunks.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import {
  createPositionResolver,
  type MapPosition,
  type ResolvedPosition,
  type WrittenPosition,
} from './ledger-position.ts';
import {
  openSubscriberLists,
  type SubscriberList,
  type SubscriberListOptions,
  type SubscriberLists,
} from './open-subscriber-lists.ts';
import {
  type ImportEvent,
  type PlannedEvent,
  planSubscriberRow,
  type SubscriberRowSettings,
} from './plan-subscriber-row.ts';
import { type CsvRow, readCsvRows } from './read-csv.ts';
import { requireOneTable } from './require-one-table.ts';
import type { CsvFile } from './write-csv-file.ts';

const rowsPerBatch = 500;

export interface SubscriberImportOptions extends SubscriberListOptions {
  readonly write: boolean;
  /** With which the hashes in the file were made, where it is another publication's. */
  readonly hashSecret?: string | undefined;
  /** Takes refused rows: line, address, reason. */
  readonly refusals: CsvFile;
  /** Of the numbers that the announcements had where the file is from, where that is known. */
  readonly mapPosition?: MapPosition | undefined;
  readonly show: (bytes: number, rows: number) => void;
  /** Takes why each row is kept off or refused, and what the file is taken for. */
  readonly observer?: SubscriberImportObserver;
}

export interface SubscriberImportObserver {
  readonly takeLists: (found: SubscriberLists) => void;
  readonly takeReason: (row: {
    readonly outcome: 'kept off' | 'refused' | 'unstated' | 'imported';
    readonly reason: string;
  }) => void;
}

export const refusalHeadings = ['line', 'email', 'reason'];

/** `addedAsLeft`: unknown here, and they had left elsewhere. `takenOff`: subscribers here who had left elsewhere. */
export const emptySubscriberCounts = { rows: 0, added: 0, addedAsLeft: 0, takenOff: 0, unchanged: 0, refused: 0 };
export type SubscriberImportCounts = typeof emptySubscriberCounts;

type ImportStores = Pick<
  CliServices,
  'subscribers' | 'consentWords' | 'tokenKeys' | 'publication' | 'now' | 'build' | 'lists'
>;

/** Which rows a pass over the lists applies. */
type ImportPass = 'all' | 'left' | 'active';

interface Import {
  readonly store: ImportStores;
  readonly options: SubscriberImportOptions;
  readonly counts: SubscriberImportCounts;
  readonly toKey: SubscriberRowSettings['toKey'];
  readonly keyring: Keyring;
  readonly resolvePosition: (written: WrittenPosition) => Promise<ResolvedPosition>;
}

/**
 * It can be repeated, also after an interruption; those who left never come back by it. It writes those who left in any
 * of the lists first, so that an issue sent meanwhile does not reach somebody whom a later row or file takes off.
 */
export const importSubscribers = async (
  store: ImportStores,
  options: SubscriberImportOptions,
): Promise<SubscriberImportCounts> => {
  const found = await openSubscriberLists(options, { publication: store.publication, now: store.now() });
  try {
    options.observer?.takeLists(found);
    const { hashSecret, write } = options;
    if (write && hashSecret !== undefined) await store.tokenKeys.addOtherSecret(hashSecret);
    const known = await store.tokenKeys.getOrCreate();
    const keyring = hashSecret === undefined ? known : withOtherSecret(known, hashSecret);
    const toKey = (address: string): string => toSubscriberKey(address, keyring);
    const resolvePosition = createPositionResolver(store, options.mapPosition);
    const run = { store, options, counts: { ...emptySubscriberCounts }, toKey, keyring, resolvePosition };
    const passes: readonly ImportPass[] = options.write ? ['left', 'active'] : ['all'];
    for (const pass of passes) for (const list of found.lists) await importList(run, list, pass);
    return run.counts;
  } finally {
    found.close();
  }
};

const withOtherSecret = (keyring: Keyring, secret: string): Keyring => {
  const { addressSecret, otherSecrets = [] } = keyring;
  return secret === addressSecret || otherSecrets.includes(secret)
    ? keyring
    : { ...keyring, otherSecrets: [...otherSecrets, secret] };
};

const importList = async (run: Import, list: SubscriberList, pass: ImportPass): Promise<void> => {
  const { options, counts, toKey, keyring } = run;
  const secretNames = [keyring.addressSecret, ...(keyring.otherSecrets ?? [])].map(nameAddressSecret);
  const settings = { ...list.settings, toKey, secretNames };
  let isHead = true;
  for await (const rows of readInChunks(readCsvRows(list.source, list.dialect), rowsPerBatch)) {
    const chunk = isHead ? rows.slice(1) : rows;
    isHead = false;
    const events = await planRows(run, { chunk, settings, pass, list });
    await applyEvents(run, events);
    if (pass !== 'left') options.show(rows.at(-1)?.bytes ?? 0, counts.rows);
  }
};

interface RowBatch {
  readonly chunk: readonly CsvRow[];
  readonly settings: SubscriberRowSettings;
  readonly pass: ImportPass;
  readonly list: SubscriberList;
}

/** Those who left come first, as they do over the whole file. */
const planRows = async (run: Import, { chunk, settings, pass, list }: RowBatch): Promise<ImportEvent[]> => {
  const { counts, options, store } = run;
  const words = new Map<string, ConsentWords>();
  const refused: string[][] = [];
  const left: ImportEvent[] = [];
  const active: ImportEvent[] = [];
  for (const { line, fields } of chunk) {
    const plan = planSubscriberRow(fields, settings);
    if ('event' in plan) {
      const event = await addLedger(run, plan, pass);
      (event.kind === 'import' ? active : left).push(event, ...(plan.others ?? []));
      if (plan.words) words.set(plan.words.name, plan.words);
    } else {
      requireOneTable(list, { line, fields });
      refused.push([list.linePrefix + line, fields[settings.columns.email] ?? '', plan.refused]);
    }
    if (pass === 'left') continue;
    if ('refused' in plan)
      options.observer?.takeReason({ outcome: plan.isUnstated ? 'unstated' : 'refused', reason: plan.refused });
    else if (plan.because !== undefined) options.observer?.takeReason({ outcome: 'kept off', reason: plan.because });
  }
  if (pass !== 'left') {
    counts.rows += chunk.length;
    counts.refused += refused.length;
    if (refused.length > 0) await options.refusals.add(refused);
  }
  if (options.write) await mapInParallel([...words.values()], store.consentWords.add);
  return [...(pass === 'active' ? [] : left), ...(pass === 'left' ? [] : active)];
};

/** Readers whose place in the announcements of another publication says nothing here get what is announced from now on. */
const addLedger = async (
  { resolvePosition, options }: Import,
  { event, written }: PlannedEvent,
  pass: ImportPass,
): Promise<ImportEvent> => {
  if (!written) return event;
  const { ledger, isOfOther } = await resolvePosition(written);
  const reason = 'of another publication: their first issue begins with what is announced from now on';
  if (isOfOther && event.kind === 'import' && pass !== 'left')
    options.observer?.takeReason({ outcome: 'imported', reason });
  return { ...event, ledger };
};

/** Who left another publication whose hashes were imported is kept off. */
const isKnownElsewhere = ({ keyring }: Import, event: ImportEvent, known: ReadonlyMap<string, Subscriber>): boolean =>
  event.kind === 'import' && toOtherKeys(event.email, keyring).some((key) => known.has(key));

const applyEvents = async (run: Import, events: readonly ImportEvent[]): Promise<void> => {
  const { store, options, counts, keyring } = run;
  const keys = events.flatMap((event) => [
    event.key,
    ...(event.kind === 'import' ? toOtherKeys(event.email, keyring) : []),
  ]);
  const found = await store.subscribers.getMany([...new Set(keys)]);
  const known = new Map(found.map((subscriber) => [subscriber.key, subscriber]));
  const changes = new Map<string, { event: ImportEvent; before: Subscriber | undefined }[]>();
  for (const event of events) {
    const before = known.get(event.key);
    const after = isKnownElsewhere(run, event, known) ? before : applySubscriberEvent(before, event);
    counts[toCountName(before, after)] += 1;
    if (after === undefined || after === before) continue;
    known.set(event.key, after);
    changes.set(event.key, [...(changes.get(event.key) ?? []), { event, before }]);
  }
  if (!options.write) return;
  await mapInParallel([...changes], async ([key, all]) => {
    for (const { event, before } of all) await store.subscribers.apply(key, event, { found: before });
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
