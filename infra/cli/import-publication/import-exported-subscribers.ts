import { existsSync } from 'node:fs';
import { selectDefaultCadence } from '../../../functions/core/publication.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { exportFiles } from '../export/export-files.ts';
import {
  emptySubscriberCounts,
  importSubscribers,
  refusalHeadings,
  type SubscriberImportCounts,
} from '../subscribers/import-subscribers.ts';
import type { MapPosition } from '../subscribers/ledger-position.ts';
import { writeCsvFile } from '../subscribers/write-csv-file.ts';
import type { PublicationExport } from './read-export.ts';

/** Until something is written not even the keys are made, so that those of the export can come. */
export const importExportedSubscribers = async (
  stores: CliServices,
  { folder, keyring }: PublicationExport,
  {
    write,
    mapPosition,
    show,
  }: {
    readonly write: boolean;
    readonly mapPosition?: MapPosition;
    readonly show: (rows: number) => void;
  },
): Promise<SubscriberImportCounts> => {
  const file = folder + exportFiles.subscribers;
  if (!existsSync(file)) return { ...emptySubscriberCounts };
  const known = write
    ? await stores.tokenKeys.getOrCreate()
    : ((await stores.tokenKeys.find()) ?? keyring ?? { keys: [], addressSecret: 'nobody is known' });
  const store = { ...stores, tokenKeys: { ...stores.tokenKeys, getOrCreate: async () => known } };
  const csv = { headings: refusalHeadings, removesOlder: true };
  const { result } = await writeCsvFile(`${file}.refused.csv`, csv, (refusals) =>
    importSubscribers(store, {
      file,
      write,
      refusals,
      mapPosition,
      consent: undefined,
      hashSecret: keyring?.addressSecret,
      cadence: selectDefaultCadence(stores.publication),
      show: (_bytes, rows) => show(rows),
    }),
  );
  return result;
};
