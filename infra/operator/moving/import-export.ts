import type { Connection } from '../connection.ts';
import type { Io } from '../io.ts';
import { confirm } from '../output/confirm.ts';
import { showProgress } from '../output/show-progress.ts';
import { formatPlan, isEmpty, remarksOn } from './format-plan.ts';
import { importCarried, importIssues } from './import-issues.ts';
import { expectArticles, importCadences } from './import-numbers.ts';
import { importReaders } from './import-readers.ts';
import { type Upload, uploadSeeds } from './import-seeds.ts';
import { importWithdrawn } from './import-withdrawn.ts';
import { type Archive, openArchive } from './open-archive.ts';
import { type ImportPlan, planImport } from './plan-import.ts';
import { type Export, readExport } from './read-export.ts';

export interface ImportExportOptions {
  readonly yes?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

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
 * Every step may be repeated, and each leaves what is right without the next: an issue that goes out in between has
 * nothing of what is told already, and the numbers of what waits are taken right before it comes.
 */
const carryOut = async (archive: Archive, found: Export, plan: ImportPlan, show: Show): Promise<void> => {
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

/**
 * Takes an export in: tells what would come of it, asks, and does it. Nothing that is here already is touched; broken off
 * and run again it does the rest, and run twice it changes nothing.
 * @returns what was done, or with `dryRun` would be
 * @throws {OperatorError} where the export is damaged, or the answer is no
 */
export const importExport = async (
  connection: Pick<Connection, 'environment' | 'now'>,
  path: string,
  io: Io,
  { yes, dryRun }: ImportExportOptions,
): Promise<ImportPlan> => {
  const archive = openArchive(connection);
  const found = await readExport(path);
  const line = showProgress(io);
  const plan = await planImport(connection, archive, found, line.show).finally(line.end);
  for (const remark of remarksOn(plan, found)) io.err(`${remark}\n`);
  if (dryRun || isEmpty(plan)) return plan;
  io.err(`It would do this:\n${formatPlan(plan)}`);
  await confirm(io, 'Do it?', yes);
  await carryOut(archive, found, plan, line.show).finally(line.end);
  return plan;
};
