import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { toIssueHeaders } from '../../../functions/adapters/site-objects.ts';
import { formatIssueName, type IssueSummary } from '../../../functions/core/newsletter/issue/issue-record.ts';
import { type SentArticle, sentArticleSchema } from '../../../functions/core/newsletter/issue/pending-entries.ts';
import { cadences } from '../../../functions/core/publication.ts';
import { readInChunks } from '../../../functions/platform/split-into-chunks.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { exportFiles, toIssueFiles } from '../export/export-files.ts';
import { type PublicationExport, readJsonLines } from './read-export.ts';

const batchSize = 100;

const isSameIssue = (a: IssueSummary, b: IssueSummary): boolean =>
  formatIssueName(a) === formatIssueName(b) && a.at === b.at && a.subject === b.subject;

/** Which issues of an export are not here yet, and which cannot come: their cadence has issues of its own here. */
export const planIssueImport = async (
  { cadenceStates, issues }: Pick<CliServices, 'cadenceStates' | 'issues'>,
  { ledger }: PublicationExport,
) => {
  const known = new Map((await issues.listAll()).map((line) => [formatIssueName(line), line]));
  const [missing, conflicts]: [IssueSummary[], string[]] = [[], []];
  for (const cadence of cadences) {
    const { number, open } = await cadenceStates.get(cadence);
    for (const line of ledger.issues.filter((one) => one.cadence === cadence)) {
      const here = known.get(formatIssueName(line));
      const isFree = number === 0 ? open === undefined : line.number <= number;
      if (here ? !isSameIssue(here, line) : !isFree) conflicts.push(formatIssueName(line));
      else if (!here) missing.push(line);
    }
  }
  return { missing, conflicts };
};

export const importExportedIssues = async (
  stores: CliServices,
  { folder }: PublicationExport,
  lines: readonly IssueSummary[],
): Promise<void> => {
  for (const line of lines) {
    for (const { file, bucket, path, key } of toIssueFiles(formatIssueName(line))) {
      const from = folder + exportFiles.issues + file;
      if (!existsSync(from)) continue;
      await stores.buckets[bucket].put(key, await readFile(from), toIssueHeaders(path));
    }
    await stores.issues.addToIndex(line, stores.publication.timeZone);
  }
};

export const importSentArticles = async (
  { sentArticles }: Pick<CliServices, 'sentArticles'>,
  folder: string,
): Promise<void> => {
  const addMissing = async (batch: readonly SentArticle[]): Promise<void> => {
    for (const cadence of cadences) {
      const ours = batch.filter((one) => one.cadence === cadence);
      const known = await sentArticles.list(
        cadence,
        ours.map(({ articleId }) => articleId),
      );
      const here = new Set(known.map(({ articleId }) => articleId));
      await sentArticles.record(ours.filter(({ articleId }) => !here.has(articleId)));
    }
  };
  const lines = readJsonLines(folder + exportFiles.sentArticles, sentArticleSchema);
  for await (const batch of readInChunks(lines, batchSize)) await addMissing(batch);
};
