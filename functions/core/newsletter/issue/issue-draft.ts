import * as z from 'zod';
import { articleRecordSchema } from '../../lifecycle/article-record.ts';

/** The content of an issue, before and after it is frozen. Delivery reads subject, html and text. */
export const issueDraftSchema = z.object({
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  json: z.string(),
  /** What its page on the site says, without the navigation around it. */
  page: z.string(),
  /** The articles that it contains, and the correction of each that it mentions. */
  articles: z.array(z.object({ articleId: z.string(), correction: z.string().exactOptional() })),
});
export type IssueDraft = z.infer<typeof issueDraftSchema>;

/**
 * What an issue had, outside the table: a table that was set back is told by it what readers have, and by the records
 * of the articles, which seeds they are: docs/decisions/0032-restoring.md
 */
export const issueLedgerSchema = issueDraftSchema.pick({ subject: true, articles: true }).extend({
  at: z.string(),
  after: z.number(),
  upTo: z.number(),
  articleCount: z.number(),
  /** Articles that wait for the next issue. */
  leftOut: z.array(z.string()),
  records: z.array(articleRecordSchema),
});
export type IssueLedger = z.infer<typeof issueLedgerSchema>;
