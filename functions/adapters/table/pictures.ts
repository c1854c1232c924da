import * as z from 'zod';
import { keyPrefixes } from '../../platform/contract.ts';
import type { TableClient } from './client.ts';
import { createRequestStore, requestSchema } from './requests.ts';

/** Its key is that of the seeds bucket. */
const requestedPictureSchema = requestSchema.extend({
  /** What the seeds bucket had under the key when its sizes were requested. */
  etag: z.string(),
  /** The rebuild that it was requested for. */
  rebuildId: z.string().exactOptional(),
});
export type RequestedPicture = z.infer<typeof requestedPictureSchema>;

/** Pictures whose sizes are to be made. */
export const createPictureStore = (table: TableClient) => ({
  ...createRequestStore(table, keyPrefixes.pictures, requestedPictureSchema),
  request: (pictures: readonly Omit<RequestedPicture, 'attempts'>[]): Promise<void> =>
    table.writeMany(pictures.map((picture) => ({ put: { pk: keyPrefixes.pictures, sk: picture.key, ...picture } }))),
});

export type PictureStore = ReturnType<typeof createPictureStore>;
