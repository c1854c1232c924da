import { readJsonObject } from '../../../functions/adapters/bucket.ts';
import { type IssueLedger, issueLedgerSchema } from '../../../functions/core/newsletter/issue/issue-draft.ts';
import { type Issue, splitIssueName } from '../../../functions/core/newsletter/issue/issue-record.ts';
import { compareStrings } from '../../../functions/core/text/compare-strings.ts';
import { mapInParallel } from '../../../functions/platform/concurrency.ts';
import { internalFolders } from '../../../functions/platform/contract.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { listBucketObjects } from '../connection/list-bucket-objects.ts';

export type MailedIssue = Pick<Issue, 'cadence' | 'number'> & IssueLedger;

const maxConcurrentReads = 8;

/** Every issue that was mailed here, by the internal bucket, the earliest first. */
export const readMailedIssues = async ({
  s3,
  buckets: { internal },
}: Pick<CliServices, 's3' | 'buckets'>): Promise<MailedIssue[]> => {
  const issues: MailedIssue[] = [];
  const readIssue = async ({ key }: { readonly key: string }): Promise<void> => {
    const name = splitIssueName(key.slice(internalFolders.ledger.length).replace(/\.json$/, ''));
    const ledger = name && (await readJsonObject(internal, key, issueLedgerSchema));
    if (ledger) issues.push({ ...name, ...ledger });
  };
  for await (const page of listBucketObjects(s3, internal.name, internalFolders.ledger))
    await mapInParallel(page, readIssue, maxConcurrentReads);
  return issues.sort((a, b) => compareStrings(a.at, b.at) || a.number - b.number);
};
