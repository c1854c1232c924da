import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { IndexRange, Key, Range, TableClient } from '../functions/adapters/table/client.ts';
import { holds, type Places, updated } from './expressions.ts';

type Item = Record<string, unknown> & Key;

const nameOf = ({ pk, sk }: Key): string => `${pk}\u0000${sk}`;

/** What goes through the wire: no value that is undefined, nothing shared with the sender. */
const copyOf = <T>(value: T): T => structuredClone(value);
const bare = (item: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined));

const placesOf = (change: Partial<UpdateCommandInput>): Places => ({
  names: change.ExpressionAttributeNames ?? {},
  values: bare(change.ExpressionAttributeValues ?? {}),
  used: new Set(),
});

/**
 * The table in memory, for tests that need a thousand of them: it does what the table's client does, some hundred
 * times as fast. The tests of both are the same.
 * @param observe wraps every request, as a test wishes
 */
export const createMemoryTable = (
  observe: <T>(name: string, request: () => Promise<T>) => Promise<T> = (_, request) => request(),
): TableClient & { readonly items: ReadonlyMap<string, Item> } => {
  const items = new Map<string, Item>();
  const inOrder = (keep: (item: Item) => boolean, sort: string): Item[] =>
    [...items.values()].filter(keep).sort((a, b) => (String(a[sort]) < String(b[sort]) ? -1 : 1));
  const put = (item: object & Key): void => {
    items.set(nameOf(item), { ...copyOf(bare(item)), pk: item.pk, sk: item.sk });
  };

  return {
    items,
    get: (key, schema) =>
      observe('Get', async () => {
        const item = items.get(nameOf(key));
        return item && schema.parse(copyOf(item));
      }),
    getMany: (keys, schema) =>
      observe('BatchGet', async () =>
        keys.flatMap((key) => {
          const item = items.get(nameOf(key));
          return item ? [schema.parse(copyOf(item))] : [];
        }),
      ),
    query: ({ pk, prefix, from, upTo, newestFirst, limit }: Range, schema) =>
      observe('Query', async () => {
        const isIn = (item: Item): boolean =>
          item.pk === pk &&
          (prefix !== undefined
            ? item.sk.startsWith(prefix)
            : (upTo === undefined || item.sk <= upTo) && (from === undefined || item.sk >= from));
        const found = inOrder(isIn, 'sk');
        if (newestFirst) found.reverse();
        return found.slice(0, limit).map((item) => schema.parse(copyOf(item)));
      }),
    queryIndex: ({ index, partition, after, limit }: IndexRange, schema) =>
      observe('Query', async () =>
        inOrder(
          (item) =>
            item[index.partition] === partition && (after === undefined || String(item[index.sort]) > after),
          index.sort,
        )
          .slice(0, limit)
          .map((item) => schema.parse(copyOf(item))),
      ),
    writeMany: (writes) =>
      observe('BatchWrite', async () => {
        for (const write of writes) {
          if ('put' in write) put(write.put);
          else items.delete(nameOf(write.delete));
        }
      }),
    update: (key, change) =>
      observe('Update', async () => {
        const before = items.get(nameOf(key));
        const places = placesOf(change);
        const isMet =
          change.ConditionExpression === undefined || holds(before ?? {}, change.ConditionExpression, places);
        const after = updated({ ...before, ...key }, change.UpdateExpression ?? '', places);
        const unused = [...Object.keys(places.names), ...Object.keys(places.values)].filter(
          (name) => !places.used.has(name),
        );
        if (unused.length > 0) throw new Error(`given but not used: ${unused.join(', ')}`);
        if (!isMet) return undefined;
        put({ ...after, ...key });
        return change.ReturnValues === 'NONE' ? {} : copyOf({ ...bare(after), ...key });
      }),
    deleteIf: (key, attribute, value) =>
      observe('Delete', async () => {
        if (items.get(nameOf(key))?.[attribute] === value) items.delete(nameOf(key));
      }),
  };
};
