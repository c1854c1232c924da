import type { Bucket } from '../adapters/bucket.ts';
import type { PictureResizer } from '../adapters/picture-resizer.ts';
import { immutableCacheControl, toObjectKey } from '../adapters/site-objects.ts';
import type { CardStore, RequestedCard } from '../adapters/table/cards.ts';
import { sitePaths } from '../core/site-paths.ts';
import type { Log } from '../platform/logger.ts';

export interface DrawCardsServices {
  readonly buckets: { readonly site: Bucket };
  readonly cards: CardStore;
  readonly resizer: Pick<PictureResizer, 'drawCard'>;
  readonly now: () => Date;
  readonly log: Log;
}

const minTimeLeftMs = 30_000;
/** Before pictures have their turn again. */
const cardsAtOnce = 50;
/** A card that fails so often is not drawn. */
const maxAttempts = 3;

/** Draws cards that are requested, one after another. */
export const drawCards = async (services: DrawCardsServices, getTimeLeftMs: () => number): Promise<void> => {
  const { cards, now, log } = services;
  for (const requested of await cards.list(cardsAtOnce)) {
    if (getTimeLeftMs() < minTimeLeftMs) break;
    if (!(await cards.claim(requested, now()))) continue;
    try {
      await writeCard(services, requested);
    } catch (error) {
      log.error(`the card of ${requested.key} could not be drawn`, error);
    }
  }
};

const writeCard = async (
  { buckets, cards, resizer, log }: DrawCardsServices,
  requested: RequestedCard,
): Promise<void> => {
  const { key, id, card, attempts } = requested;
  const objectKey = toObjectKey(sitePaths.card(id));
  const isThere = (await buckets.site.head(objectKey)) !== undefined;
  if (!isThere && attempts < maxAttempts) {
    const png = await resizer.drawCard(card);
    await buckets.site.put(objectKey, png, { contentType: 'image/png', cacheControl: immutableCacheControl });
    log.info('card drawn', { article: key, title: card.title });
  }
  // The article was withdrawn meanwhile, or has another title: who requested that has deleted the card already.
  if (!(await cards.remove(requested))) await buckets.site.delete(objectKey);
};
