import { z } from 'zod';
import { articleRecordSchema } from '../../../functions/core/lifecycle/article-record.ts';
import { cadenceStateSchema, issueSummarySchema } from '../../../functions/core/newsletter/issue/issue-record.ts';

/** Where things lie in the folder of an export. Names that end in a slash are folders. */
export const exportFiles = {
  /** Says that a folder is an export. */
  metadata: 'export.json',
  settings: 'publication.json',
  /** Articles as Markdown, and the pictures beside them, by their keys. */
  articles: 'articles/',
  /** Seeds that are refused, as they are. */
  refused: 'refused/',
  /** Every document of the site, to keep. */
  site: 'site/',
  subscribers: 'subscribers.csv',
  issues: 'issues/',
  /** Which issue had which article, a line each. */
  sentArticles: 'issues/carried.jsonl',
  ledger: 'ledger.json',
  /** Records of the articles that were withdrawn, a line each. */
  withdrawn: 'withdrawn.jsonl',
  /** Secrets. */
  keys: 'keys.json',
} as const;

export const exportMetadataSchema = z.object({
  seedpress: z.literal(1),
  at: z.string(),
  publication: z.string(),
  /** Origin of the site. */
  site: z.string(),
  /** When the publication began. */
  since: z.string().exactOptional(),
});
export type ExportMetadata = z.infer<typeof exportMetadataSchema>;

/** Numbers of an article of which some cadence has not heard. */
export const arrivalNumbersSchema = articleRecordSchema.pick({
  id: true,
  firstUpload: true,
  arrival: true,
  returnNumber: true,
  correctionNumber: true,
});
export type ArrivalNumbers = z.infer<typeof arrivalNumbersSchema>;

export const ledgerFileSchema = z.object({
  cadences: z.object({ daily: cadenceStateSchema, weekly: cadenceStateSchema }).partial(),
  /** Issues that went out, oldest first. */
  issues: z.array(issueSummarySchema),
  waiting: z.array(arrivalNumbersSchema),
});
export type LedgerFile = z.infer<typeof ledgerFileSchema>;
