import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toSubscriberKey } from '../../../../functions/adapters/table/subscribers.ts';
import type { SubscriberEvent } from '../../../../functions/core/newsletter/subscriber/apply-subscriber-event.ts';
import { createPositionMap } from '../../../../infra/cli/import-publication/import-cadences.ts';
import { exportSubscribers } from '../../../../infra/cli/subscribers/export-subscribers.ts';
import {
  createImportObserver,
  formatLists,
  formatReasons,
} from '../../../../infra/cli/subscribers/format-import-plan.ts';
import {
  importSubscribers,
  type SubscriberImportOptions,
} from '../../../../infra/cli/subscribers/import-subscribers.ts';
import { createReaderWorld, type ReaderWorld } from '../../../compose-issue/reader-world.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'seedpress-moved-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const settings = { newsletter: { topics: ['Harbour', { name: 'Council & courts', topics: ['Council', 'Courts'] }] } };
const createWorld = () => createReaderWorld({ settings, planCrash: () => undefined });
let files = 0;

const listReaders = ({ table }: ReaderWorld) => [...table.items.values()].filter(({ sk }) => sk === 'SUBSCRIBER');

const forgetReaders = (world: ReaderWorld): Promise<void> =>
  world.table.writeMany(listReaders(world).map(({ pk, sk }) => ({ delete: { pk, sk } })));

/** A client whose scans find the readers of a world. */
const createScan = (world: ReaderWorld) => {
  const client = new DynamoDBClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
  client.middlewareStack.add(
    () => async () => ({ output: { Items: listReaders(world), $metadata: {} }, response: {} }),
    {
      step: 'build',
    },
  );
  return { dynamo: DynamoDBDocumentClient.from(client), tableName: 'table' };
};

/** Readers in every position that the ledger knows: their names say what they did. */
const fillWorld = async (world: ReaderWorld): Promise<void> => {
  const { tokenKeys } = world.stores;
  const keyring = await tokenKeys.getOrCreate();
  const toEmail = (name: string): string => `${name}@reader.example`;
  const apply = (name: string, event: SubscriberEvent) => world.apply(toSubscriberKey(toEmail(name), keyring), event);
  const join = async (name: string, cadence: 'daily' | 'weekly', topics?: readonly string[]): Promise<void> => {
    world.advance(1000);
    const [key, at] = [toSubscriberKey(toEmail(name), keyring), world.now().toISOString()];
    await apply(name, { kind: 'signUp', key, email: toEmail(name), cadence, topics, at, form: 'subscribe' });
    await apply(name, { kind: 'confirm', since: at, at, coverage: await world.readCoverage(cadence) });
  };
  const issue = async (cadence: 'daily' | 'weekly', article: string, topics: readonly string[]): Promise<void> => {
    await world.publish(article, topics);
    await world.compose(cadence);
    while (world.queue.length > 0) await world.deliver(0);
  };
  await join('steady', 'daily');
  await join('weekly', 'weekly');
  await join('changed', 'daily');
  await join('harbour', 'daily', ['harbour']);
  await join('away', 'daily');
  await join('gone', 'daily');
  await issue('daily', 'first', ['harbour']);
  await apply('changed', { kind: 'changePreferences', cadence: 'weekly', paused: false });
  await apply('away', {
    kind: 'changePreferences',
    cadence: 'daily',
    paused: true,
    pausedUntil: new Date(world.now().getTime() + 10 * 24 * 3_600_000).toISOString(),
  });
  await issue('daily', 'second', ['council']);
  await apply('gone', { kind: 'unsubscribe', at: world.now().toISOString() });
  await world.publish('third', ['harbour']);
};

const exportWorld = async (world: ReaderWorld): Promise<string> => {
  files += 1;
  const file = join(folder, `export-${files}.csv`);
  const table = { ...world.stores, ...createScan(world), now: world.now };
  await exportSubscribers(table, { file, state: undefined, show: () => undefined });
  return file;
};

const importInto = async (
  world: ReaderWorld,
  file: string,
  options: Pick<Partial<SubscriberImportOptions>, 'mapPosition'> = {},
) => {
  const observation = createImportObserver();
  const store = { ...world.stores, publication: world.publication, now: world.now };
  const counts = await importSubscribers(store, {
    ...options,
    file,
    write: true,
    cadence: 'daily',
    confirmedAt: '2026-01-01T00:00:00.000Z',
    consent: 'Signed up elsewhere',
    refusals: { add: async (rows) => void refused.push(...rows) },
    show: () => undefined,
    observer: observation.observer,
  });
  return { counts, said: [...formatLists(observation), ...formatReasons(observation)].join('\n') };
};
const refused: (readonly string[])[] = [];

