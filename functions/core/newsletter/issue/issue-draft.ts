import * as z from 'zod';

/** The content of an issue, before and after it is frozen. Delivery reads subject, html and text. */
export const issueDraftSchema = z.object({
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  json: z.string(),
  /** The articles that it contains, and the correction of each that it mentions. */
  articles: z.array(z.object({ articleId: z.string(), correction: z.string().exactOptional() })),
});
export type IssueDraft = z.infer<typeof issueDraftSchema>;
