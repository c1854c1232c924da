import type { Connection } from '../connection.ts';
import type { Io } from '../io.ts';
import { requireConfirmation } from '../output/confirm.ts';
import { createProgressBar } from '../output/show-progress.ts';
import { applyRestorePlan } from './carry-out.ts';
import { formatRestorePlan, formatRestoreRemarks, isEmptyRestorePlan } from './format-plan.ts';
import { createPublicationStores } from './open-archive.ts';
import { planRestore, type RestorePlan } from './plan-import.ts';
import { readExport } from './read-export.ts';

export interface RestoreOptions {
  readonly yes?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

/**
 * Takes an export in: tells what would come of it, asks, and does it. Nothing that is here already is touched; broken off
 * and run again it does the rest, and run twice it changes nothing.
 * @returns what was done, or with `dryRun` would be
 * @throws {OperatorError} where the export is damaged, or the answer is no
 */
export const restorePublication = async (
  connection: Pick<Connection, 'environment' | 'now'>,
  path: string,
  io: Io,
  { yes, dryRun }: RestoreOptions,
): Promise<RestorePlan> => {
  const stores = createPublicationStores(connection);
  const exported = await readExport(path);
  const progress = createProgressBar(io);
  const plan = await planRestore(connection, stores, exported, progress.show).finally(progress.end);
  for (const remark of formatRestoreRemarks(plan, exported)) io.err(`${remark}\n`);
  if (dryRun || isEmptyRestorePlan(plan)) return plan;
  io.err(`It would do this:\n${formatRestorePlan(plan)}`);
  await requireConfirmation(io, 'Do it?', yes);
  await applyRestorePlan(stores, exported, plan, progress.show).finally(progress.end);
  return plan;
};
