import type { ArticleRecord } from '../core/lifecycle/article-record.ts';
import type { SeedRecord } from '../core/lifecycle/seed-record.ts';
import { findCandidates, toLinkName } from '../core/links/find-candidates.ts';
import { findImageType } from '../core/seed-kind.ts';
import { sitePaths } from '../core/site-paths.ts';
import { splitIntoChunks } from '../platform/split-into-chunks.ts';
import type { PublishServices } from './services.ts';
import type { UpdatedArticle } from './update-articles.ts';

/** Articles that are read at once to see whether they show a picture. */
const articlesAtOnce = 100;

/** Whether a published article shows a picture or would if it were on the site. */
const isShownBy = ({ state, entry, seedKeys: [from = ''] }: ArticleRecord, key: string): boolean => {
  if (state !== 'published') return false;
  const { references = [], links = {} } = entry ?? {};
  return references.some((reference) => {
    const found = links[reference];
    if (reference === `path/${key.normalize('NFC')}` || found === sitePaths.image(key)) return true;
    return found === undefined && findCandidates(reference, from, [key]).includes(key);
  });
};

/** Whether a published article shows a picture, or would. */
export const isPublicPicture = async ({ articles, links }: PublishServices, key: string): Promise<boolean> => {
  const ids = await links.listLinkingArticles(toLinkName(key));
  for (const some of splitIntoChunks(ids, articlesAtOnce))
    if ((await articles.getMany(some)).some((record) => isShownBy(record, key))) return true;
  return false;
};

/** Whether a picture is kept off the site: docs/decisions/0022-previews.md */
export type IsHeld = (picture: SeedRecord) => Promise<boolean>;

/**
 * A picture that a draft shows and nothing published is kept off the site, and then until something published shows it,
 * whatever becomes of the draft.
 */
export const createHold = async (services: PublishServices, built: readonly SeedRecord[]): Promise<IsHeld> => {
  const hasPictures = built.some(({ kind }) => kind === 'image');
  const previews = hasPictures ? await services.previews.list() : [];
  const previewed = new Set(previews.flatMap(({ pictures = [] }) => pictures));
  return async ({ key, kind, etag, isHeld = false }) => {
    if (kind !== 'image' || etag === undefined || !(isHeld || previewed.has(sitePaths.image(key)))) return false;
    return !(await isPublicPicture(services, key));
  };
};

/** Has the next round look at pictures anew. */
export const reconsiderPictures = async (
  { build, now, seeds }: PublishServices,
  pictures: readonly SeedRecord[],
  /** Tells the mark from that which this round removes. */
  why: 'shown' | 'released' | 'unshown' | 'replaced' = 'shown',
): Promise<void> => {
  if (pictures.length === 0) return;
  await seeds.markChanged(pictures.map(({ key }) => ({ key, sequencer: why })));
  await build.request(now());
};

/** Keys of the pictures at the paths that references state, in both forms of letters. */
export const listPictureKeys = (references: readonly string[] = []): string[] =>
  references.flatMap((reference) => {
    const key = reference.startsWith('path/') ? reference.slice('path/'.length) : '';
    return findImageType(key) ? [key, key.normalize('NFD')] : [];
  });

/** Has held pictures reconsidered that an article shows which has just been published or edited. */
export const releasePictures = async (
  services: PublishServices,
  updated: readonly Pick<UpdatedArticle, 'previous' | 'record'>[],
): Promise<void> => {
  const keys = updated
    .filter(({ record, previous }) => {
      const isSame = previous?.entry?.revision === record.entry?.revision && previous?.state === record.state;
      return record.state === 'published' && !isSame;
    })
    .flatMap(({ record }) => listPictureKeys(record.entry?.references));
  if (keys.length === 0) return;
  const found = await services.seeds.getMany([...new Set(keys)]);
  await reconsiderPictures(
    services,
    found.filter(({ isHeld }) => isHeld),
  );
};
