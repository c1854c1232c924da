import { connect, type GlobalOptions } from '../connection/connect.ts';
import { createCliServices } from '../connection/create-cli-services.ts';
import { formatCount } from '../output/format-count.ts';
import type { Io } from '../output/io.ts';
import { printResult } from '../output/print-result.ts';
import { restoreErasures } from '../subscribers/restore-erasures.ts';

export const runSubscribersRestoreErasures = async (options: GlobalOptions, io: Io): Promise<void> => {
  const counts = await restoreErasures(createCliServices(await connect(options, io)));
  const recorded = formatCount(counts.recorded, 'recorded erasure');
  printResult(io, options, counts, `${recorded}, of which ${counts.restored} had to be applied again.\n`);
};
