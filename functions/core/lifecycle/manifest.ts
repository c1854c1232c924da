import * as z from 'zod';

/**
 * The documents built from one list: a month, a topic, an author, or the front (home page, main feeds, sitemap).
 * `fingerprints` has, by path, the fingerprint of what each was built from, so that only changed documents are built.
 */
export const manifestSchema = z.object({
  name: z.string(),
  title: z.string(),
  fingerprints: z.record(z.string(), z.string()),
  partCount: z.number().exactOptional(),
  updated: z.string().exactOptional(),
  /** Years in which a topic or author has articles, newest first. */
  years: z.array(z.string()).exactOptional(),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const manifestKinds = ['month', 'topic', 'author', 'siteWide'] as const;
export type ManifestKind = (typeof manifestKinds)[number];
