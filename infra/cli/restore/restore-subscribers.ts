import { existsSync, rmSync } from 'node:fs';
import { selectCadences } from '../../../functions/core/publication.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { exportFiles } from '../export/export-files.ts';
import { createCsvFile } from '../subscribers/create-csv-file.ts';
import { importSubscribers, type SubscriberImportCounts } from '../subscribers/import-subscribers.ts';
import type { PublicationExport } from './read-export.ts';

const emptyCounts: SubscriberImportCounts = {
  rows: 0,
  added: 0,
  addedAsLeft: 0,
  takenOff: 0,
  unchanged: 0,
  refused: 0,
};

/** Until something is written not even the keys are made, so that those of the export can come. */
export const restoreSubscribers = async (
  stores: CliServices,
  { folder, keyring }: PublicationExport,
  { write, show }: { readonly write: boolean; readonly show: (rows: number) => void },
): Promise<SubscriberImportCounts> => {
  const file = folder + exportFiles.subscribers;
  if (!existsSync(file)) return emptyCounts;
  const report = `${file}.refused.csv`;
  const refusals = createCsvFile(report, ['line', 'email', 'reason']);
  const known = write
    ? await stores.tokenKeys.getOrCreate()
    : ((await stores.tokenKeys.find()) ?? keyring ?? { keys: [], addressSecret: 'nobody is known' });
  const store = { ...stores, tokenKeys: { ...stores.tokenKeys, getOrCreate: async () => known } };
  try {
    const counts = await importSubscribers(store, {
      file,
      write,
      refusals,
      consent: undefined,
      cadence: selectCadences(stores.publication)[0] ?? 'daily',
      show: (_bytes, rows) => show(rows),
    });
    if (!(await refusals.finish())) rmSync(report, { force: true });
    return counts;
  } catch (error) {
    await refusals.abandon();
    throw error;
  }
};
