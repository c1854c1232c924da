import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { type IssueLine, issueName } from '../../../functions/core/newsletter/records.ts';
import { carriedSchema } from '../../../functions/core/newsletter/waiting.ts';
import { inParallel } from '../../../functions/publishing/in-parallel.ts';
import { ledgerKeys } from '../../../functions/runtime/contract.ts';
import { scanItems } from '../scan-items.ts';
import { issueFiles } from './issue-files.ts';
import { layout } from './layout.ts';
import type { Archive } from './open-archive.ts';

async function* carriedLines(archive: Archive): AsyncGenerator<string> {
  for await (const page of scanItems(archive, ledgerKeys.carried, carriedSchema))
    for (const one of page) yield `${JSON.stringify(one)}\n`;
}

/** Writes page, text, JSON and letter of every issue that went out, and which articles each had. */
export const exportIssues = async (
  archive: Archive,
  folder: string,
  remark: (key: string, what: string) => void,
): Promise<IssueLine[]> => {
  await mkdir(folder + layout.issues, { recursive: true });
  const lines = await archive.issues.lines();
  await inParallel(lines, async (line) => {
    for (const { file, bucket, key } of issueFiles(issueName(line))) {
      const object = await archive.bucket[bucket].get(key);
      if (object?.bytes) await writeFile(folder + layout.issues + file, object.bytes);
      else remark(layout.issues + file, 'is not there any more');
    }
  });
  await pipeline(carriedLines(archive), createWriteStream(folder + layout.carried));
  return lines;
};
