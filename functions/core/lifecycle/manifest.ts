import { z } from 'zod';

/**
 * What the builder remembers of the documents made from one list: a month, a topic, an author, or the front (home page,
 * main feeds, sitemap…). `documents` maps each path to the fingerprint of what it was made from, so that nothing that did
 * not change is made or written again.
 */
export const manifestSchema = z.object({
  name: z.string(),
  /** As readers see it: the topic's or author's name. */
  title: z.string(),
  fingerprints: z.record(z.string(), z.string()),
  /** Of a month: how many parts its archive has. */
  partCount: z.number().exactOptional(),
  /** Of a month: when one of its articles last changed. */
  updated: z.string().exactOptional(),
  /** Of a topic or author: the years that have articles, newest first. */
  years: z.array(z.string()).exactOptional(),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const manifestKinds = ['month', 'topic', 'author', 'siteWide'] as const;
export type ManifestKind = (typeof manifestKinds)[number];
