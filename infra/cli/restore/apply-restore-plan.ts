import type { CliServices } from '../connection/create-cli-services.ts';
import { type RestorePlan, restoreWithdrawn } from './plan-restore.ts';
import type { PublicationExport } from './read-export.ts';
import { assignArrivalNumbers, restoreCadences } from './restore-cadences.ts';
import { restoreExportedIssues, restoreSentArticles } from './restore-exported-issues.ts';
import { type RestoreUpload, uploadExportedSeeds } from './restore-seeds.ts';
import { restoreSubscribers } from './restore-subscribers.ts';

type Show = (part: number, what: string) => void;

/** Articles in the order in which they are to come: what no issue waits for first. */
const orderUploads = ({ seeds: { uploads } }: RestorePlan, { ledger }: PublicationExport) => {
  const waiting = new Set(ledger.waiting.map(({ id }) => id));
  const waits = ({ id }: RestoreUpload): boolean => id !== undefined && waiting.has(id);
  return {
    pictures: uploads.filter(({ kind }) => kind === 'picture'),
    announced: uploads.filter((one) => one.kind === 'article' && !waits(one)),
    waiting: uploads.filter(waits),
  };
};

/** Every step can be repeated, and each leaves what is right without the next. */
export const applyRestorePlan = async (
  stores: CliServices,
  exported: PublicationExport,
  plan: RestorePlan,
  show: Show,
): Promise<void> => {
  const { folder, metadata, keyring, ledger } = exported;
  const upload = (what: string, uploads: readonly RestoreUpload[]) =>
    uploadExportedSeeds(stores, exported, uploads, (done) =>
      show(done / uploads.length, `${what}: ${done} of ${uploads.length}`),
    );
  const { pictures, announced, waiting } = orderUploads(plan, exported);
  if (keyring) await stores.tokenKeys.restore(keyring);
  if (metadata.since) await stores.build.setEarlierStart(metadata.since);
  await restoreWithdrawn(stores, folder, true);
  await restoreExportedIssues(stores, exported, plan.issues.missing);
  await restoreSentArticles(stores, folder);
  await upload('pictures', pictures);
  await upload('articles', announced);
  await restoreCadences(stores, exported, await assignArrivalNumbers(stores, ledger.waiting, waiting));
  await upload('articles that wait for an issue', waiting);
  await restoreSubscribers(stores, exported, { write: true, show: (rows) => show(1, `${rows} readers`) });
  await stores.build.requestRefresh();
  await stores.uploadsQueue.send({ source: 'seedpress.build' });
};
