import * as z from 'zod';
import type { ItemKey, TableClient } from './client.ts';

export const toNameKey = ({ name, key }: NamedUpload): ItemKey => ({ pk: `NAME#${name}`, sk: key });
const toLinkKey = ({ name, id }: NameLink): ItemKey => ({ pk: `LINKS#${name}`, sk: id });
export const toLinkedNameKey = (name: string): ItemKey => ({ pk: `LINKED#${name}`, sk: 'LINKED' });
const sortKeySchema = z.object({ sk: z.string() });
export const linkedNameSchema = z.object({ name: z.string() });

/** Uploads of one name that are looked at. */
const maxNamesakes = 500;

/** An upload that is on the site, and the name that links find it by. */
export interface NamedUpload {
  readonly name: string;
  readonly key: string;
}

/** An article that links to a name. */
export interface NameLink {
  readonly name: string;
  readonly id: string;
}

/** Which uploads there are by name, and which articles link to a name. Only the builder writes them. */
export const createLinkStore = (table: TableClient) => ({
  saveNames: (added: readonly NamedUpload[], removed: readonly NamedUpload[]): Promise<void> =>
    table.writeMany([
      ...removed.map((named) => ({ delete: toNameKey(named) })),
      ...added.map((named) => ({ put: toNameKey(named) })),
    ]),

  saveLinks: (added: readonly NameLink[], removed: readonly NameLink[]): Promise<void> =>
    table.writeMany([
      ...removed.map((link) => ({ delete: toLinkKey(link) })),
      ...added.map((link) => ({ put: toLinkKey(link) })),
      ...[...new Set(added.map(({ name }) => name))].map((name) => ({ put: { ...toLinkedNameKey(name), name } })),
    ]),

  /** Selects the names that an article has ever linked to. Most have none, and a hundred are asked for at once. */
  selectLinkedNames: async (names: readonly string[]): Promise<string[]> => {
    const found = await table.getMany([...new Set(names)].map(toLinkedNameKey), linkedNameSchema);
    return found.map(({ name }) => name);
  },

  listKeys: async (name: string): Promise<string[]> => {
    const found = await table.query({ pk: `NAME#${name}`, limit: maxNamesakes }, sortKeySchema);
    return found.map(({ sk }) => sk);
  },

  listLinkingArticles: async (name: string): Promise<string[]> => {
    const found = await table.query({ pk: `LINKS#${name}` }, sortKeySchema);
    return found.map(({ sk }) => sk);
  },
});

export type LinkStore = ReturnType<typeof createLinkStore>;
