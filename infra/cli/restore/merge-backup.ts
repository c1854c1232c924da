import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { ItemKey } from '../../../functions/adapters/table/client.ts';
import { keyPrefixes } from '../../../functions/platform/contract.ts';
import { splitIntoChunks } from '../../../functions/platform/split-into-chunks.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import type { ShowProgress } from '../output/run-with-progress.ts';

const itemSchema = z.looseObject({ pk: z.string(), sk: z.string(), state: z.unknown().optional() });
type Item = z.infer<typeof itemSchema>;

/** Partitions that are never set back: what was sent, counted and paused, and how far the builder has counted. */
const sendingPartitions = [
  keyPrefixes.cadence,
  keyPrefixes.issue,
  'ISSUES',
  keyPrefixes.batches,
  keyPrefixes.sentArticle,
  keyPrefixes.feedback,
  keyPrefixes.tokenKeys,
  'RATE_LIMIT',
  'DAY#',
  'CAP#',
  'BUILD',
] as const;

const leftStates: readonly unknown[] = ['moving', 'unsubscribed', 'bounced', 'complained', 'erased'];

/**
 * Whether an item of a backup takes the place of what the table has under its key. What was sent is not set back, and
 * whoever has left since stays away.
 */
const isItemRestored = (backup: Item, current: Item | undefined): boolean => {
  if (!current) return true;
  if (sendingPartitions.some((partition) => backup.pk.startsWith(partition))) return false;
  if (backup.pk.startsWith(keyPrefixes.subscriber))
    return backup.state === 'active' && !leftStates.includes(current.state);
  return true;
};

const chunkSize = 100;

/** Copies what a backup's table has into the publication's. Items that only the publication's has stay. */
export const mergeBackup = async (
  { dynamo, table, tableName }: Pick<CliServices, 'dynamo' | 'table' | 'tableName'>,
  backupTable: string,
  show: ShowProgress,
): Promise<number> => {
  let read = 0;
  let restored = 0;
  for await (const { Items = [] } of paginateScan({ client: dynamo }, { TableName: backupTable })) {
    for (const chunk of splitIntoChunks(itemSchema.array().parse(Items), chunkSize)) {
      const current = new Map(
        (await table.getMany(chunk.map(toItemKey), itemSchema)).map((item) => [formatItemKey(item), item]),
      );
      const puts = chunk.filter((item) => isItemRestored(item, current.get(formatItemKey(item))));
      await table.writeMany(puts.map((put) => ({ put })));
      read += chunk.length;
      restored += puts.length;
    }
    show(1, `${tableName}: ${read} items of ${backupTable}`);
  }
  return restored;
};

const toItemKey = ({ pk, sk }: ItemKey): ItemKey => ({ pk, sk });
const formatItemKey = ({ pk, sk }: ItemKey): string => `${pk}\n${sk}`;
