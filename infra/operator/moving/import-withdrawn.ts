import { placementsOf } from '../../../functions/core/filing/lists.ts';
import { articleRecordSchema } from '../../../functions/core/filing/records.ts';
import { layout } from './layout.ts';
import type { Archive } from './open-archive.ts';
import { readLines } from './read-lines.ts';

/**
 * Takes over what is left of withdrawn articles: tombstones in the feeds, and their addresses, which no other article
 * gets. One that is known here is left alone.
 * @param write whether anything is to be changed
 * @returns how many are, or would be, new
 */
export const importWithdrawn = async (
  { articles, lists, publication }: Archive,
  folder: string,
  write: boolean,
): Promise<number> => {
  let count = 0;
  for await (const record of readLines(folder + layout.withdrawn, articleRecordSchema)) {
    const [known] = await articles.getMany([record.id]);
    if (known && known.state !== 'withdrawn') continue;
    if (!known) count += 1;
    if (!write) continue;
    const whole = known ?? { ...record, placements: placementsOf(record, publication.timeZone) };
    if (!known && !(await articles.add(whole))) continue;
    // Also where the record is there: a run may have ended in between.
    await lists.place([whole]);
    if (whole.entry) await articles.claimSlug(whole.entry.slug, whole.id);
  }
  return count;
};
