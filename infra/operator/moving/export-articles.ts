import { cleanText } from '../../../functions/core/article/clean-text.ts';
import { decodeText } from '../../../functions/core/article/decode-text.ts';
import { extensionOf, seedKind } from '../../../functions/core/article/seed-kind.ts';
import { bodySchema } from '../../../functions/core/entry.ts';
import { isLive, type LiveSeed } from '../../../functions/core/filing/decide-filing.ts';
import type { SeedRecord } from '../../../functions/core/filing/records.ts';
import { inParallel } from '../../../functions/publishing/in-parallel.ts';
import { deskFolders } from '../../../functions/runtime/contract.ts';
import { listObjects } from '../list-objects.ts';
import { layout } from './layout.ts';
import type { Archive } from './open-archive.ts';
import type { Announcements } from './plan-announcements.ts';
import { seedOf } from './seed-of.ts';
import { standOf } from './stand-of.ts';
import { writeFileFor } from './write-file-for.ts';

/** Keys that are worked on at once, and read of at once. */
const [atOnce, portion] = [8, 200];
/** Bytes of a refused file that are copied at most. */
const mostRefused = 100 * 1024 * 1024;

export interface ExportedArticles {
  articles: number;
  pictures: number;
  refused: number;
}

interface Work {
  readonly archive: Archive;
  /** Of the export, with a slash at its end. */
  readonly folder: string;
  readonly announcements: Announcements;
  readonly now: string;
  /** Takes what is not, or not wholly, exported. */
  readonly remark: (key: string, what: string) => void;
  /** Takes how many keys of how many are done. */
  readonly show: (done: number, all: number) => void;
}

/** Writes every article as a Markdown seed, every picture beside them, and whatever is refused as it is. */
export const exportArticles = async (work: Work): Promise<ExportedArticles> => {
  const { archive, show } = work;
  const keys: string[] = [];
  for await (const page of listObjects(archive.s3, archive.bucket.seeds.name))
    keys.push(...page.map(({ key }) => key).filter((key) => seedKind(key) !== 'ignored'));
  const all = new Set(keys);
  const counts = { articles: 0, pictures: 0, refused: 0 };
  for (let start = 0; start < keys.length; start += portion) {
    const some = keys.slice(start, start + portion);
    const records = new Map((await archive.seeds.getMany(some)).map((record) => [record.key, record]));
    await inParallel(some, (key) => exportKey(work, { key, record: records.get(key), all, counts }), atOnce);
    show(Math.min(keys.length, start + portion), keys.length);
  }
  return counts;
};

interface Item {
  readonly key: string;
  readonly record: SeedRecord | undefined;
  readonly all: ReadonlySet<string>;
  readonly counts: ExportedArticles;
}

const exportKey = async (work: Work, { key, record, all, counts }: Item): Promise<void> => {
  if (!record?.modified) return work.remark(key, 'was uploaded just now, and is not published yet');
  if (record.rejection) {
    if (await copy(work, key, layout.refused)) counts.refused += 1;
  } else if (record.kind === 'image') {
    if (await copy(work, key, layout.articles)) counts.pictures += 1;
  }
  if (isLive(record) && (await exportArticle(work, record, all))) counts.articles += 1;
};

const copy = async ({ archive, folder, remark }: Work, key: string, into: string): Promise<boolean> => {
  const object = await archive.bucket.seeds.get(key, mostRefused);
  if (!object?.bytes) {
    remark(key, object ? `is too large to be copied (${object.size} bytes)` : 'was deleted meanwhile');
    return false;
  }
  return write(remark, key, await writeFileFor(folder + into, key, object.bytes));
};

const write = (remark: Work['remark'], key: string, failure: string | undefined): boolean => {
  if (failure !== undefined) remark(key, failure);
  return failure === undefined;
};

const isMarkdown = (key: string): boolean => /^(?:md|markdown)$/.test(extensionOf(key));

/** Where an article is to lie: an author's Markdown where it lay, anything else under a name that ends in `.md`. */
const targetOf = (key: string, all: ReadonlySet<string>): string => {
  if (isMarkdown(key)) return key;
  const short = key.replace(/\.[^./]+$/, '.md');
  const bare = short.slice(0, -'.md'.length);
  const isTaken = ['md', 'txt', 'text', 'html', 'htm'].filter((end) => all.has(`${bare}.${end}`)).length > 1;
  return isTaken ? `${key}.md` : short;
};

const originalOf = async ({ archive }: Work, { key, rejection }: LiveSeed): Promise<string | undefined> => {
  if (!isMarkdown(key) || rejection) return undefined;
  const object = await archive.bucket.seeds.get(key);
  return object?.bytes && cleanText(decodeText(object.bytes));
};

const exportArticle = async (work: Work, seed: LiveSeed, all: ReadonlySet<string>): Promise<boolean> => {
  const { archive, announcements, folder, now, remark } = work;
  const { publication, site } = archive;
  const { key, version } = seed;
  const [record] = await archive.articles.getMany([version.id]);
  const paper = await archive.bucket.desk.get(deskFolders.bodies + version.body);
  const body = paper?.bytes && bodySchema.parse(JSON.parse(new TextDecoder().decode(paper.bytes)));
  const standing =
    record && body && standOf({ seed, record, body, announcements, timeZone: publication.timeZone });
  if (!standing) {
    remark(key, 'is on its way, or another seed is the same article');
    return false;
  }
  const target = targetOf(key, all);
  const { seed: text, differences } = seedOf(
    {
      ...{ key: target, standing, original: await originalOf(work, seed) },
      slug: record.entry?.slug ?? (version.slugWish === version.title ? undefined : version.slugWish),
      states: { date: version.published?.stated === true, updated: version.updated !== undefined },
    },
    { publication, site, now },
  );
  if (differences.length > 0) remark(key, `will differ in: ${differences.join(', ')}`);
  return write(remark, key, await writeFileFor(folder + layout.articles, target, text));
};
