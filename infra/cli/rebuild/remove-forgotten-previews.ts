import { toObjectKey } from '../../../functions/adapters/site-objects.ts';
import { mapInParallel } from '../../../functions/platform/concurrency.ts';
import { previewsFolder } from '../../../functions/platform/contract.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { listBucketObjects } from '../connection/list-bucket-objects.ts';

/** Deletes previews that a table has lost: nothing else knows their addresses any more, but whoever got a link does. */
export const removeForgottenPreviews = async ({
  buckets,
  previews,
  s3,
}: Pick<CliServices, 'buckets' | 'previews' | 's3'>): Promise<void> => {
  const found: string[] = [];
  for await (const objects of listBucketObjects(s3, buckets.site.name, previewsFolder.slice(1)))
    found.push(...objects.map(({ key }) => key));
  // Read after the objects: a preview is recorded before it is written.
  const known = new Set(
    (await previews.list()).flatMap(({ fingerprints }) => Object.keys(fingerprints).map(toObjectKey)),
  );
  await mapInParallel(
    found.filter((key) => !known.has(key)),
    (key) => buckets.site.delete(key),
  );
};
