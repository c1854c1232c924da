import type { Publication } from '../../publication.ts';

const dayMs = 24 * 60 * 60 * 1000;
const firstMonth = '2026-01';

/** Readers who left before this instant are known by the hash of their address alone. */
export const findRetentionStart = ({ newsletter }: Pick<Publication, 'newsletter'>, now: Date): string =>
  new Date(now.getTime() - newsletter.addressRetentionDays * dayMs).toISOString();

/**
 * Where the index lists those who left at an instant and whose address is kept: by month, and imported earlier ones.
 */
export const toLeftPartition = (since: string): string => `left#${since < firstMonth ? 'earlier' : since.slice(0, 7)}`;

/** All partitions that may list somebody who left before an instant. */
export const listLeftPartitions = (before: string): string[] => {
  const partitions = [toLeftPartition('')];
  const [firstYear = 0, lastYear = 0] = [firstMonth, before].map((at) => Number(at.slice(0, 4)));
  for (let year = firstYear; year <= lastYear; year += 1)
    for (let month = 1; month <= 12; month += 1) {
      const name = `${year}-${String(month).padStart(2, '0')}`;
      if (name <= before.slice(0, 7)) partitions.push(toLeftPartition(name));
    }
  return partitions;
};
