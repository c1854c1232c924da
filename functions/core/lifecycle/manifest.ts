import * as z from 'zod';
import { withdrawnArticleSchema } from '../entry.ts';
import { scheduledCadences } from '../publication.ts';

/** How a list is cut into parts. */
export const partsSchema = z.object({
  /** The sort key of the first article of each part. */
  starts: z.array(z.string()),
  /** When each part was last changed. */
  updates: z.array(z.string()),
  /** Articles in all parts. */
  count: z.number(),
});
export type Parts = z.infer<typeof partsSchema>;

/**
 * The documents built from one list: a month, a topic or an author. `fingerprints` has, by path, the fingerprint of
 * what each was built from, so that only changed documents are built.
 */
export const manifestSchema = z.object({
  name: z.string(),
  title: z.string(),
  fingerprints: z.record(z.string(), z.string()),
  /** Of a month. */
  parts: partsSchema.exactOptional(),
  /** Of a month: what the search index of each part was made from. */
  searchParts: z.array(z.string()).exactOptional(),
  /** The years in which a topic or author has articles. */
  years: z.record(z.string(), partsSchema).exactOptional(),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** A topic or author, and how many articles it has. */
const listSizeSchema = z.object({ slug: z.string(), name: z.string(), count: z.number() });
export type ListSize = z.infer<typeof listSizeSchema>;

const monthSummarySchema = z.object({ name: z.string(), updates: z.array(z.string()) });
export type MonthSummary = z.infer<typeof monthSummarySchema>;

/** The documents of the whole site, and what they show of lists, so that one article does not read all lists. */
export const siteManifestSchema = manifestSchema.extend({
  buildVersion: z.string(),
  /** The number of refreshes that the documents have seen. */
  refreshes: z.number(),
  withdrawn: z.array(withdrawnArticleSchema),
  /** Oldest first. Absent where there are too many for an item. */
  months: z.array(monthSummarySchema).exactOptional(),
  /** The topics with the most articles, in this order. */
  largestTopics: z.array(listSizeSchema),
  /** Whether there are more topics. */
  hasMoreTopics: z.boolean(),
  /**
   * How far each cadence has come, and whether an article was left out of an issue. Where the next digest is full, it
   * shows what was announced up to `fullUpTo`.
   */
  cadences: z.array(
    z.object({ cadence: z.enum(scheduledCadences), after: z.number(), fullUpTo: z.number().exactOptional() }),
  ),
  hasLeftOut: z.boolean(),
  /** Whether an issue may have had an article that was announced after those. Older manifests do not say. */
  hasSent: z.boolean().default(true),
});
export type SiteManifest = z.infer<typeof siteManifestSchema>;

export const countArticles = ({ years = {} }: Pick<Manifest, 'years'>): number =>
  Object.values(years).reduce((sum, { count }) => sum + count, 0);

export const toMonthSummary = ({ name, parts }: Manifest): MonthSummary => ({ name, updates: parts?.updates ?? [] });

export const manifestKinds = ['month', 'topic', 'author'] as const;
export type ManifestKind = (typeof manifestKinds)[number];
