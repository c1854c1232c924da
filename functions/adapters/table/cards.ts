import type * as z from 'zod';
import { cardSchema } from '../../core/card/card-schema.ts';
import { keyPrefixes } from '../../platform/contract.ts';
import type { ItemKey, TableClient } from './client.ts';
import { createRequestStore, requestSchema } from './requests.ts';

/** Its key is the id of the article, its id that of the card. */
const requestedCardSchema = requestSchema.extend({ card: cardSchema });
export type RequestedCard = z.infer<typeof requestedCardSchema>;

export const toCardKey = (articleId: string): ItemKey => ({ pk: keyPrefixes.cards, sk: articleId });

/** Cards that are to be drawn. The builder requests them with the places of articles in lists. */
export const createCardStore = (table: TableClient) =>
  createRequestStore(table, keyPrefixes.cards, requestedCardSchema);

export type CardStore = ReturnType<typeof createCardStore>;
