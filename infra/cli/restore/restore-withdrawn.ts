import { articleRecordSchema } from '../../../functions/core/lifecycle/article-record.ts';
import { toListPositions } from '../../../functions/core/lifecycle/list-positions.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { exportFiles } from '../export/export-files.ts';
import { readJsonLines } from './read-export.ts';

/** Tombstones in the feeds, and addresses, which no other article gets. One that is known here is left alone. */
export const restoreWithdrawn = async (
  { articles, lists, publication }: CliServices,
  folder: string,
  write: boolean,
): Promise<number> => {
  let count = 0;
  for await (const record of readJsonLines(folder + exportFiles.withdrawn, articleRecordSchema)) {
    const [known] = await articles.getMany([record.id]);
    if (known && known.state !== 'withdrawn') continue;
    if (!known) count += 1;
    if (!write) continue;
    const whole = known ?? { ...record, positions: toListPositions(record, publication.timeZone) };
    if (!known && !(await articles.add(whole))) continue;
    // Also where the record is there: a run may have ended in between.
    await lists.place([whole]);
    if (whole.entry) await articles.claimSlug(whole.entry.slug, whole.id);
  }
  return count;
};
