import type { Connection } from '../connection.ts';
import type { Io } from '../io.ts';
import { confirm } from '../output/confirm.ts';
import { showProgress } from '../output/show-progress.ts';
import { carryOut } from './carry-out.ts';
import { formatPlan, isEmpty, remarksOn } from './format-plan.ts';
import { openArchive } from './open-archive.ts';
import { type ImportPlan, planImport } from './plan-import.ts';
import { readExport } from './read-export.ts';

export interface ImportExportOptions {
  readonly yes?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

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
