import { type Bucket, type ObjectMetadata, readJsonObject } from '../../../functions/adapters/bucket.ts';
import { decodeText } from '../../../functions/core/article/decode-text.ts';
import { articleBodySchema } from '../../../functions/core/entry.ts';
import { isLive, type LiveSeed } from '../../../functions/core/lifecycle/decide-lifecycle.ts';
import { findArticleId, type SeedRecord } from '../../../functions/core/lifecycle/seed-record.ts';
import { parseExtension, toSeedKind } from '../../../functions/core/seed-kind.ts';
import { cleanText } from '../../../functions/core/text/clean-text.ts';
import { mapInParallel } from '../../../functions/platform/concurrency.ts';
import { internalFolders } from '../../../functions/platform/contract.ts';
import { splitIntoChunks } from '../../../functions/platform/split-into-chunks.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { listBucketObjects } from '../connection/list-bucket-objects.ts';
import { CliError } from '../output/cli-error.ts';
import { buildArticleSnapshot } from './build-article-snapshot.ts';
import { buildSeed } from './build-seed.ts';
import { exportFiles } from './export-files.ts';
import type { AnnouncementPlan } from './plan-announcements.ts';
import { writeObjectFile } from './write-object-file.ts';

const [concurrency, batchSize] = [8, 200];
/** More than any file that is published has. */
const maxCopyBytes = 250 * 1024 * 1024;
const partBytes = 8 * 1024 * 1024;

export interface ExportedArticles {
  articles: number;
  pictures: number;
  refused: number;
}

interface ArticleExport {
  readonly stores: CliServices;
  readonly folder: string;
  readonly announcements: AnnouncementPlan;
  readonly now: string;
  readonly addRemark: (key: string, remark: string) => void;
  readonly show: (done: number, all: number) => void;
}

export const exportArticles = async (work: ArticleExport): Promise<ExportedArticles> => {
  const { stores, show } = work;
  const keys: string[] = [];
  for await (const page of listBucketObjects(stores.s3, stores.buckets.seeds.name))
    keys.push(...page.map(({ key }) => key).filter((key) => toSeedKind(key) !== 'ignored'));
  const all = new Set(keys);
  const counts = { articles: 0, pictures: 0, refused: 0 };
  let done = 0;
  for (const some of splitIntoChunks(keys, batchSize)) {
    const records = new Map((await stores.seeds.getMany(some)).map((record) => [record.key, record]));
    await mapInParallel(some, (key) => exportSeed(work, { key, record: records.get(key), all, counts }), concurrency);
    done += some.length;
    show(done, keys.length);
  }
  return counts;
};

interface ExportedKey {
  readonly key: string;
  readonly record: SeedRecord | undefined;
  readonly all: ReadonlySet<string>;
  readonly counts: ExportedArticles;
}

const exportSeed = async (work: ArticleExport, { key, record, all, counts }: ExportedKey): Promise<void> => {
  if (!record?.uploadedAt) return work.addRemark(key, 'was uploaded a moment ago and is not published yet');
  if (record.rejection || record.withheld) {
    if (await copySeedFile(work, key, exportFiles.refused)) counts.refused += 1;
  } else if (record.kind === 'image' || record.kind === 'file') {
    if (await copySeedFile(work, key, exportFiles.articles)) counts.pictures += 1;
  }
  if (isLive(record) && (await exportArticle(work, record, all))) counts.articles += 1;
};

const copySeedFile = async (
  { stores, folder, addRemark }: ArticleExport,
  key: string,
  into: string,
): Promise<boolean> => {
  const object = await stores.buckets.seeds.head(key);
  if (!object || object.size > maxCopyBytes) {
    addRemark(key, object ? `is too large to copy (${object.size} bytes)` : 'was deleted in the meantime');
    return false;
  }
  const parts = readInParts(stores.buckets.seeds, key, object);
  return recordFailure(addRemark, key, await writeObjectFile(folder + into, key, parts));
};

/** Films are larger than what should be in memory at once. */
async function* readInParts(bucket: Bucket, key: string, { size, etag }: ObjectMetadata): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < size; start += partBytes) {
    const bytes = await bucket.getRange(key, etag, { start, length: Math.min(partBytes, size - start) });
    if (!bytes) throw new CliError(`${key} was changed while it was copied. Export again.`);
    yield bytes;
  }
}

const recordFailure = (remark: ArticleExport['addRemark'], key: string, failure: string | undefined): boolean => {
  if (failure !== undefined) remark(key, failure);
  return failure === undefined;
};

const isMarkdown = (key: string): boolean => /^(?:md|markdown)$/.test(parseExtension(key));

/** Where an article is to lie: an author's Markdown where it lay, anything else under a name that ends in `.md`. */
const toTargetKey = (key: string, all: ReadonlySet<string>): string => {
  if (isMarkdown(key)) return key;
  const short = key.replace(/\.[^./]+$/, '.md');
  const bare = short.slice(0, -'.md'.length);
  const isTaken = ['md', 'txt', 'text', 'html', 'htm'].filter((end) => all.has(`${bare}.${end}`)).length > 1;
  return isTaken ? `${key}.md` : short;
};

const readOriginal = async ({ stores }: ArticleExport, { key, rejection }: LiveSeed): Promise<string | undefined> => {
  if (!isMarkdown(key) || rejection) return undefined;
  const object = await stores.buckets.seeds.get(key);
  return object?.bytes && cleanText(decodeText(object.bytes));
};

const exportArticle = async (work: ArticleExport, seed: LiveSeed, all: ReadonlySet<string>): Promise<boolean> => {
  const { stores, announcements, folder, now, addRemark } = work;
  const { publication, site } = stores;
  const { key, version } = seed;
  const [record] = await stores.articles.getMany([findArticleId(seed) ?? version.id]);
  const bodyKey = internalFolders.bodies + version.bodyKey;
  const body = await readJsonObject(stores.buckets.internal, bodyKey, articleBodySchema);
  const snapshot =
    record && body && buildArticleSnapshot({ seed, record, body, announcements, timeZone: publication.timeZone });
  if (!snapshot) {
    addRemark(key, 'is not published yet, or another seed is the same article');
    return false;
  }
  const target = toTargetKey(key, all);
  const { seed: text, differences } = buildSeed(
    {
      key: target,
      snapshot,
      original: await readOriginal(work, seed),
      slug: record.entry?.slug ?? (version.slugSource === version.title ? undefined : version.slugSource),
      stated: { date: version.published?.stated === true, updated: version.updated !== undefined },
    },
    { publication, site, now },
  );
  if (differences.length > 0) addRemark(key, `will differ in: ${differences.join(', ')}`);
  return recordFailure(addRemark, key, await writeObjectFile(folder + exportFiles.articles, target, text));
};
