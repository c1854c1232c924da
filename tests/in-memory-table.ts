import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { IndexRange, ItemKey, PartitionRange, TableClient } from '../functions/adapters/table/client.ts';
import { splitIntoChunks } from '../functions/platform/split-into-chunks.ts';
import { applyUpdate, type ExpressionAttributes, isConditionMet } from './dynamodb-expressions.ts';

type Item = Record<string, unknown> & ItemKey;

const toItemKey = ({ pk, sk }: ItemKey): string => {
  if (Buffer.byteLength(pk) > 2048) throw new Error(`a partition key of ${Buffer.byteLength(pk)} bytes`);
  if (Buffer.byteLength(sk) > 1024) throw new Error(`a sort key of ${Buffer.byteLength(sk)} bytes`);
  return `${pk}\u0000${sk}`;
};

const maxItemBytes = 400 * 1024;

/**
 * As DynamoDB counts: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
const countValueBytes = (value: unknown): number => {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return 21;
  if (Array.isArray(value)) return value.reduce((bytes: number, item) => bytes + 1 + countValueBytes(item), 3);
  if (typeof value !== 'object' || value === null) return 1;
  return 3 + countItemBytes(isPlainObject(value) ? value : { ...value });
};

const countItemBytes = (item: Readonly<Record<string, unknown>>): number => {
  let bytes = 0;
  for (const name of Object.keys(item)) bytes += Buffer.byteLength(name) + countValueBytes(item[name]) + 1;
  return bytes;
};

/**
 * What goes through the wire: nothing shared with the sender. `structuredClone` takes five times as long for values as
 * small as these.
 */
const copyValue = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(copyValue);
  if (typeof value !== 'object' || value === null) return value;
  return isPlainObject(value) ? copyObject(value) : structuredClone(value);
};
const isPlainObject = (value: object): value is Record<string, unknown> =>
  Object.getPrototypeOf(value) === Object.prototype;
const copyObject = (value: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) copy[name] = copyValue(value[name]);
  return copy;
};
/** Without attributes that are undefined, which the client leaves out. */
const copyItem = (item: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(item)) if (item[name] !== undefined) copy[name] = copyValue(item[name]);
  return copy;
};

const toExpressionAttributes = (change: Partial<UpdateCommandInput>): ExpressionAttributes => ({
  names: change.ExpressionAttributeNames ?? {},
  values: copyItem(change.ExpressionAttributeValues ?? {}),
  used: new Set(),
});

/**
 * The table in memory, for tests that need a thousand of them: it does what the table's client does, some hundred
 * times as fast. The tests of both are the same.
 * @param observe wraps every request, as a test wishes; `about` are the keys or items of the request
 */
export const createInMemoryTable = (
  observe: <T>(name: string, request: () => Promise<T>, about: readonly unknown[]) => Promise<T> = (_, request) =>
    request(),
): TableClient & { readonly items: ReadonlyMap<string, Item> } => {
  const items = new Map<string, Item>();
  /** The same items, so that a query does not look at all of them. */
  const partitions = new Map<string, Map<string, Item>>();
  const sortBy = (found: Item[], sort: string): Item[] =>
    found.sort((a, b) => (String(a[sort]) < String(b[sort]) ? -1 : 1));
  const put = (item: object & ItemKey): void => {
    const { pk, sk } = item;
    const stored = { ...copyItem({ ...item }), pk, sk };
    const bytes = countItemBytes(stored);
    if (bytes > maxItemBytes) throw new Error(`an item of ${bytes} bytes`);
    items.set(toItemKey(item), stored);
    const partition = partitions.get(pk) ?? new Map<string, Item>();
    partitions.set(pk, partition.set(sk, stored));
  };
  const remove = (key: ItemKey): void => {
    items.delete(toItemKey(key));
    partitions.get(key.pk)?.delete(key.sk);
  };

  return {
    items,
    get: (key, schema) =>
      observe('Get', async () => {
        const item = items.get(toItemKey(key));
        return item && schema.parse(copyValue(item));
      }, [key]),
    getMany: async (keys, schema) => {
      if (new Set(keys.map(toItemKey)).size < keys.length)
        throw new Error('Provided list of item keys contains duplicates');
      const chunks = await Promise.all(
        splitIntoChunks(keys, 100).map((chunk) =>
          observe(
            'BatchGet',
            async () =>
              chunk.flatMap((key) => {
                const item = items.get(toItemKey(key));
                return item ? [schema.parse(copyValue(item))] : [];
              }),
            chunk,
          ),
        ),
      );
      return chunks.flat();
    },
    query: ({ pk, prefix, from, upTo, newestFirst, limit }: PartitionRange, schema) =>
      observe('Query', async () => {
        const isIn = (item: Item): boolean =>
          prefix !== undefined
            ? item.sk.startsWith(prefix)
            : (upTo === undefined || item.sk <= upTo) && (from === undefined || item.sk >= from);
        const found = sortBy([...(partitions.get(pk)?.values() ?? [])].filter(isIn), 'sk');
        if (newestFirst) found.reverse();
        return found.slice(0, limit).map((item) => schema.parse(copyValue(item)));
      }, []),
    queryIndex: ({ index, partition, after, limit }: IndexRange, schema) =>
      observe(
        'Query',
        async () =>
          sortBy(
            [...items.values()].filter(
              (item) =>
                item[index.partition] === partition && (after === undefined || String(item[index.sort]) > after),
            ),
            index.sort,
          )
            .slice(0, limit)
            .map((item) => schema.parse(copyValue(item))),
        [],
      ),
    writeMany: async (writes) => {
      await Promise.all(
        splitIntoChunks(writes, 25).map((chunk) =>
          observe(
            'BatchWrite',
            async () => {
              const keys = chunk.map((write) => toItemKey('put' in write ? write.put : write.delete));
              if (new Set(keys).size < keys.length) throw new Error('Provided list of item keys contains duplicates');
              for (const write of chunk) {
                if ('put' in write) put(write.put);
                else remove(write.delete);
              }
            },
            chunk,
          ),
        ),
      );
    },
    update: (key, change) =>
      observe('Update', async () => {
        const before = items.get(toItemKey(key));
        const places = toExpressionAttributes(change);
        const isMet =
          change.ConditionExpression === undefined || isConditionMet(before ?? {}, change.ConditionExpression, places);
        const after = applyUpdate({ ...before, ...key }, change.UpdateExpression ?? '', places);
        const unused = [...Object.keys(places.names), ...Object.keys(places.values)].filter(
          (name) => !places.used.has(name),
        );
        if (unused.length > 0) throw new Error(`given but not used: ${unused.join(', ')}`);
        if (!isMet) return undefined;
        put({ ...after, ...key });
        return change.ReturnValues === 'NONE' ? {} : copyItem({ ...after, ...key });
      }, [{ ...key, ...change }]),
    deleteIf: (key, attribute, value) =>
      observe('Delete', async () => {
        const isThere = items.get(toItemKey(key))?.[attribute] === value;
        if (isThere) remove(key);
        return isThere;
      }, [key]),
  };
};
