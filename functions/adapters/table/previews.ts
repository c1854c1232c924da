import * as z from 'zod';
import type { ItemKey, TableClient } from './client.ts';

const toPreviewKey = (key: string): ItemKey => ({ pk: 'PREVIEWS', sk: key });

const previewSchema = z.object({
  /** Of the seed. */
  key: z.string(),
  /** In the preview's address. It stays while the draft is edited, so that a link shows the newest text. */
  id: z.string(),
  title: z.string(),
  /** Why the seed is not public. */
  reason: z.string().exactOptional(),
  /** When it is published by itself. */
  due: z.string().exactOptional(),
  /** Of the body that the preview shows. */
  bodyKey: z.string(),
  /** Paths of the site's pictures that it shows, whether they are there or not. */
  pictures: z.array(z.string()).exactOptional(),
  /** What each of its documents was made from, by path. */
  fingerprints: z.record(z.string(), z.string()),
});
export type Preview = z.infer<typeof previewSchema>;

/** The previews of drafts. Written by the builder alone. */
export const createPreviewStore = (table: TableClient) => ({
  list: (): Promise<Preview[]> => table.query({ pk: toPreviewKey('').pk }, previewSchema),

  getMany: (keys: readonly string[]): Promise<Preview[]> => table.getMany(keys.map(toPreviewKey), previewSchema),

  save: (preview: Preview): Promise<void> => table.writeMany([{ put: { ...toPreviewKey(preview.key), ...preview } }]),

  remove: (key: string): Promise<void> => table.writeMany([{ delete: toPreviewKey(key) }]),
});

export type PreviewStore = ReturnType<typeof createPreviewStore>;
