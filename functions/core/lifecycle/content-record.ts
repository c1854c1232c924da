import * as z from 'zod';

/** The article that has, or was the last to have, the content of a seed. Only the builder writes it. */
export const contentRecordSchema = z.object({
  /** The fingerprint of the file's bytes. */
  content: z.string(),
  id: z.string(),
  /** It was announced as another article before, and is not announced again. */
  isAnnounced: z.literal(true).exactOptional(),
});
export type ContentRecord = z.infer<typeof contentRecordSchema>;
