import { paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { readConfig } from '../../../functions/runtime/config.ts';
import type { Connection } from '../connection.ts';
import { openSeeds } from '../seeds/open-seeds.ts';

/** Where a publication takes articles in, and where it says what became of them. */
export const openIntake = (connection: Pick<Connection, 'environment' | 'now'>) => {
  const seeds = openSeeds(connection);
  return {
    ...seeds,
    publication: readConfig(connection.environment).publication,
    /** MD5 of every object whose key begins so, by key. */
    list: async (Prefix: string): Promise<Map<string, string>> => {
      const found = new Map<string, string>();
      for await (const { Contents = [] } of paginateListObjectsV2(
        { client: seeds.s3 },
        { Bucket: seeds.buckets.seeds.name, Prefix },
      ))
        for (const { Key = '', ETag = '' } of Contents) found.set(Key, ETag.replaceAll('"', ''));
      return found;
    },
  };
};

export type Intake = ReturnType<typeof openIntake>;
