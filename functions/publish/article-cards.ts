import { toObjectKey } from '../adapters/site-objects.ts';
import type { RequestedCard } from '../adapters/table/cards.ts';
import { describeCard, toCardId } from '../core/card/card.ts';
import type { Entry } from '../core/entry.ts';
import type { ArticleRecord } from '../core/lifecycle/article-record.ts';
import type { Publication } from '../core/publication.ts';
import { findPreviewImage } from '../core/site/render-picture.ts';
import { sitePaths } from '../core/site-paths.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import type { PublishServices } from './services.ts';

const findCardEntry = ({ state, entry }: ArticleRecord): Entry | undefined =>
  state === 'published' && entry && !entry.page && !findPreviewImage(entry) ? entry : undefined;

/** @param record with the card that the article had before */
export const withCard = (record: ArticleRecord, publication: Publication): ArticleRecord => {
  const { card: before, staleCards = [], ...rest } = record;
  const entry = findCardEntry(record);
  const card = entry && toCardId(entry.id, describeCard(entry.title, publication));
  const stale = [...staleCards, ...(before === undefined ? [] : [before])].filter((id) => id !== card);
  return { ...rest, ...(card !== undefined && { card }), ...(stale.length > 0 && { staleCards: stale }) };
};

/** Also of cards that are there: who draws them looks first, so that a repeated build makes up for an interrupted one. */
export const listCardRequests = (
  records: readonly ArticleRecord[],
  publication: Publication,
): Omit<RequestedCard, 'attempts'>[] =>
  records.flatMap((record) => {
    const entry = findCardEntry(record);
    if (!entry || record.card === undefined) return [];
    return [{ key: record.id, id: record.card, card: describeCard(entry.title, publication) }];
  });

/** Deletes the cards that an article no longer has. */
export const deleteStaleCards = async (
  { buckets }: PublishServices,
  { staleCards = [] }: ArticleRecord,
): Promise<void> => {
  await mapInParallel(staleCards, (id) => buckets.site.delete(toObjectKey(sitePaths.card(id))));
};
