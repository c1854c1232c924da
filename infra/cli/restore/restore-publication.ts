import type { Connection } from '../connection/connection.ts';
import { createCliServices } from '../connection/create-cli-services.ts';
import type { Io } from '../output/io.ts';
import { requireConfirmation } from '../output/require-confirmation.ts';
import { runWithProgress } from '../output/run-with-progress.ts';
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
  const plan = await runWithProgress(io, (show) => planRestore(connection, stores, exported, show));
  for (const remark of formatRestoreRemarks(plan, exported)) io.err(`${remark}\n`);
  if (dryRun || isEmptyRestorePlan(plan)) return plan;
  io.err(`This will happen:\n${formatRestorePlan(plan)}`);
  await requireConfirmation(io, 'Import?', yes);
  await runWithProgress(io, (show) => applyRestorePlan(stores, exported, plan, show));
  return plan;
};
