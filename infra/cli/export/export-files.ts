import { z } from 'zod';
import { toObjectKey } from '../../../functions/adapters/site-objects.ts';
import { formatIssuePageKey } from '../../../functions/compose-issue/build-issue-objects.ts';
import { type ArticleRecord, articleRecordSchema } from '../../../functions/core/lifecycle/article-record.ts';
import { cadenceStateSchema, issueSummarySchema } from '../../../functions/core/newsletter/issue/issue-record.ts';
import { cadences } from '../../../functions/core/publication.ts';
import { sitePaths } from '../../../functions/core/site-paths.ts';
import { internalFolders } from '../../../functions/platform/contract.ts';

export const exportFiles = {
  /** Says that a folder is an export. */
  metadata: 'export.json',
  settings: 'publication.json',
  articles: 'articles/',
  refused: 'refused/',
  site: 'site/',
  subscribers: 'subscribers.csv',
  issues: 'issues/',
  /** Which issue had which article, a line each. */
  sentArticles: 'issues/sent-articles.jsonl',
  ledger: 'ledger.json',
  withdrawn: 'withdrawn.jsonl',
  keys: 'keys.json',
} as const;

export const exportMetadataSchema = z.object({
  seedpress: z.literal(1),
  at: z.string(),
  publication: z.string(),
  site: z.string(),
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
  cadences: z.partialRecord(z.enum(cadences), cadenceStateSchema),
  /** Issues that went out, oldest first. */
  issues: z.array(issueSummarySchema),
  waiting: z.array(arrivalNumbersSchema),
});
export type LedgerFile = z.infer<typeof ledgerFileSchema>;

/** The record of an article whose numbers are given and whose seed is yet to come. */
export const buildExpectedRecord = (numbers: ArrivalNumbers): ArticleRecord => ({
  ...numbers,
  state: 'expected',
  seedKeys: [],
  positions: [],
  stalePositions: [],
});

export const toIssueFiles = (name: string) => [
  ...(['html', 'txt', 'json'] as const).map((format) => {
    const path = sitePaths.issue(name, format);
    return { file: `${name}.${format}`, bucket: 'site' as const, path, key: toObjectKey(path) };
  }),
  {
    file: `${name}.letter.json`,
    bucket: 'internal' as const,
    path: `/${internalFolders.issues}${name}.json`,
    key: `${internalFolders.issues}${name}.json`,
  },
  {
    file: `${name}.page.html`,
    bucket: 'internal' as const,
    path: `/${formatIssuePageKey(name)}`,
    key: formatIssuePageKey(name),
  },
];
