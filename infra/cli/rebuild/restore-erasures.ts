import * as z from 'zod';
import { readJsonObject } from '../../../functions/adapters/bucket.ts';
import { mapInParallel } from '../../../functions/platform/concurrency.ts';
import { internalFolders } from '../../../functions/platform/contract.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { listBucketObjects } from '../connection/list-bucket-objects.ts';

const erasureSchema = z.object({ at: z.string() });

/**
 * Erases again whom a table restored from a backup has back. It spares readers who signed up again after their erasure,
 * and can be repeated.
 */
export const restoreErasures = async ({
  s3,
  config,
  buckets,
  subscribers,
}: Pick<CliServices, 's3' | 'config' | 'buckets' | 'subscribers'>) => {
  const counts = { recorded: 0, restored: 0 };
  for await (const page of listBucketObjects(s3, config.internalBucket, internalFolders.erasures)) {
    await mapInParallel(page, async (object) => {
      const erasure = await readJsonObject(buckets.internal, object.key, erasureSchema);
      if (!erasure) return;
      const key = object.key.slice(internalFolders.erasures.length).replace(/\.json$/, '');
      const { before, after } = await subscribers.apply(key, { kind: 'restoreErasure', key, at: erasure.at });
      counts.recorded += 1;
      if (before !== after) counts.restored += 1;
    });
  }
  return counts;
};
