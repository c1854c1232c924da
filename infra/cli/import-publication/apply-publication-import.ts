import type { CliServices } from '../connection/create-cli-services.ts';
import { assignArrivalNumbers, createPositionMap, importCadences } from './import-cadences.ts';
import { importExportedIssues, importSentArticles } from './import-exported-issues.ts';
import { importExportedSubscribers } from './import-exported-subscribers.ts';
import { type ImportUpload, uploadExportedSeeds } from './import-seeds.ts';
import { importWithdrawn, type PublicationImportPlan } from './plan-publication-import.ts';
import type { PublicationExport } from './read-export.ts';

type Show = (part: number, what: string) => void;

/** Articles in the order in which they are to come: what no issue waits for first. */
const orderUploads = ({ seeds: { uploads } }: PublicationImportPlan, { ledger }: PublicationExport) => {
  const waiting = new Set(ledger.waiting.map(({ id }) => id));
  const waits = ({ id }: ImportUpload): boolean => id !== undefined && waiting.has(id);
  return {
    pictures: uploads.filter(({ kind }) => kind === 'picture'),
    announced: uploads.filter((one) => one.kind === 'article' && !waits(one)),
    waiting: uploads.filter(waits),
  };
};

/** Every step can be repeated, and each leaves what is right without the next. */
export const applyPublicationImport = async (
  stores: CliServices,
  exported: PublicationExport,
  plan: PublicationImportPlan,
  show: Show,
): Promise<void> => {
  const { folder, metadata, keyring, ledger } = exported;
  const upload = (what: string, uploads: readonly ImportUpload[]) =>
    uploadExportedSeeds(stores, exported, uploads, (done) =>
      show(done / uploads.length, `${what}: ${done} of ${uploads.length}`),
    );
  const { pictures, announced, waiting } = orderUploads(plan, exported);
  if (keyring) await stores.tokenKeys.restore(keyring);
  if (metadata.since) await stores.build.setEarlierStart(metadata.since);
  await importWithdrawn(stores, exported, true);
  await importExportedIssues(stores, exported, plan.issues.missing);
  await importSentArticles(stores, folder);
  await upload('pictures', pictures);
  await upload('articles', announced);
  const newNumbers = await assignArrivalNumbers(stores, ledger.waiting, waiting);
  await importCadences(stores, exported, newNumbers);
  await upload('articles that wait for an issue', waiting);
  await importExportedSubscribers(stores, exported, {
    write: true,
    mapPosition: createPositionMap(newNumbers, (await stores.build.get()).announced),
    show: (rows) => show(1, `${rows} readers`),
  });
  await stores.build.requestRefresh();
  await stores.uploadsQueue.send({ source: 'seedpress.build' });
};
