import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { imageType } from '../../../functions/core/article/seed-kind.ts';
import type { FoundPicture } from './found.ts';
import type { ImportCounts, ImportOptions, ReportLine } from './import-articles.ts';
import type { Intake } from './open-intake.ts';
import type { PlannedSeed } from './plan-seed.ts';

/** Bytes. */
const largestPicture = 10 * 1024 * 1024;

/** An import under way: what is in the bucket, and what it comes to. */
export interface Uploading extends Pick<ImportOptions, 'prefix' | 'write' | 'replace' | 'report'> {
  readonly intake: { readonly buckets: Pick<Intake['buckets'], 'seeds'> };
  /** MD5 of what is there, by key. */
  readonly there: Map<string, string>;
  readonly counts: { -readonly [Name in keyof ImportCounts]: ImportCounts[Name] };
}

const md5 = (bytes: Uint8Array | string): string => createHash('md5').update(bytes).digest('hex');

const put = async (
  { intake, there, write, replace }: Uploading,
  key: string,
  { body, contentType }: { readonly body: string | Uint8Array; readonly contentType: string },
) => {
  const [hash, before] = [md5(body), there.get(key)];
  if (before === hash) return 'unchanged';
  if (before !== undefined && !replace) return 'kept';
  if (write) await intake.buckets.seeds.put(key, body, { contentType });
  there.set(key, hash);
  return before === undefined ? 'added' : 'replaced';
};

const uploadPicture = async (
  run: Uploading,
  { place, title }: PlannedSeed,
  { file, path }: FoundPicture,
): Promise<void> => {
  const key = run.prefix + path;
  const tell = (outcome: ReportLine['outcome'], reason: string) =>
    run.report({ place, title, outcome, reason });
  if ((await stat(file)).size > largestPicture)
    return tell('changed', 'a picture of it is larger than 10 MB, and is left out');
  const contentType = imageType(key) ?? 'application/octet-stream';
  const done = await put(run, key, { body: await readFile(file), contentType });
  if (done === 'kept')
    await tell('kept', 'a picture of it is there with other content, which stays: --replace');
  else if (done !== 'unchanged') run.counts.pictures += 1;
};

/** Uploads a seed unless it is there; its pictures first, so that no article is shown without. */
export const uploadSeed = async (
  run: Uploading,
  seed: PlannedSeed,
): Promise<'added' | 'unchanged' | 'replaced' | 'kept'> => {
  for (const picture of seed.pictures) await uploadPicture(run, seed, picture);
  const { place, title } = seed;
  const done = await put(run, seed.key, { body: seed.text, contentType: 'text/markdown; charset=utf-8' });
  run.counts[done] += 1;
  const reason = 'it is there with other content, which stays: --replace';
  if (done === 'kept') await run.report({ place, title, outcome: 'kept', reason });
  return done;
};
