import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { formatIssueName, type IssueSummary } from '../../../functions/core/newsletter/issue/issue-record.ts';
import { sentArticleSchema } from '../../../functions/core/newsletter/issue/pending-entries.ts';
import { mapInParallel } from '../../../functions/platform/concurrency.ts';
import { keyPrefixes } from '../../../functions/platform/contract.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { scanItems } from '../connection/scan-items.ts';
import { exportFiles, toIssueFiles } from './export-files.ts';

async function* readSentArticleLines(stores: CliServices): AsyncGenerator<string> {
  for await (const page of scanItems(stores, keyPrefixes.sentArticle, sentArticleSchema))
    for (const one of page) yield `${JSON.stringify(one)}\n`;
}

export const exportIssues = async (
  stores: CliServices,
  folder: string,
  addRemark: (key: string, remark: string) => void,
): Promise<IssueSummary[]> => {
  await mkdir(folder + exportFiles.issues, { recursive: true });
  const lines = await stores.issues.list();
  await mapInParallel(lines, async (line) => {
    for (const { file, bucket, key } of toIssueFiles(formatIssueName(line))) {
      const object = await stores.buckets[bucket].get(key);
      if (object?.bytes) await writeFile(folder + exportFiles.issues + file, object.bytes);
      else addRemark(exportFiles.issues + file, 'no longer exists');
    }
  });
  await pipeline(readSentArticleLines(stores), createWriteStream(folder + exportFiles.sentArticles));
  return lines;
};
