import { readFile, stat } from 'node:fs/promises';
import { findMaxBytes } from '../../../functions/core/article/check-seed-file.ts';
import { findFileType, findImageType } from '../../../functions/core/seed-kind.ts';
import { hashMd5 } from '../../local/base/hash-md5.ts';
import type { ReportLine } from './create-import-report.ts';
import type { ImportTarget } from './create-import-target.ts';
import type { PlannedSeed } from './plan-seed.ts';
import type { Skipped, SourceItem, SourcePicture } from './source/source-item.ts';

/** `kept`: there with other content, which stays. */
export type ArticleImportCounts = Record<
  'articles' | 'added' | 'unchanged' | 'replaced' | 'kept' | 'skipped' | 'pictures',
  number
>;

export interface ArticleImportOptions {
  readonly items: AsyncIterable<SourceItem> | Iterable<SourceItem>;
  readonly plan: (found: SourceItem & { kind: 'article' }) => PlannedSeed | Skipped;
  readonly prefix: string;
  readonly write: boolean;
  readonly replace: boolean;
  readonly report: (line: ReportLine) => Promise<void>;
  readonly show: (articles: number) => void;
}

export interface UploadContext extends Pick<ArticleImportOptions, 'prefix' | 'write' | 'replace' | 'report'> {
  readonly target: { readonly buckets: Pick<ImportTarget['buckets'], 'seeds'> };
  readonly existingHashes: Map<string, string>;
  readonly counts: ArticleImportCounts;
}

const putIfChanged = async (
  { target, existingHashes, write, replace }: UploadContext,
  key: string,
  { body, contentType }: { readonly body: string | Uint8Array; readonly contentType: string },
) => {
  const [hash, before] = [hashMd5(body), existingHashes.get(key)];
  if (before === hash) return 'unchanged';
  if (before !== undefined && !replace) return 'kept';
  if (write) await target.buckets.seeds.put(key, body, { contentType });
  existingHashes.set(key, hash);
  return before === undefined ? 'added' : 'replaced';
};

const uploadPicture = async (
  context: UploadContext,
  { place, title }: PlannedSeed,
  { file, path }: SourcePicture,
): Promise<void> => {
  const key = context.prefix + path;
  const reportPicture = (outcome: ReportLine['outcome'], reason: string) =>
    context.report({ place, title, outcome, reason });
  const maxBytes = findMaxBytes(key);
  if ((await stat(file)).size > maxBytes)
    return reportPicture('changed', `a picture or file of more than ${maxBytes / 1024 / 1024} MB is left out`);
  const contentType = findImageType(key) ?? findFileType(key)?.type ?? 'application/octet-stream';
  const done = await putIfChanged(context, key, { body: await readFile(file), contentType });
  if (done === 'kept')
    await reportPicture('kept', 'a picture or file exists with different content and stays; --replace replaces it');
  else if (done !== 'unchanged') context.counts.pictures += 1;
};

/** Uploads a seed unless it is there; its pictures first, so that no article is shown without. */
export const uploadSeed = async (
  context: UploadContext,
  seed: PlannedSeed,
): Promise<'added' | 'unchanged' | 'replaced' | 'kept'> => {
  for (const picture of seed.pictures) await uploadPicture(context, seed, picture);
  const { place, title } = seed;
  const done = await putIfChanged(context, seed.key, {
    body: seed.text,
    contentType: 'text/markdown; charset=utf-8',
  });
  context.counts[done] += 1;
  const reason = 'it exists with different content and stays; --replace replaces it';
  if (done === 'kept') await context.report({ place, title, outcome: 'kept', reason });
  return done;
};
