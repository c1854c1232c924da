import type { Connection } from '../connection/connection.ts';
import { createCliServices } from '../connection/create-cli-services.ts';
import { createProgressBar } from '../output/create-progress-bar.ts';
import type { Io } from '../output/io.ts';
import { requireConfirmation } from '../output/require-confirmation.ts';
import { applyRestorePlan } from './apply-restore-plan.ts';
import { formatRestorePlan, formatRestoreRemarks, isEmptyRestorePlan } from './format-restore-plan.ts';
import { planRestore, type RestorePlan } from './plan-restore.ts';
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
  const stores = createCliServices(connection);
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