/** What each reader is mailed until everything is delivered and everybody is back. */
const finish = async (world: ReaderWorld): Promise<Map<string, string[]>> => {
  world.advance(20 * 24 * 3_600_000);
  for (const last of ['fourth', 'fifth']) {
    await world.publish(last, ['harbour', 'council']);
    for (const cadence of ['daily', 'weekly'] as const) await world.compose(cadence);
    while (world.queue.length > 0) await world.deliver(0);
  }
  const { received } = await world.readMailboxes();
  return new Map([...received].map(([email, ids]) => [email, ids.toSorted()]));
};

test('readers who are exported and imported get what they had not had, and nothing twice', async () => {
  const [stays, moves] = [createWorld(), createWorld()];
  await fillWorld(stays);
  await fillWorld(moves);
  const file = await exportWorld(moves);
  expect(readFileSync(file, 'utf8')).toMatch(/harbour@reader\.example,daily,active,.*,harbour,,\d+@[0-9a-f]{8}\r\n/);
  const { counts } = await forgetReaders(moves).then(() => importInto(moves, file));
  expect(counts).toMatchObject({ added: 5, addedAsLeft: 1, refused: 0 });
  const expected = await finish(stays);
  expect(expected.get('away@reader.example')).toEqual(['fifth', 'first', 'fourth', 'second', 'third']);
  expect(expected.get('changed@reader.example')).toEqual(['fifth', 'first', 'fourth', 'second', 'third']);
  expect(await finish(moves)).toEqual(expected);
});

test('a position of another publication says nothing here, which is told: only what is new comes', async () => {
  const from = createWorld();
  await fillWorld(from);
  const file = await exportWorld(from);
  const into = createWorld();
  into.advance(24 * 3_600_000);
  await into.publish('of old', ['harbour']);
  const { said } = await importInto(into, file);
  expect(said).toContain('5 rows are imported: of another publication');
  const received = await finish(into);
  for (const name of ['steady', 'weekly', 'changed', 'away'])
    expect(received.get(`${name}@reader.example`)).toEqual(['fifth', 'fourth']);
});

test('positions follow the numbers that the articles have in the new place', () => {
  const numbers = new Map([
    [11, 3],
    [14, 4],
  ]);
  expect([5, 11, 12, 13.5, 14, 99].map(createPositionMap(numbers, 9))).toEqual([2, 3, 3, 3, 4, 4]);
  const empty = createPositionMap(new Map(), 9);
  expect(empty(5)).toBe(9);
});

const write = (name: string, lines: readonly string[]): string => {
  writeFileSync(join(folder, name), `${lines.join('\r\n')}\r\n`);
  return join(folder, name);
};

test('a list of your own may have topics by their names, and pauses; what is not offered is refused', async () => {
  const world = createWorld();
  refused.length = 0;
  const file = write('own.csv', [
    'email,consent,confirmed at,topics,paused until',
    'ana@reader.example,By post,2024-06-05,"Council & courts",',
    'ben@reader.example,By post,2024-06-05,"harbour; Courts",2027-01-05',
    'cem@reader.example,By post,2024-06-05,Books,',
    'dov@reader.example,By post,2024-06-05,,soon',
    'eve@reader.example,By post,2024-06-05,,2024-07-01',
  ]);
  const { counts } = await importInto(world, file);
  expect(counts).toMatchObject({ added: 3, refused: 2 });
  expect(refused.map(([, , reason]) => reason)).toEqual([
    'the topic "Books" is not offered',
    '"soon" is not a clear date: write 2024-06-05',
  ]);
  const found = listReaders(world);
  expect(found).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ email: 'ana@reader.example', topics: '["council"]', paused: false }),
      // All that is offered is everything.
      expect.objectContaining({ email: 'ben@reader.example', paused: true, pausedUntil: '2027-01-05T00:00:00.000Z' }),
      expect.objectContaining({ email: 'eve@reader.example', paused: false }),
    ]),
  );
  expect(found.filter((reader) => 'topics' in reader)).toHaveLength(1);
});

test.each([
  [
    'Ghost',
    'id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,labels,newsletters',
    '1,ana@reader.example,,,true,,,2024-06-05,harbour,Harbour',
    'labels, newsletters',
  ],
  [
    'a list',
    'email,consent,confirmed at,tags,segments',
    'ana@reader.example,By post,2024-06-05,harbour,harbour',
    'tags, segments',
  ],
])('what %s has in the place of topics is not taken for them, and is told', async (_, headings, row, named) => {
  const world = createWorld();
  const { counts, said } = await importInto(world, write('other.csv', [headings, row]));
  expect(counts).toMatchObject({ added: 1 });
  expect(said).toContain(`These columns are not taken for topics: ${named}.`);
  expect(listReaders(world).filter((reader) => 'topics' in reader)).toEqual([]);
});
