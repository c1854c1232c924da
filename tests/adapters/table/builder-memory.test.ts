import { expect, test } from 'vitest';
import { createBuilderMemory } from '../../../functions/adapters/table/builder-memory.ts';
import { createStores } from '../../../functions/runtime/create-stores.ts';
import { createInMemoryTable } from '../../in-memory-table.ts';

/** A process that builds, on a table that others share. */
const createProcess = (table: ReturnType<typeof createInMemoryTable>) => {
  const stores = createStores(table);
  const { memory, seeds } = createBuilderMemory(stores);
  const begin = async (isRequest: boolean) => {
    const now = { now: 0, until: 1, since: '2026-11-28T00:00:00.000Z' };
    const build = await stores.build.acquireLease({ holder: 'one', ...now, isRequest });
    if (!build) throw new Error('there is a lease');
    memory.begin(build, isRequest);
    return build;
  };
  /** Marks a change and builds, as for an upload. */
  const build = async (key: string, meanwhile: () => Promise<unknown> = async () => undefined) => {
    await seeds.markChanged([{ key, sequencer: '1' }]);
    const { requested } = await begin(true);
    const changes = await memory.listChanges(500);
    await meanwhile();
    await seeds.unmark(changes);
    const finished = await stores.build.finish('one', requested);
    if (finished) memory.end(finished);
    else await stores.build.releaseLease('one');
    return changes.map((change) => change.key);
  };
  return { stores, build, begin, memory, markChanged: seeds.markChanged };
};

const start = () => {
  let queries = 0;
  const table = createInMemoryTable((name, request) => {
    if (name === 'Query') queries += 1;
    return request();
  });
  return { one: createProcess(table), other: createProcess(table), countQueries: () => queries };
};

test('a process that builds alone reads marks of changes once', async () => {
  const { one, countQueries } = start();
  expect(await one.build('a.md')).toEqual(['a.md']);
  expect(await one.build('b.md')).toEqual(['b.md']);
  expect(await one.build('c.md')).toEqual(['c.md']);
  expect(countQueries()).toBe(1);
});

test('a change that another process marks, whether or not it builds it, is built', async () => {
  const { one, other } = start();
  await one.build('a.md');
  await other.build('b.md');
  expect(await one.build('c.md')).toEqual(['c.md']);
  await other.markChanged([{ key: 'd.md', sequencer: '1' }]);
  await other.stores.build.request(new Date(0));
  expect(await one.build('e.md')).toEqual(['d.md', 'e.md']);
});

test('a change that is marked during a build is built by the next', async () => {
  const { one, other } = start();
  await one.build('a.md');
  const mark = async () => {
    await other.markChanged([{ key: 'c.md', sequencer: '1' }]);
    await other.stores.build.request(new Date(0));
  };
  expect(await one.build('b.md', mark)).toEqual(['b.md']);
  await one.begin(false);
  expect(await one.memory.listChanges(500)).toMatchObject([{ key: 'c.md' }]);
});

test('the marks of a process that died before it requested a build are read by a tick', async () => {
  const { one, other } = start();
  await one.build('a.md');
  await other.markChanged([{ key: 'b.md', sequencer: '1' }]);
  expect(await one.build('c.md')).toEqual(['c.md']);
  await one.begin(false);
  expect(await one.memory.listChanges(500)).toMatchObject([{ key: 'b.md' }]);
});
