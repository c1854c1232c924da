import * as z from 'zod';
import { keyPrefixes } from '../../platform/contract.ts';
import type { ItemKey, TableClient } from './client.ts';
import { updateItem } from './update-item.ts';

const toPictureKey = (key: string): ItemKey => ({ pk: keyPrefixes.pictures, sk: key });

const requestedPictureSchema = z.object({
  /** Of the seeds bucket, and what it had there when its sizes were requested. */
  key: z.string(),
  etag: z.string(),
  /** Of the sizes that are to be made. */
  id: z.string(),
  /** The rebuild that it was requested for. */
  rebuildId: z.string().exactOptional(),
  attempts: z.number().default(0),
});
export type RequestedPicture = z.infer<typeof requestedPictureSchema>;

/** Longer than a function takes for a picture. */
const claimSeconds = 180;

/** Pictures whose sizes are to be made. */
export const createPictureStore = (table: TableClient) => ({
  request: (pictures: readonly Omit<RequestedPicture, 'attempts'>[]): Promise<void> =>
    table.writeMany(pictures.map((picture) => ({ put: { ...toPictureKey(picture.key), ...picture } }))),

  list: (limit: number): Promise<RequestedPicture[]> =>
    table.query({ pk: toPictureKey('').pk, limit }, requestedPictureSchema),

  /** Keeps others from a picture for three minutes; false where another has it, or it was requested anew. */
  claim: ({ key, id }: RequestedPicture, now: Date): Promise<boolean> => {
    const seconds = Math.floor(now.getTime() / 1000);
    return updateItem(table, toPictureKey(key), {
      set: { claimedUntil: seconds + claimSeconds },
      add: { attempts: 1 },
      condition: '#id = :id AND (attribute_not_exists(#claimedUntil) OR #claimedUntil < :now)',
      values: { id, now: seconds },
    });
  },

  /** Removes a request, unless another version of the picture was requested meanwhile. */
  remove: async ({ key, id }: RequestedPicture): Promise<void> => {
    await table.deleteIf(toPictureKey(key), 'id', id);
  },
});

export type PictureStore = ReturnType<typeof createPictureStore>;
