import * as z from 'zod';
import { entrySchema } from '../entry.ts';

export const listPositionSchema = z.object({ list: z.string(), sortKey: z.string() });
export type ListPosition = z.infer<typeof listPositionSchema>;

/** An article under its id, whichever seed it comes from. Only the builder writes it. */
export const articleRecordSchema = z.object({
  id: z.string(),
  /**
   * Keys of its seeds, first the one that it is published from. More than one are copies, or state one id in conflict.
   */
  seedKeys: z.array(z.string()),
  /** `expected`: an import has given it its numbers, and its seed is yet to come. */
  state: z.enum(['published', 'scheduled', 'withdrawn', 'expected']),
  /** As last published. It stays when withdrawn, so that a return keeps slug and dates. */
  entry: entrySchema.exactOptional(),
  /** What it was last published or scheduled from. It stays when withdrawn, so that the content is known again. */
  lastSeed: z.object({ key: z.string(), content: z.string() }).exactOptional(),
  /** It is not announced while it has this content, which was announced as another article. */
  announcedContent: z.string().exactOptional(),
  /** When it was first uploaded: its date if its seed states none. */
  firstUpload: z.string().exactOptional(),
  /** Number in the order of announcements; absent if it was never announced here. */
  arrival: z.number().exactOptional(),
  /** When it was announced elsewhere, as its seed said. It then has no arrival, and no issue carries it. */
  announcedAt: z.string().exactOptional(),
  /** Number of its last return to the site after it was announced, in the same order. */
  returnNumber: z.number().exactOptional(),
  /** Number of its last correction after it was announced, in the same order. */
  correctionNumber: z.number().exactOptional(),
  withdrawnAt: z.string().exactOptional(),
  /** When it is published, or, once it is, leaves the site again. */
  dueAt: z.string().exactOptional(),
  positions: z.array(listPositionSchema),
  /** Positions it has left; empty once the documents of those lists are rebuilt. */
  stalePositions: z.array(listPositionSchema),
  /** Paths that lead to its present address: of earlier slugs, and those that its seeds state. */
  formerPaths: z.array(z.string()).exactOptional(),
  /** By path, the fingerprints of the redirects in the site bucket. */
  redirects: z.record(z.string(), z.string()).exactOptional(),
  /** Fingerprint of the page in the site bucket, or of what says that it was withdrawn. */
  pageFingerprint: z.string().exactOptional(),
  /** Of the [card](../card/card.ts) that previews of its link show; absent where it has a picture. */
  card: z.string().exactOptional(),
  /** Cards that it no longer has; absent once they are deleted. */
  staleCards: z.array(z.string()).exactOptional(),
});
export type ArticleRecord = z.infer<typeof articleRecordSchema>;
