import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createKeptLists } from '../../../functions/adapters/table/kept-lists.ts';
import { createListStore, type ListRange } from '../../../functions/adapters/table/lists.ts';
import type { ArticleRecord } from '../../../functions/core/lifecycle/article-record.ts';
import { createInMemoryTable } from '../../in-memory-table.ts';

const list = 'TOPIC#fish';

const buildRecord = (sortKey: string, title: string, isLeaving: boolean): ArticleRecord => {
  const id = `urn:example:${sortKey}`;
  return {
    id,
    seedKeys: [`${sortKey}.md`],
    state: 'published',
    entry: {
      id,
      slug: `at-${sortKey}`,
      title,
      summary: 'A summary.',
      authors: [],
      editors: [],
      topics: [],
      published: '2026-11-01T00:00:00.000Z',
      dateOnly: false,
      updated: '2026-11-01T00:00:00.000Z',
      wordCount: 1,
      email: true,
      revision: title,
      bodyKey: 'body',
      bodyLength: 1,
    },
    positions: isLeaving ? [] : [{ list, sortKey }],
    stalePositions: isLeaving ? [{ list, sortKey }] : [],
  };
};

const sortKey = fc.integer({ min: 10, max: 60 }).map(String);
const range: fc.Arbitrary<ListRange> = fc.oneof(
  fc.record({ newestFirst: fc.constant(true), limit: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ from: sortKey, upTo: fc.constantFrom('~', '30', '45') }),
  fc.record({ upTo: sortKey, newestFirst: fc.constant(true), limit: fc.integer({ min: 1, max: 12 }) }),
);
const step = fc.oneof(
  fc.record({ range }),
  fc.record({
    placed: fc.uniqueArray(fc.tuple(sortKey, fc.string({ maxLength: 3 }), fc.boolean()), {
      maxLength: 8,
      selector: ([key]) => key,
    }),
    isLost: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
  }),
);

test('kept lists answer what the table would, whatever is placed and read', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      let isLost = false;
      const table = createInMemoryTable(async (name, request) => {
        const answer = await request();
        if (isLost && name === 'BatchWrite') throw new Error('the answer is lost');
        return answer;
      });
      const store = createListStore(table);
      const { lists } = createKeptLists(store);
      for (const taken of steps) {
        if ('range' in taken) {
          expect(await lists.listPlacedEntries(list, taken.range)).toEqual(
            await store.listPlacedEntries(list, taken.range),
          );
          continue;
        }
        isLost = taken.isLost;
        const records = taken.placed.map(([key, title, isLeaving]) => buildRecord(key, title, isLeaving));
        await lists.place(records).catch(() => undefined);
        isLost = false;
      }
    }),
    { numRuns: 200 },
  );
});

test('what is kept of a list is not read again', async () => {
  const requests: string[] = [];
  const table = createInMemoryTable((name, request) => {
    requests.push(name);
    return request();
  });
  const { lists, forget } = createKeptLists(createListStore(table));
  await lists.place([buildRecord('10', 'a', false), buildRecord('11', 'b', false)]);
  const newest = { newestFirst: true, limit: 5 };
  await lists.listPlacedEntries(list, newest);
  await lists.place([buildRecord('12', 'c', false)]);
  expect((await lists.listPlacedEntries(list, newest)).map(({ sortKey: key }) => key)).toEqual(['12', '11', '10']);
  expect(await lists.listPlacedEntries(list, { from: '11', upTo: '~' })).toHaveLength(2);
  expect(requests.filter((name) => name === 'Query')).toHaveLength(1);
  forget();
  await lists.listPlacedEntries(list, newest);
  expect(requests.filter((name) => name === 'Query')).toHaveLength(2);
});
