import { readReportedKey } from '../../../functions/adapters/seed-reports.ts';
import { formatWarning, type SeedWarning } from '../../../functions/core/article.ts';
import type { SeedRecord } from '../../../functions/core/lifecycle/seed-record.ts';
import { internalFolders } from '../../../functions/platform/contract.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { listBucketObjects } from '../connection/list-bucket-objects.ts';
import { formatTable, formatTime } from '../output/format-values.ts';

/** A seed of which nothing is refused and its author may want to know. */
export interface ListedNotice {
  readonly key: string;
  readonly reportedAt: string;
  readonly state: 'draft' | 'warned';
  /** Of a draft, why it is one. */
  readonly notices: readonly SeedWarning[];
}

const findNotices = ({ withheld, version }: SeedRecord): Pick<ListedNotice, 'state' | 'notices'> | undefined => {
  if (withheld) {
    const { reason, place } = withheld;
    return { state: 'draft', notices: [{ message: reason, ...(place && { place }) }] };
  }
  return version?.warnings && { state: 'warned', notices: version.warnings };
};

export const listNotices = async ({
  s3,
  buckets,
  seeds,
}: Pick<CliServices, 's3' | 'buckets' | 'seeds'>): Promise<ListedNotice[]> => {
  const reportedAt = new Map<string, string>();
  for await (const objects of listBucketObjects(s3, buckets.internal.name, internalFolders.notices))
    for (const { key, uploadedMs } of objects)
      reportedAt.set(await readReportedKey(buckets.internal, key), new Date(uploadedMs).toISOString());
  const records = await seeds.getMany([...reportedAt.keys()]);
  return records
    .flatMap((record) => {
      const found = findNotices(record);
      return found ? [{ key: record.key, reportedAt: reportedAt.get(record.key) ?? '', ...found }] : [];
    })
    .toSorted((a, b) => b.reportedAt.localeCompare(a.reportedAt) || a.key.localeCompare(b.key));
};

export const formatNotices = (listed: readonly ListedNotice[], timeZone: string): string[] =>
  formatTable(
    listed.flatMap(({ key, reportedAt, state, notices }) =>
      notices.map((notice) => [
        formatTime(reportedAt, timeZone),
        state === 'draft' ? 'draft' : 'warning',
        key,
        formatWarning(notice),
      ]),
    ),
  );
