import * as z from 'zod';
import type { ConsentWords } from '../../core/newsletter/subscriber/consent.ts';
import { keyPrefixes } from '../../platform/contract.ts';
import type { ItemKey, TableClient } from './client.ts';
import { updateItem } from './update-item.ts';

const toItemKey = (name: string): ItemKey => ({ pk: keyPrefixes.consentWords + name, sk: 'CONSENT_WORDS' });

/** The words of sign-up forms, each once, under a name that the consents of readers refer to. */
export const createConsentWordsStore = (table: TableClient) => ({
  find: async (name: string): Promise<string | undefined> =>
    (await table.get(toItemKey(name), z.object({ text: z.string() })))?.text,

  /** Does nothing where they are there. */
  add: async ({ name, text }: ConsentWords): Promise<void> => {
    await updateItem(table, toItemKey(name), { set: { text }, condition: 'attribute_not_exists(pk)' });
  },
});

export type ConsentWordsStore = ReturnType<typeof createConsentWordsStore>;
