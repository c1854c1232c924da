import { z } from 'zod';
import type { DigestLinks } from './link-markers.ts';

/** What an issue is to say, before and after it is frozen. Delivery reads subject, html and text. */
export const issueDraftSchema = z.object({
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  json: z.string(),
  /** The articles that it carries, and the correction that it tells of each by now. */
  articles: z.array(z.object({ articleId: z.string(), correction: z.string().exactOptional() })),
});
export type IssueDraft = z.infer<typeof issueDraftSchema>;

/** What stands in a letter for the links that differ from reader to reader: no article can hold it. */
export const readerPlaceholders: Pick<DigestLinks, 'unsubscribe' | 'preferences'> = {
  unsubscribe: '{{unsubscribe}}',
  preferences: '{{preferences}}',
};

/** A letter, be it HTML or text, with links in place of its placeholders. */
export const fillReaderLinks = (letter: string, links: typeof readerPlaceholders): string =>
  letter
    .replaceAll(readerPlaceholders.unsubscribe, () => links.unsubscribe)
    .replaceAll(readerPlaceholders.preferences, () => links.preferences);
