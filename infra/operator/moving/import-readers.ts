import { existsSync, rmSync } from 'node:fs';
import { cadencesOf } from '../../../functions/core/publication.ts';
import { createCsvFile } from '../subscribers/csv-file.ts';
import { type ImportCounts, importSubscribers } from '../subscribers/import-subscribers.ts';
import { layout } from './layout.ts';
import type { Archive } from './open-archive.ts';
import type { Export } from './read-export.ts';

const nobody: ImportCounts = { rows: 0, added: 0, addedAsLeft: 0, takenOff: 0, unchanged: 0, refused: 0 };

/**
 * Takes the readers of an export in, as `subscribers import` does; those whom it refuses are told in a file beside theirs.
 * @param write whether anything is to be changed. Until then not even the keys are made, so that those of the export can come
 */
export const importReaders = async (
  archive: Archive,
  { folder, keyring }: Export,
  { write, show }: { readonly write: boolean; readonly show: (rows: number) => void },
): Promise<ImportCounts> => {
  const file = folder + layout.subscribers;
  if (!existsSync(file)) return nobody;
  const report = `${file}.refused.csv`;
  const refusals = createCsvFile(report, ['line', 'email', 'reason']);
  const known = write
    ? await archive.tokenKeys.get()
    : ((await archive.tokenKeys.find()) ?? keyring ?? { keys: [], addressSecret: 'nobody is known' });
  const store = { ...archive, tokenKeys: { ...archive.tokenKeys, get: async () => known } };
  try {
    const counts = await importSubscribers(store, {
      ...{ file, write, refusals, consent: undefined },
      cadence: cadencesOf(archive.publication)[0] ?? 'daily',
      show: (_bytes, rows) => show(rows),
    });
    if (!(await refusals.finish())) rmSync(report, { force: true });
    return counts;
  } catch (error) {
    await refusals.abandon();
    throw error;
  }
};
