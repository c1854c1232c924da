import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { checkSeedFile } from '../../../functions/core/article/check-seed-file.ts';
import { parseFrontMatter } from '../../../functions/core/article/markdown/parse-front-matter.ts';
import { toArticleId } from '../../../functions/core/identity.ts';
import { findFileType, findImageType, toSeedKind } from '../../../functions/core/seed-kind.ts';
import { cleanText } from '../../../functions/core/text/clean-text.ts';
import { mapInParallel } from '../../../functions/platform/concurrency.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { exportFiles } from '../export/export-files.ts';
import { putSeedFile } from '../seeds/put-seed-file.ts';
import type { PublicationExport } from './read-export.ts';

const concurrency = 16;

export interface ImportUpload {
  readonly key: string;
  readonly kind: 'article' | 'picture';
  readonly id?: string;
}

export interface SeedImportPlan {
  readonly uploads: readonly ImportUpload[];
  readonly present: number;
  /** What is not imported, since it would touch something else. */
  readonly conflicts: readonly { readonly key: string; readonly reason: string }[];
}

type UploadDecision = ImportUpload | 'present' | { readonly key: string; readonly reason: string };

export const planSeedImport = async (
  stores: CliServices,
  { folder, seedKeys }: PublicationExport,
  show: (done: number, all: number) => void,
): Promise<SeedImportPlan> => {
  let done = 0;
  const decide = async (key: string): Promise<UploadDecision> => {
    const found = await decideUpload(stores, folder + exportFiles.articles, key);
    done += 1;
    show(done, seedKeys.length);
    return found;
  };
  const found = await mapInParallel(seedKeys, decide, concurrency);
  return {
    uploads: found.flatMap((one) => (one !== 'present' && 'kind' in one ? [one] : [])),
    present: found.filter((one) => one === 'present').length,
    conflicts: found.flatMap((one) => (one !== 'present' && 'reason' in one ? [one] : [])),
  };
};

const decideUpload = async (stores: CliServices, folder: string, key: string): Promise<UploadDecision> => {
  const { size } = await stat(folder + key);
  const refused = checkSeedFile(key, size);
  if (refused !== undefined) return { key, reason: refused };
  if (toSeedKind(key) === 'file') return decideFileUpload(stores, { key, path: folder + key, size });
  const bytes = await readFile(folder + key);
  const there = await stores.buckets.seeds.get(key);
  if (there?.bytes) {
    const isSame = Buffer.from(there.bytes).equals(bytes);
    return isSame ? 'present' : { key, reason: 'another file has this key' };
  }
  if (toSeedKind(key) === 'image') return { key, kind: 'picture' };
  const { fields } = parseFrontMatter(cleanText(bytes.toString()));
  const stated = typeof fields.id === 'string' ? fields.id : undefined;
  const id = toArticleId(stores.publication.id, key, stated);
  const [record] = await stores.articles.getMany([id]);
  if (record && record.seedKeys.length > 0 && !record.seedKeys.includes(key))
    return { key, reason: `${record.seedKeys.join()} is the same article (${id})` };
  const holder = typeof fields.slug === 'string' ? await stores.articles.findSlugOwner(fields.slug) : undefined;
  if (holder !== undefined && holder !== id)
    return { key, reason: `another article has the address /articles/${fields.slug}` };
  return { key, kind: 'article', id };
};

/** An object that was uploaded in parts has no hash of its content as its ETag. */
const decideFileUpload = async (
  { buckets }: Pick<CliServices, 'buckets'>,
  { key, path, size }: { readonly key: string; readonly path: string; readonly size: number },
): Promise<UploadDecision> => {
  const there = await buckets.seeds.head(key);
  if (!there) return { key, kind: 'picture' };
  const hash = createHash('md5');
  await pipeline(createReadStream(path), hash);
  const isSame = there.size === size && (there.etag.includes('-') || there.etag === hash.digest('hex'));
  return isSame ? 'present' : { key, reason: 'another file has this key' };
};

export const uploadExportedSeeds = async (
  services: Pick<CliServices, 's3' | 'buckets'>,
  { folder }: Pick<PublicationExport, 'folder'>,
  uploads: readonly ImportUpload[],
  show: (done: number) => void,
): Promise<void> => {
  let done = 0;
  await mapInParallel(
    uploads,
    async ({ key }) => {
      const contentType = findImageType(key) ?? findFileType(key)?.type ?? 'text/markdown; charset=utf-8';
      await putSeedFile(services, { key, path: folder + exportFiles.articles + key, contentType });
      done += 1;
      show(done);
    },
    concurrency,
  );
};
