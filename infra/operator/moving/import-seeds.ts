import { readFile } from 'node:fs/promises';
import { cleanText } from '../../../functions/core/article/clean-text.ts';
import { parseFrontMatter } from '../../../functions/core/article/front-matter.ts';
import { imageType, seedKind } from '../../../functions/core/article/seed-kind.ts';
import { articleId } from '../../../functions/core/identity.ts';
import { inParallel } from '../../../functions/publishing/in-parallel.ts';
import { layout } from './layout.ts';
import type { Archive } from './open-archive.ts';
import type { Export } from './read-export.ts';

/** Files that are compared or uploaded at once. */
const atOnce = 16;

/** A file that is to be uploaded. */
export interface Upload {
  readonly key: string;
  readonly kind: 'article' | 'picture';
  /** Of an article. */
  readonly id?: string;
}

export interface SeedPlan {
  readonly uploads: readonly Upload[];
  /** Files that are there already, the same. */
  readonly present: number;
  /** What is not imported, since it would touch something else. */
  readonly taken: readonly { readonly key: string; readonly what: string }[];
}

type Found = Upload | 'present' | { readonly key: string; readonly what: string };

/** Decides for every file of an export whether it is uploaded. It changes nothing. */
export const planSeeds = async (
  archive: Archive,
  { folder, keys }: Export,
  show: (done: number, all: number) => void,
): Promise<SeedPlan> => {
  let done = 0;
  const look = async (key: string): Promise<Found> => {
    const found = await lookAt(archive, folder + layout.articles, key);
    done += 1;
    show(done, keys.length);
    return found;
  };
  const found = await inParallel(keys, look, atOnce);
  return {
    uploads: found.flatMap((one) => (one !== 'present' && 'kind' in one ? [one] : [])),
    present: found.filter((one) => one === 'present').length,
    taken: found.flatMap((one) => (one !== 'present' && 'what' in one ? [one] : [])),
  };
};

const lookAt = async (archive: Archive, folder: string, key: string): Promise<Found> => {
  const bytes = await readFile(folder + key);
  const there = await archive.bucket.seeds.get(key);
  if (there?.bytes) {
    const isSame = Buffer.from(there.bytes).equals(bytes);
    return isSame ? 'present' : { key, what: 'another file is there under this key' };
  }
  if (seedKind(key) === 'image') return { key, kind: 'picture' };
  const { fields } = parseFrontMatter(cleanText(bytes.toString()));
  const stated = typeof fields.id === 'string' ? fields.id : undefined;
  const id = articleId(archive.publication.id, key, stated);
  const [record] = await archive.articles.getMany([id]);
  if (record && record.sources.length > 0 && !record.sources.includes(key))
    return { key, what: `${record.sources.join()} is the same article (${id})` };
  const holder = typeof fields.slug === 'string' ? await archive.articles.holderOf(fields.slug) : undefined;
  if (holder !== undefined && holder !== id)
    return { key, what: `another article has the address /articles/${fields.slug}` };
  return { key, kind: 'article', id };
};

/** Uploads files of an export into the seeds bucket. */
export const uploadSeeds = async (
  { bucket }: Pick<Archive, 'bucket'>,
  { folder }: Pick<Export, 'folder'>,
  uploads: readonly Upload[],
  show: (done: number) => void,
): Promise<void> => {
  let done = 0;
  await inParallel(
    uploads,
    async ({ key }) => {
      const contentType = imageType(key) ?? 'text/markdown; charset=utf-8';
      await bucket.seeds.put(key, await readFile(folder + layout.articles + key), { contentType });
      done += 1;
      show(done);
    },
    atOnce,
  );
};
