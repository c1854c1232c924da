import { readReportedKey } from '../../../functions/adapters/seed-reports.ts';
import { formatWarning, type SeedWarning } from '../../../functions/core/article.ts';
import { listSeedWarnings, type SeedRecord } from '../../../functions/core/lifecycle/seed-record.ts';
import { sitePaths, toSiteUrl } from '../../../functions/core/site-paths.ts';
import { internalFolders } from '../../../functions/platform/contract.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { listBucketObjects } from '../connection/list-bucket-objects.ts';
import { formatTable, formatTime } from '../output/format-values.ts';

/** A seed of which nothing is refused and its author may want to know. */
export interface ListedNotice {
  readonly key: string;
  readonly reportedAt: string;
  readonly state: 'draft' | 'scheduled' | 'warned';
  /** The address of its preview. */
  readonly preview?: string;
  /** Of a draft, why it is one; of a scheduled article, when it is published. */
  readonly notices: readonly SeedWarning[];
}

const findNotices = (
  seed: SeedRecord,
  due: string | undefined,
): Pick<ListedNotice, 'state' | 'notices'> | undefined => {
  const { withheld } = seed;
  const warnings = listSeedWarnings(seed);
  if (withheld) {
    const { reason, place, problem } = withheld;
    const missing = problem ? [{ ...problem, reason: `There is no preview: ${problem.reason}` }] : [];
    return { state: 'draft', notices: [...[{ reason, place }, ...missing].map(toWarning), ...warnings] };
  }
  if (due !== undefined)
    return { state: 'scheduled', notices: [{ message: `It is published by itself at ${due}.` }, ...warnings] };
  return warnings.length > 0 ? { state: 'warned', notices: warnings } : undefined;
};

const toWarning = ({
  reason,
  place,
}: {
  readonly reason: string;
  readonly place?: string | undefined;
}): SeedWarning => ({ message: reason, ...(place && { place }) });

export const listNotices = async ({
  s3,
  buckets,
  seeds,
  previews,
  site,
}: Pick<CliServices, 's3' | 'buckets' | 'seeds' | 'previews' | 'site'>): Promise<ListedNotice[]> => {
  const reportedAt = new Map<string, string>();
  for await (const objects of listBucketObjects(s3, buckets.internal.name, internalFolders.notices))
    for (const { key, uploadedMs } of objects)
      reportedAt.set(await readReportedKey(buckets.internal, key), new Date(uploadedMs).toISOString());
  const records = await seeds.getMany([...reportedAt.keys()]);
  const previewed = new Map((await previews.list()).map((preview) => [preview.key, preview]));
  return records
    .flatMap((record) => {
      const { key } = record;
      const preview = previewed.get(key);
      const found = findNotices(record, preview?.due);
      const address = preview && { preview: toSiteUrl(site, sitePaths.preview(preview.id, 'page')) };
      return found ? [{ key, reportedAt: reportedAt.get(key) ?? '', ...found, ...address }] : [];
    })
    .toSorted((a, b) => b.reportedAt.localeCompare(a.reportedAt) || a.key.localeCompare(b.key));
};

export const formatNotices = (listed: readonly ListedNotice[], timeZone: string): string[] =>
  formatTable(
    listed.flatMap(({ key, reportedAt, state, notices, preview }) =>
      notices.map((notice, index) => [
        formatTime(reportedAt, timeZone),
        index > 0 || state === 'warned' ? 'warning' : state,
        key,
        `${formatWarning(notice)}${index === 0 && preview !== undefined ? ` Preview: ${preview}` : ''}`,
      ]),
    ),
  );
