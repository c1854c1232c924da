import { z } from 'zod';
import { entrySchema } from '../entry.ts';

/** A seed's article as the table keeps it: all but the body, which lies among the desk's papers under `body`. */
export const seedVersionSchema = entrySchema
  .omit({ id: true, slug: true, published: true, dateOnly: true, updated: true, correction: true })
  .extend({
    /** Of the article: by the front matter or by the seed's key. */
    id: z.string(),
    /** What the slug is made of, unless the seed wishes one. */
    slugSource: z.string(),
    published: z.object({ at: z.string(), dateOnly: z.boolean(), stated: z.boolean() }).exactOptional(),
    updated: z.string().exactOptional(),
    announced: z.string().exactOptional(),
    correction: z.string().exactOptional(),
    corrected: z.string().exactOptional(),
  });
export type SeedVersion = z.infer<typeof seedVersionSchema>;

const rejectionSchema = z.object({ reason: z.string(), place: z.string().exactOptional() });
export type Rejection = z.infer<typeof rejectionSchema>;

/** What the bucket last said about one key. Written by whoever reads the upload; `claims`, `shown` and `reported` by the builder alone. */
export const seedRecordSchema = z.object({
  key: z.string(),
  sequencer: z.string(),
  kind: z.enum(['seed', 'image', 'unknown']),
  /** The instant of the upload; absent when the object is gone. */
  uploadedAt: z.string().exactOptional(),
  /** The last version that could be read. Stays while a newer upload is rejected. */
  version: seedVersionSchema.exactOptional(),
  rejection: rejectionSchema.exactOptional(),
  /** The object's ETag. */
  etag: z.string().exactOptional(),
  /** Ids of the articles that it may stand under: two only while an upload that changes its id is filed. */
  articleIds: z.array(z.string()).exactOptional(),
  /** Of an image: fingerprint of what the site shows. */
  imageFingerprint: z.string().exactOptional(),
  /** Whether a report of its rejection may lie in the desk bucket. */
  hasReport: z.boolean().exactOptional(),
});
export type SeedRecord = z.infer<typeof seedRecordSchema>;

/** A place in one of the site's lists. */
export const listPositionSchema = z.object({ list: z.string(), sortKey: z.string() });
export type ListPosition = z.infer<typeof listPositionSchema>;

/** One article under its id, whichever seed it comes from. Written by the builder alone. */
export const articleRecordSchema = z.object({
  id: z.string(),
  /** Keys of the seeds that say they are this article: more than one only while a seed is renamed. */
  seedKeys: z.array(z.string()),
  /** `expected`: an import gave it its numbers; its seed is yet to come. */
  state: z.enum(['published', 'scheduled', 'withdrawn', 'expected']),
  /** As last published; stays when withdrawn, so that a return keeps slug and dates. */
  entry: entrySchema.exactOptional(),
  /** The instant of its first upload: its date where its seed states none. */
  firstUpload: z.string().exactOptional(),
  /** Number in the order of announcements; absent while it was never announced here. */
  arrival: z.number().exactOptional(),
  /** When it was announced elsewhere or before, as its seed said: it has no arrival then, and no issue carries it. */
  announced: z.string().exactOptional(),
  /** Number of its last return to the site after it was announced, in the same order. */
  returned: z.number().exactOptional(),
  /** Number of its last correction after it was announced, in the same order. */
  corrected: z.number().exactOptional(),
  withdrawnAt: z.string().exactOptional(),
  /** The instant a scheduled article waits for. */
  dueAt: z.string().exactOptional(),
  positions: z.array(listPositionSchema),
  /** Places it left in the filing that is under way; empty once the documents have followed. */
  stalePositions: z.array(listPositionSchema),
  /** Fingerprint of the page as it stands in the site bucket. */
  pageFingerprint: z.string().exactOptional(),
});
export type ArticleRecord = z.infer<typeof articleRecordSchema>;
