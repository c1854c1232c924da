import * as z from 'zod';
import { type Entry, entrySchema, type WithdrawnArticle, withdrawnArticleSchema } from '../../core/entry.ts';
import type { ArticleRecord, ListPosition } from '../../core/lifecycle/article-record.ts';
import { listNames } from '../../core/lifecycle/list-positions.ts';
import {
  type Manifest,
  type ManifestKind,
  manifestKinds,
  manifestSchema,
  type SiteManifest,
  siteManifestSchema,
} from '../../core/lifecycle/manifest.ts';
import { toLinkName } from '../../core/links/find-candidates.ts';
import type { PlacedEntry } from '../../core/site/list-parts.ts';
import { type RequestedCard, toCardKey } from './cards.ts';
import type { ItemKey, TableClient } from './client.ts';
import { type NamedUpload, toNameKey } from './links.ts';

const toPositionKey = ({ list, sortKey }: ListPosition): ItemKey => ({ pk: list, sk: sortKey });
const toManifestKey = (kind: ManifestKind, name: string): ItemKey => ({ pk: `MANIFEST#${kind}`, sk: name });
const siteManifestKey: ItemKey = { pk: 'MANIFEST#site', sk: 'site' };
const toStaleMonthKey = (month: string): ItemKey => ({ pk: 'STALE_MONTHS', sk: month });
const staleMonthSchema = z.object({ sk: z.string() });
const placedEntrySchema = entrySchema
  .extend({ sk: z.string() })
  .transform(({ sk, ...entry }): PlacedEntry => ({ sortKey: sk, entry }));
const storedManifestSchema = z.union([
  siteManifestSchema.transform((site) => ({ site })),
  manifestSchema
    .extend({ pk: z.enum(manifestKinds.map((kind) => toManifestKey(kind, '').pk)) })
    .transform(({ pk, ...manifest }) => ({ pk, manifest })),
]);
const seedKeysSchema = z.object({ seedKeys: z.array(z.string()) });

/** The seeds of published articles, each once. */
const listPublicNames = (records: readonly ArticleRecord[]): NamedUpload[] => {
  const keys = new Set(records.flatMap(({ state, seedKeys }) => (state === 'published' ? seedKeys : [])));
  return [...keys].map((key) => ({ name: toLinkName(key), key }));
};

export interface ListRange {
  readonly from?: string;
  readonly upTo?: string;
  readonly newestFirst?: boolean;
  readonly limit?: number;
}

export interface ManifestName {
  readonly kind: ManifestKind;
  readonly name: string;
}

/** A manifest that has changed; without one, the list has no article left. */
export type ManifestChange = ManifestName & { readonly manifest: Manifest | undefined };

/** The site's lists of articles, and the manifests of their documents. Only the builder writes them. */
export const createListStore = (table: TableClient) => ({
  /**
   * Puts articles in their lists, and their seeds where links find them by name.
   * @param cards of these articles, which are requested to be drawn in the same requests to the table
   */
  place: (records: readonly ArticleRecord[], cards: readonly Omit<RequestedCard, 'attempts'>[] = []): Promise<void> =>
    table.writeMany([
      ...records.flatMap(({ stalePositions }) =>
        stalePositions.map((position) => ({ delete: toPositionKey(position) })),
      ),
      ...records.flatMap((record) =>
        record.positions.map((position) => ({ put: { ...toPositionKey(position), ...toListItem(record) } })),
      ),
      ...cards.map((card) => ({ put: { ...toCardKey(card.key), ...card } })),
      ...records.flatMap(({ id, card, staleCards }) =>
        staleCards && card === undefined ? [{ delete: toCardKey(id) }] : [],
      ),
      ...listPublicNames(records).map((named) => ({ put: toNameKey(named) })),
    ]),

  listEntries: (list: string, part: ListRange = {}): Promise<Entry[]> =>
    table.query({ pk: list, ...part }, entrySchema),

  /** Entries under their sort keys. */
  listPlacedEntries: (list: string, part: ListRange = {}): Promise<PlacedEntry[]> =>
    table.query({ pk: list, ...part }, placedEntrySchema),

  listWithdrawn: (limit: number): Promise<WithdrawnArticle[]> =>
    table.query({ pk: listNames.withdrawn, newestFirst: true, limit }, withdrawnArticleSchema),

  listDueSeeds: async (now: string): Promise<string[]> => {
    const found = await table.query({ pk: listNames.scheduled, upTo: `${now}~` }, seedKeysSchema);
    return found.flatMap(({ seedKeys }) => seedKeys);
  },

  listSeedsOf: async (list: string): Promise<string[]> => {
    const found = await table.query({ pk: list }, seedKeysSchema);
    return found.flatMap(({ seedKeys }) => seedKeys);
  },

  /** Months whose pages show an older build version. They are rebuilt one by one. */
  addStaleMonths: (months: readonly string[]): Promise<void> =>
    table.writeMany(months.map((month) => ({ put: toStaleMonthKey(month) }))),
  listStaleMonths: async (limit?: number): Promise<string[]> => {
    const found = await table.query(
      { pk: toStaleMonthKey('').pk, newestFirst: true, ...(limit !== undefined && { limit }) },
      staleMonthSchema,
    );
    return found.map(({ sk }) => sk);
  },
  removeStaleMonth: (month: string): Promise<void> => table.writeMany([{ delete: toStaleMonthKey(month) }]),

  listManifests: (kind: ManifestKind): Promise<Manifest[]> =>
    table.query({ pk: toManifestKey(kind, '').pk }, manifestSchema),
  /** The manifest of the whole site, and those of some lists. */
  getManifests: async (
    names: readonly ManifestName[],
  ): Promise<{
    readonly site: SiteManifest | undefined;
    readonly find: (name: ManifestName) => Manifest | undefined;
  }> => {
    const keys = names.map(({ kind, name }) => toManifestKey(kind, name));
    const found = await table.getMany([siteManifestKey, ...keys], storedManifestSchema);
    const manifests = new Map(
      found.flatMap((item) =>
        'manifest' in item ? [[`${item.pk}#${item.manifest.name}`, item.manifest] as const] : [],
      ),
    );
    return {
      site: found.flatMap((item) => ('site' in item ? [item.site] : []))[0],
      find: ({ kind, name }) => manifests.get(`${toManifestKey(kind, '').pk}#${name}`),
    };
  },
  saveManifests: (changes: readonly ManifestChange[], site?: SiteManifest): Promise<void> =>
    table.writeMany([
      ...(site ? [{ put: { ...siteManifestKey, ...site } }] : []),
      ...changes.map(({ kind, name, manifest }) =>
        manifest ? { put: { ...toManifestKey(kind, name), ...manifest } } : { delete: toManifestKey(kind, name) },
      ),
    ]),
});

export type ListStore = ReturnType<typeof createListStore>;

/** An article at a place of a list, as it is read from there. */
export const toPlacedEntry = (record: ArticleRecord, sortKey: string): PlacedEntry =>
  placedEntrySchema.parse({ ...toListItem(record), sk: sortKey });

/** A published article's entry, a withdrawn one's tombstone, a scheduled one's seeds. */
const toListItem = ({ id, state, entry, seedKeys, withdrawnAt, arrival }: ArticleRecord): object => {
  if (state === 'scheduled') return { seedKeys };
  if (state === 'withdrawn') return { id, withdrawnAt, topics: entry?.topics ?? [] };
  return { ...entry, seedKeys, ...(arrival !== undefined && { arrival }) };
};
