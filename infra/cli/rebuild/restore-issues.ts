import { type Bucket, readJsonObject } from '../../../functions/adapters/bucket.ts';
import { buildIssueObjects, formatIssuePageKey } from '../../../functions/compose-issue/build-issue-objects.ts';
import { issueDraftSchema } from '../../../functions/core/newsletter/issue/issue-draft.ts';
import { formatIssueName } from '../../../functions/core/newsletter/issue/issue-record.ts';
import { mapInParallel } from '../../../functions/platform/concurrency.ts';
import { internalFolders } from '../../../functions/platform/contract.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { CliError } from '../output/cli-error.ts';

const maxConcurrentIssues = 8;

type RestoreServices = Pick<CliServices, 'buckets' | 'issues'>;

const readText = async (bucket: Pick<Bucket, 'get'>, key: string): Promise<string | undefined> => {
  const { bytes } = (await bucket.get(key)) ?? {};
  return bytes && Buffer.from(bytes).toString();
};

const restoreIssue = async ({ buckets }: RestoreServices, name: string): Promise<number> => {
  const key = `${internalFolders.issues}${name}.json`;
  const draft = await readJsonObject(buckets.internal, key, issueDraftSchema);
  if (!draft) throw new CliError(`The mail of ${name} is missing from the internal bucket.`);
  const page = await readText(buckets.internal, formatIssuePageKey(name));
  if (page === undefined) throw new CliError(`The page of ${name} is missing from the internal bucket.`);
  let restored = 0;
  for (const { key, body, headers } of buildIssueObjects(name, page, draft)) {
    const found = await buckets.site.get(key);
    if (found?.bytes && Buffer.from(found.bytes).equals(Buffer.from(body))) continue;
    await buckets.site.put(key, body, headers);
    restored += 1;
  }
  return restored;
};

/** Builders never write pages of issues, and cannot build the archive of issues while one is missing. */
export const restoreIssues = async (services: RestoreServices): Promise<number> => {
  const names = (await services.issues.listAll()).map(formatIssueName);
  const restored = await mapInParallel(names, (name) => restoreIssue(services, name), maxConcurrentIssues);
  return restored.reduce((all, one) => all + one, 0);
};
