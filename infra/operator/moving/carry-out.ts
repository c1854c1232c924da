import { importCarried, importIssues } from './import-issues.ts';
import { expectArticles, importCadences } from './import-numbers.ts';
import { importReaders } from './import-readers.ts';
import { type Upload, uploadSeeds } from './import-seeds.ts';
import { importWithdrawn } from './import-withdrawn.ts';
import type { Archive } from './open-archive.ts';
import type { ImportPlan } from './plan-import.ts';
import type { Export } from './read-export.ts';

type Show = (part: number, what: string) => void;

/** Articles in the order in which they are to come: what no issue waits for first. */
const inOrder = ({ seeds: { uploads } }: ImportPlan, { ledger }: Export) => {
  const waiting = new Set(ledger.waiting.map(({ id }) => id));
  const waits = ({ id }: Upload): boolean => id !== undefined && waiting.has(id);
  return {
    pictures: uploads.filter(({ kind }) => kind === 'picture'),
    told: uploads.filter((one) => one.kind === 'article' && !waits(one)),
    waiting: uploads.filter(waits),
  };
};

/**
 * Does what was planned. Every step may be repeated, and each leaves what is right without the next: an issue that goes out in between has
 * nothing of what is told already, and the numbers of what waits are taken right before it comes.
 */
export const carryOut = async (
  archive: Archive,
  found: Export,
  plan: ImportPlan,
  show: Show,
): Promise<void> => {
  const { folder, mark, keyring, ledger } = found;
  const upload = (what: string, uploads: readonly Upload[]) =>
    uploadSeeds(archive, found, uploads, (done) =>
      show(done / uploads.length, `${what}: ${done} of ${uploads.length}`),
    );
  const { pictures, told, waiting } = inOrder(plan, found);
  if (keyring) await archive.tokenKeys.restore(keyring);
  if (mark.since) await archive.build.beganAt(mark.since);
  await importWithdrawn(archive, folder, true);
  await importIssues(archive, found, plan.issues.missing);
  await importCarried(archive, folder);
  await upload('pictures', pictures);
  await upload('articles', told);
  await importCadences(archive, found, await expectArticles(archive, ledger.waiting, waiting));
  await upload('articles that wait for an issue', waiting);
  await importReaders(archive, found, { write: true, show: (rows) => show(1, `${rows} readers`) });
  await archive.build.request();
  await archive.uploads.send({ source: 'seedpress.build' });
};
