import { randomUUID } from 'node:crypto';
import { connectServices } from '../connection/create-cli-services.ts';
import { formatCount, formatTable } from '../output/format-values.ts';
import { type ChangeOptions, type Io, printResult, requireConfirmation } from '../output/io.ts';
import { runWithProgress } from '../output/run-with-progress.ts';
import { readSeedInventory } from '../rebuild/read-seed-inventory.ts';
import { rebuildSite } from '../rebuild/rebuild-site.ts';
import { restoreErasures } from '../rebuild/restore-erasures.ts';

export const runRebuild = async (options: ChangeOptions, io: Io): Promise<void> => {
  const stores = await connectServices(options, io);
  const inventory = await readSeedInventory(stores);
  const counts = {
    seeds: inventory.seeds.length,
    pictures: inventory.pictures.length,
    unrecorded: inventory.unrecorded.length,
    deleted: inventory.deleted.length,
  };
  const table = formatTable([
    ['Seeds', String(counts.seeds)],
    ['Pictures', String(counts.pictures)],
    ['Seeds without a record', String(counts.unrecorded)],
    ['Deleted, to be withdrawn', String(counts.deleted)],
  ]);
  if (options.dryRun) return printResult(io, options, { dryRun: true, ...counts }, table);
  io.err(...table);
  await requireConfirmation(io, 'Rebuild the site?', options);
  const services = { ...stores, createId: randomUUID };
  const { restored } = await restoreErasures(stores);
  const issueDocuments = await runWithProgress(io, (show) => rebuildSite(services, inventory, show));
  const erasures = restored > 0 ? { restoredErasures: restored } : {};
  printResult(io, options, { dryRun: false, ...counts, issueDocuments, ...erasures }, [
    `The site is rebuilt; documents of issues restored: ${issueDocuments}.`,
    ...(restored > 0 ? [`Erased again, since the table had lost it: ${formatCount(restored, 'subscriber')}.`] : []),
  ]);
};
