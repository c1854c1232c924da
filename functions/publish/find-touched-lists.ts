import type { ListPosition } from '../core/lifecycle/article-record.ts';
import { listNames, parseListName } from '../core/lifecycle/list-positions.ts';
import type { TouchedMonth } from './build-months.ts';
import type { TouchedNamedList } from './build-named-list.ts';
import type { ChangedArticle } from './follow-address-changes.ts';
import type { TouchedKeys } from './read-parts.ts';

export interface TouchedLists {
  readonly months: readonly (TouchedMonth & TouchedIds)[];
  readonly namedLists: readonly (TouchedNamedList & TouchedIds)[];
  /** Lists of the whole site. */
  readonly siteLists: ReadonlySet<string>;
}

interface TouchedIds {
  /** Of the updated articles of the list. */
  readonly ids: ReadonlySet<string>;
}

interface Touch extends ListPosition {
  readonly id: string;
  readonly isEdit: boolean;
}

const listTouches = ({ previous, record }: ChangedArticle): Touch[] => {
  const { id, positions, stalePositions } = record;
  const toText = ({ list, sortKey }: ListPosition): string => `${list} ${sortKey}`;
  const before = new Set(previous?.positions.map(toText));
  const stale = new Set(stalePositions.map(toText));
  const edited = (position: ListPosition) => before.has(toText(position)) && !stale.has(toText(position));
  return [
    ...positions.map((position) => ({ ...position, id, isEdit: edited(position) })),
    ...stalePositions.map((position) => ({ ...position, id, isEdit: false })),
  ];
};

const toKeys = (touches: readonly Touch[]): TouchedKeys => ({
  moved: touches.flatMap(({ sortKey, isEdit }) => (isEdit ? [] : [sortKey])),
  edited: touches.flatMap(({ sortKey, isEdit }) => (isEdit ? [sortKey] : [])),
});

const toIds = (touches: readonly { readonly id: string }[]): ReadonlySet<string> =>
  new Set(touches.map(({ id }) => id));

/** Feeds of topics show that an article was withdrawn, whatever topics it had before or has when it returns. */
const listTombstones = ({ previous, record }: ChangedArticle): { readonly list: string; readonly id: string }[] => {
  const [withdrawn, ...both] = [previous, record].filter((one) => one?.state === 'withdrawn');
  if (both.length > 0) return [];
  return (withdrawn?.entry?.topics ?? []).map(({ slug }) => ({ list: listNames.topic(slug), id: record.id }));
};

/** The lists that updated articles are in or have left, and where in them. */
export const findTouchedLists = (updated: readonly ChangedArticle[]): TouchedLists => {
  const byList = Map.groupBy(updated.flatMap(listTouches), ({ list }) => list);
  const named = new Map<string, Touch[]>();
  const months: (TouchedMonth & TouchedIds)[] = [];
  const siteLists = new Set<string>();
  for (const [list, touches] of byList) {
    const { kind, name } = parseListName(list);
    if (kind === 'siteWide') siteLists.add(list);
    else if (kind === 'month') months.push({ name, ...toKeys(touches), ids: toIds(touches) });
    else named.set(list, touches);
  }
  const tombstones = Map.groupBy(updated.flatMap(listTombstones), ({ list }) => list);
  for (const list of tombstones.keys()) if (!named.has(list)) named.set(list, []);
  const namedLists = [...named].flatMap(([list, touches]) => {
    const { kind, name } = parseListName(list);
    if (kind !== 'topic' && kind !== 'author') return [];
    const years = Map.groupBy(touches, ({ sortKey }) => sortKey.slice(0, 4));
    const ids = toIds([...touches, ...(tombstones.get(list) ?? [])]);
    return [{ kind, slug: name, ids, years: new Map([...years].map(([year, some]) => [year, toKeys(some)])) }];
  });
  return { months, namedLists, siteLists };
};
