import type { ArticleRecord } from '../../core/lifecycle/article-record.ts';
import type { Manifest, SiteManifest } from '../../core/lifecycle/manifest.ts';
import type { PlacedEntry } from '../../core/site/list-parts.ts';
import { compareStrings } from '../../core/text/compare-strings.ts';
import { createKeptValues } from '../kept-values.ts';
import { type ListRange, type ListStore, type ManifestName, toPlacedEntry } from './lists.ts';

/** Characters of what is kept, as JSON. */
const maxKeptLength = 20_000_000;
/** What was added to a list is kept until it has this many entries more than were read of it. */
const maxAdded = 200;

/** All entries of a list from a sort key on, oldest first. */
interface KeptTail {
  readonly from: string;
  readonly entries: readonly PlacedEntry[];
  /** Entries that were read. */
  readonly size: number;
}

const toManifestName = ({ kind, name }: ManifestName): string => `${kind}#${name}`;

/** Before all sort keys. */
const beginning = '';

const findInTail = (
  { from: tailFrom, entries }: KeptTail,
  { from = beginning, upTo, newestFirst = false, limit }: ListRange,
): PlacedEntry[] | undefined => {
  if (!newestFirst && limit === undefined && upTo !== undefined && from >= tailFrom)
    return entries.filter(({ sortKey }) => sortKey >= from && sortKey <= upTo);
  if (newestFirst && limit !== undefined && upTo === undefined && (tailFrom === beginning || entries.length >= limit))
    return entries.slice(-limit).reverse();
  return undefined;
};

/** @returns undefined where it is unknown whether something follows what was read */
const toTail = (found: readonly PlacedEntry[], range: ListRange): KeptTail | undefined => {
  const { from, upTo, newestFirst = false, limit } = range;
  const size = found.length;
  if (newestFirst && limit !== undefined && upTo === undefined)
    return { from: size < limit ? beginning : (found.at(-1)?.sortKey ?? beginning), entries: found.toReversed(), size };
  // `~` is after all sort keys.
  if (!newestFirst && limit === undefined && from !== undefined && upTo === '~') return { from, entries: found, size };
  return undefined;
};

const updateTail = (
  { from, entries, size }: KeptTail,
  removed: ReadonlySet<string>,
  added: readonly PlacedEntry[],
): KeptTail => {
  const placed = new Map(entries.map((each) => [each.sortKey, each]));
  for (const sortKey of removed) placed.delete(sortKey);
  for (const each of added) if (each.sortKey >= from) placed.set(each.sortKey, each);
  const all = [...placed.values()].sort((a, b) => compareStrings(a.sortKey, b.sortKey));
  if (all.length <= size + maxAdded) return { from, entries: all, size };
  const newest = all.slice(-size);
  return { from: newest[0]?.sortKey ?? from, entries: newest, size };
};

/** The lists that articles come to and leave, with the sort keys that each gains and loses. */
const groupByList = (records: readonly ArticleRecord[]) => {
  const changes = new Map<string, { readonly removed: Set<string>; readonly added: PlacedEntry[]; isOther: boolean }>();
  const find = (list: string) => {
    const change = changes.get(list) ?? { removed: new Set(), added: [], isOther: false };
    changes.set(list, change);
    return change;
  };
  for (const record of records) {
    for (const { list, sortKey } of record.stalePositions) find(list).removed.add(sortKey);
    for (const { list, sortKey } of record.positions)
      if (record.state === 'published') find(list).added.push(toPlacedEntry(record, sortKey));
      else find(list).isOther = true;
  }
  return changes;
};

/**
 * Lists and manifests as this process has read and written them. They hold as long as nobody else writes them: the
 * caller has to know, and says `forget`.
 */
export const createKeptLists = (store: ListStore): { readonly lists: ListStore; readonly forget: () => void } => {
  const tails = createKeptValues<KeptTail>(maxKeptLength);
  const manifests = createKeptValues<{ readonly manifest: Manifest | undefined }>(maxKeptLength);
  let site: { readonly manifest: SiteManifest | undefined } | undefined;
  /** Counts writes: what was read meanwhile may be older. */
  let writes = 0;

  const forget = (): void => {
    writes += 1;
    tails.clear();
    manifests.clear();
    site = undefined;
  };
  const write = async (request: () => Promise<void>): Promise<void> => {
    try {
      await request();
      writes += 1;
    } catch (error) {
      // It may have taken effect, or a part of it.
      forget();
      throw error;
    }
  };
  const keepTail = (list: string, tail: KeptTail): void => tails.keep(list, tail, JSON.stringify(tail.entries).length);
  const keepManifest = (name: ManifestName, manifest: Manifest | undefined): void =>
    manifests.keep(toManifestName(name), { manifest }, JSON.stringify(manifest ?? '').length);

  const lists: ListStore = {
    ...store,
    listPlacedEntries: async (list, range = {}) => {
      const tail = tails.get(list);
      const known = tail && findInTail(tail, range);
      if (known) return known;
      const before = writes;
      const found = await store.listPlacedEntries(list, range);
      const read = toTail(found, range);
      if (read && writes === before) keepTail(list, read);
      return found;
    },
    place: async (records, cards) => {
      await write(() => store.place(records, cards));
      for (const [list, { removed, added, isOther }] of groupByList(records)) {
        const tail = tails.get(list);
        if (isOther) tails.remove(list);
        else if (tail) keepTail(list, updateTail(tail, removed, added));
      }
    },
    getManifests: async (names) => {
      const known = new Map(
        names.flatMap((name) => {
          const found = manifests.get(toManifestName(name));
          return found ? [[toManifestName(name), found.manifest] as const] : [];
        }),
      );
      if (site && names.every((name) => known.has(toManifestName(name))))
        return { site: site.manifest, find: (name) => known.get(toManifestName(name)) };
      const before = writes;
      const found = await store.getManifests(names);
      if (writes === before) {
        site = { manifest: found.site };
        for (const name of names) keepManifest(name, found.find(name));
      }
      return found;
    },
    saveManifests: async (changes, saved) => {
      await write(() => store.saveManifests(changes, saved));
      for (const { manifest, ...name } of changes) keepManifest(name, manifest);
      if (saved) site = { manifest: saved };
    },
  };
  return { lists, forget };
};
