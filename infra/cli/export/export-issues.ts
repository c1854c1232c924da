import { mkdir, writeFile } from 'node:fs/promises';
import { formatIssueName, type IssueSummary } from '../../../functions/core/newsletter/issue/issue-record.ts';
import { type SentArticle, sentArticleSchema } from '../../../functions/core/newsletter/issue/pending-entries.ts';
import { mapInParallel } from '../../../functions/platform/concurrency.ts';
import { keyPrefixes } from '../../../functions/platform/contract.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { scanItems } from '../connection/scan-items.ts';
import { exportFiles, toIssueFiles } from './export-files.ts';
import { writeJsonLines } from './write-object-file.ts';

async function* readSentArticles(stores: CliServices): AsyncGenerator<SentArticle> {
  for await (const page of scanItems(stores, keyPrefixes.sentArticle, sentArticleSchema)) yield* page;
}

export const exportIssues = async (
  stores: CliServices,
  folder: string,
  addRemark: (key: string, remark: string) => void,
): Promise<IssueSummary[]> => {
  await mkdir(folder + exportFiles.issues, { recursive: true });
  const lines = await stores.issues.listAll();
  await mapInParallel(lines, async (line) => {
    for (const { file, bucket, key } of toIssueFiles(formatIssueName(line))) {
      const object = await stores.buckets[bucket].get(key);
      if (object?.bytes) await writeFile(folder + exportFiles.issues + file, object.bytes);
      else addRemark(exportFiles.issues + file, 'no longer exists');
    }
  });
  await writeJsonLines(folder + exportFiles.sentArticles, readSentArticles(stores));
  return lines;
};
