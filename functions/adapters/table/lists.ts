import { z } from 'zod';
import { type Entry, entrySchema, type Withdrawn, withdrawnSchema } from '../../core/entry.ts';
import { lists } from '../../core/filing/lists.ts';
import type { ArticleRecord, Placement } from '../../core/filing/records.ts';
import { type Shelf, type ShelfKind, shelfSchema } from '../../core/filing/shelf.ts';
import type { Key, TableClient } from './client.ts';

const placeKey = ({ list, sort }: Placement): Key => ({ pk: list, sk: sort });
const shelfKey = (kind: ShelfKind, name: string): Key => ({ pk: `SHELF#${kind}`, sk: name });
const oldMonthKey = (month: string): Key => ({ pk: 'OLD_MONTHS', sk: month });
const oldMonthSchema = z.object({ sk: z.string() });
const sourcesSchema = z.object({ sources: z.array(z.string()) });

/** Part of a list to read, by its sort keys. */
export interface Part {
  readonly prefix?: string;
  readonly newestFirst?: boolean;
  readonly limit?: number;
}

/** The site's lists of articles and what is remembered of their documents. Written by the builder alone. */
export const createListStore = (table: TableClient) => ({
  /** Takes articles out of the places they left and puts them where they stand now. */
  place: (records: readonly ArticleRecord[]): Promise<void> =>
    table.writeMany([
      ...records.flatMap(({ left }) => left.map((place) => ({ delete: placeKey(place) }))),
      ...records.flatMap((record) =>
        record.placements.map((place) => ({ put: { ...placeKey(place), ...contentOf(record) } })),
      ),
    ]),

  entries: (list: string, part: Part = {}): Promise<Entry[]> =>
    table.query({ pk: list, ...part }, entrySchema),

  withdrawn: (limit: number): Promise<Withdrawn[]> =>
    table.query({ pk: lists.withdrawn, newestFirst: true, limit }, withdrawnSchema),

  /** Keys of the seeds whose stated time has come. */
  due: async (now: string): Promise<string[]> => {
    const found = await table.query({ pk: lists.scheduled, upTo: `${now}~` }, sourcesSchema);
    return found.flatMap(({ sources }) => sources);
  },

  /** Keys of the seeds of every article of a month. */
  sourcesOfMonth: async (month: string): Promise<string[]> => {
    const found = await table.query({ pk: lists.month(month) }, sourcesSchema);
    return found.flatMap(({ sources }) => sources);
  },

  /** Months whose pages show an older edition are noted down, taken up one by one and forgotten. */
  noteOldMonths: (months: readonly string[]): Promise<void> =>
    table.writeMany(months.map((month) => ({ put: oldMonthKey(month) }))),
  oldMonths: async (limit?: number): Promise<string[]> => {
    const found = await table.query(
      { pk: oldMonthKey('').pk, newestFirst: true, ...(limit !== undefined && { limit }) },
      oldMonthSchema,
    );
    return found.map(({ sk }) => sk);
  },
  forgetOldMonth: (month: string): Promise<void> => table.writeMany([{ delete: oldMonthKey(month) }]),

  shelves: (kind: ShelfKind): Promise<Shelf[]> => table.query({ pk: `SHELF#${kind}` }, shelfSchema),
  shelf: (kind: ShelfKind, name: string): Promise<Shelf | undefined> =>
    table.get(shelfKey(kind, name), shelfSchema),
  saveShelf: (kind: ShelfKind, shelf: Shelf): Promise<void> =>
    table.writeMany([{ put: { ...shelfKey(kind, shelf.name), ...shelf } }]),
  removeShelf: (kind: ShelfKind, name: string): Promise<void> =>
    table.writeMany([{ delete: shelfKey(kind, name) }]),
});

export type ListStore = ReturnType<typeof createListStore>;

/** A published article's entry, a withdrawn one's tombstone, a waiting one's seeds. */
const contentOf = ({ id, state, entry, sources, withdrawnAt }: ArticleRecord): object => {
  if (state === 'scheduled') return { sources };
  if (state === 'withdrawn') return { id, when: withdrawnAt, topics: entry?.topics ?? [] };
  return { ...entry, sources };
};
