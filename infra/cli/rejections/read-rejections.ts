import { readReportedKey, toReportKey } from '../../../functions/adapters/seed-reports.ts';
import { internalFolders } from '../../../functions/platform/contract.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { listBucketObjects } from '../connection/list-bucket-objects.ts';
import { formatTable, formatTime } from '../output/format-values.ts';

export interface ListedRejection {
  readonly key: string;
  readonly reportedAt: string;
  /** Absent where the seed's record says something newer than the report. */
  readonly reason?: string;
  readonly place?: string;
}

export const listRejections = async ({
  s3,
  buckets,
  seeds,
}: Pick<CliServices, 's3' | 'buckets' | 'seeds'>): Promise<ListedRejection[]> => {
  const reports: ListedRejection[] = [];
  for await (const objects of listBucketObjects(s3, buckets.internal.name, internalFolders.rejections))
    for (const { key, uploadedMs } of objects)
      reports.push({
        key: await readReportedKey(buckets.internal, key),
        reportedAt: new Date(uploadedMs).toISOString(),
      });
  const records = await seeds.getMany(reports.map(({ key }) => key));
  const rejections = new Map(records.map(({ key, rejection }) => [key, rejection]));
  return reports
    .map((report) => ({ ...report, ...rejections.get(report.key) }))
    .toSorted((a, b) => b.reportedAt.localeCompare(a.reportedAt) || a.key.localeCompare(b.key));
};

export const readRejectionReport = async (
  { buckets }: Pick<CliServices, 'buckets'>,
  key: string,
): Promise<string | undefined> => {
  const report = await buckets.internal.get(toReportKey(key));
  return report && new TextDecoder().decode(report.bytes);
};

export const formatRejections = (rejections: readonly ListedRejection[], timeZone: string): string[] =>
  formatTable(
    rejections.map(({ key, reportedAt, reason = '', place }) => [
      formatTime(reportedAt, timeZone),
      key,
      place === undefined ? reason : `${reason} (${place})`,
    ]),
  );
