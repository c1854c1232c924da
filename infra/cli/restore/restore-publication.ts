import type { Connection } from '../connection/connection.ts';
import { createCliServices } from '../connection/create-cli-services.ts';
import { type ChangeOptions, type Io, requireConfirmation } from '../output/io.ts';
import { runWithProgress } from '../output/run-with-progress.ts';
import { applyRestorePlan } from './apply-restore-plan.ts';
import { formatRestorePlan, formatRestoreRemarks, isEmptyRestorePlan } from './format-restore-plan.ts';
import { planRestore, type RestorePlan } from './plan-restore.ts';
import { readExport } from './read-export.ts';

/** Nothing that exists is changed, so that an import can be repeated, also after an interruption. */
export const restorePublication = async (
  connection: Pick<Connection, 'environment' | 'now'>,
  path: string,
  io: Io,
  options: ChangeOptions,
): Promise<RestorePlan> => {
  const stores = createCliServices(connection);
  const exported = await readExport(path);
  const plan = await runWithProgress(io, (show) => planRestore(connection, stores, exported, show));
  for (const remark of formatRestoreRemarks(plan, exported)) io.err(`${remark}\n`);
  if (options.dryRun || isEmptyRestorePlan(plan)) return plan;
  io.err(`This will happen:\n${formatRestorePlan(plan)}`);
  await requireConfirmation(io, 'Import?', options);
  await runWithProgress(io, (show) => applyRestorePlan(stores, exported, plan, show));
  return plan;
};
