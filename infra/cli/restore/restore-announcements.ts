import type { ArticleRecord } from '../../../functions/core/lifecycle/article-record.ts';
import { splitIntoChunks } from '../../../functions/platform/split-into-chunks.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import type { MailedIssue } from './read-mailed-issues.ts';

const chunkSize = 100;

type Stores = Pick<CliServices, 'articles' | 'seeds'>;

/**
 * Restores articles that were mailed, as the table does not know, with the ids, addresses and numbers under which they
 * were announced. Their seeds are then published without being announced again, also if they were moved or edited.
 */
export const restoreAnnouncements = async (stores: Stores, mailed: readonly MailedIssue[]): Promise<number> => {
  const records = new Map(mailed.flatMap((issue) => issue.records).map((record) => [record.id, record]));
  let restored = 0;
  for (const chunk of splitIntoChunks([...records.values()], chunkSize)) {
    const known = await stores.articles.getMany(chunk.map(({ id }) => id));
    const announced = new Set(known.filter(({ arrival }) => arrival !== undefined).map(({ id }) => id));
    for (const record of chunk.filter(({ id }) => !announced.has(id)))
      if (await restoreArticle(stores, record)) restored += 1;
  }
  return restored;
};

const restoreArticle = async ({ articles, seeds }: Stores, record: ArticleRecord): Promise<boolean> => {
  const { id, entry, lastSeed, seedKeys, pageFingerprint: _pageFingerprint, ...numbers } = record;
  const isSlugFree = entry !== undefined && (await articles.claimSlug(entry.slug, id));
  const isRestored = await articles.restore({
    ...numbers,
    id,
    seedKeys: [],
    stalePositions: [],
    ...(isSlugFree && { entry }),
    ...(lastSeed && { lastSeed }),
  });
  if (!isRestored) return false;
  if (lastSeed) await articles.saveContent({ content: lastSeed.content, id }, undefined);
  for (const key of seedKeys) await seeds.restoreArticle(key, id);
  return true;
};
