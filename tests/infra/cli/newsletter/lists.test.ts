import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { createSubscriberStore, toSubscriberKey } from '../../../../functions/adapters/table/subscribers.ts';
import { createTokenKeyStore } from '../../../../functions/adapters/table/token-keys.ts';
import type { Subscriber } from '../../../../functions/core/newsletter/subscriber/subscriber-record.ts';
import { parsePublication } from '../../../../functions/core/publication.ts';
import { createImportObserver } from '../../../../infra/cli/subscribers/format-import-plan.ts';
import {
  importSubscribers,
  type SubscriberImportOptions,
} from '../../../../infra/cli/subscribers/import-subscribers.ts';
import { createInMemoryTable } from '../../../in-memory-table.ts';
import { type ListFixture, listFixtures, signsBeyondLatin, signsOfNoSystem } from './list-fixtures.ts';

const folder = mkdtempSync(join(tmpdir(), 'seedpress-lists-'));
afterAll(() => rmSync(folder, { recursive: true }));

const now = new Date('2026-11-28T08:00:00Z');
const publication = parsePublication({
  id: 'harbour',
  title: 'Harbour',
  description: 'News.',
  language: 'en',
  timeZone: 'UTC',
  author: { name: 'Ana' },
  sender: { name: 'Harbour', email: 'news@harbour.example' },
  postalAddress: 'Harbour 1',
  digest: { daily: { hour: 7 } },
});

const createReaders = () => {
  const table = createInMemoryTable();
  const subscribers = createSubscriberStore(table, () => now);
  let drawn = 0;
  const tokenKeys = createTokenKeyStore(table, {
    randomHex: (bytes) => (drawn++).toString(16).padStart(bytes * 2, '0'),
    now: () => now,
  });
  const find = async (email: string): Promise<Subscriber | undefined> =>
    subscribers.get(toSubscriberKey(email, await tokenKeys.getOrCreate()));
  return { subscribers, tokenKeys, publication, now: () => now, find };
};
type Readers = ReturnType<typeof createReaders>;

const importFile = async (
  readers: Readers,
  { name, content }: { readonly name: string; readonly content: string | Buffer },
  options: Partial<SubscriberImportOptions> = {},
) => {
  const file = join(folder, name);
  writeFileSync(file, content);
  const refused: (readonly string[])[] = [];
  const observation = createImportObserver();
  const counts = await importSubscribers(readers, {
    file,
    write: true,
    cadence: 'daily',
    consent: 'Signed up on the old site',
    refusals: { add: async (rows) => void refused.push(...rows) },
    show: () => undefined,
    observer: observation.observer,
    ...options,
  });
  return { counts, refused, observation };
};

type Row = Readonly<Record<string, string>>;
const isAddress = (heading: string): boolean => /^e-?mail(?:.address)?$/i.test(heading);
const withAddress = (row: Row, email: string): Row =>
  Object.fromEntries(Object.entries(row).map(([heading, cell]) => [heading, isAddress(heading) ? email : cell]));
const toRows = (rows: readonly Row[]): string[][] => [
  Object.keys(rows[0] ?? {}),
  ...rows.map((row) => Object.values(row)),
];
const format = (rows: readonly Row[]): string => stringify(toRows(rows));

test.each(listFixtures)(
  '$system, $name: known by its headings, who left stays off, the others move in',
  async (list) => {
    const readers = createReaders();
    const rows = [
      ...list.signs.map((sign, index) => withAddress({ ...list.active, ...sign }, `left${index}@reader.example`)),
      withAddress(list.active, 'ana@reader.example'),
      ...(list.pending ? [withAddress({ ...list.active, ...list.pending }, 'new@reader.example')] : []),
    ];
    const { refused, observation } = await importFile(readers, { name: list.name, content: format(rows) });
    expect(observation.listLists().map(({ kind }) => kind.system)).toEqual([list.system]);
    for (const index of list.signs.keys())
      expect((await readers.find(`left${index}@reader.example`))?.state).toMatch(/^(unsubscribed|bounced|complained)$/);
    const ana = await readers.find('ana@reader.example');
    if (list.isOfLeft) expect(ana?.state).toMatch(/^(unsubscribed|bounced)$/);
    else expect(ana).toMatchObject({ state: 'active', since: list.since, consent: 'Signed up on the old site' });
    expect(refused.map(([, , reason]) => reason)).toEqual(
      list.pending ? ['they never confirmed: ask them to sign up'] : [],
    );
  },
);

/** How a file may be written, with every cell of these rows in it. */
const anyWriting = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t'),
  encoding: fc.constantFrom('utf8', 'utf8 with mark', 'utf16le', 'utf16be', 'latin1'),
  case: fc.constantFrom('as is', 'upper', 'lower'),
  recordDelimiter: fc.constantFrom('windows', 'unix'),
  quoted: fc.boolean(),
});
type Writing = typeof anyWriting extends fc.Arbitrary<infer T> ? T : never;

const encode = (text: string, encoding: string): Buffer => {
  if (encoding === 'utf16le') return Buffer.from(`\ufeff${text}`, 'utf16le');
  if (encoding === 'utf16be') return Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  if (encoding === 'latin1') return Buffer.from(text, 'latin1');
  return Buffer.from(encoding === 'utf8' ? text : `\ufeff${text}`);
};

const write = (rows: readonly (readonly string[])[], writing: Writing): Buffer => {
  const [headings = [], ...others] = rows;
  const change = (heading: string): string => {
    if (writing.case === 'as is') return heading;
    return writing.case === 'upper' ? heading.toUpperCase() : heading.toLowerCase();
  };
  const text = stringify([headings.map(change), ...others], {
    delimiter: writing.delimiter,
    record_delimiter: writing.recordDelimiter,
    quoted: writing.quoted,
  });
  return encode(text, writing.encoding);
};

/** Columns that say nothing of the kind. */
const anyColumns = fc.uniqueArray(
  fc.tuple(
    fc.constantFrom(
      'Vorname',
      'Country',
      'Points',
      'Soft bounces',
      'Unsubscribe link',
      'Last opened',
      'Notes, long',
      'Straße',
      '',
    ),
    fc.constantFrom('', 'Zoë', '12', 'two\nlines; "quoted", and more', '2024-01-01', 'München', '=1+1'),
  ),
  { selector: ([heading]) => heading, maxLength: 4 },
);

interface AnyList {
  readonly name: string;
  readonly active: Row;
  readonly signs: readonly Row[];
}
const toUnknown = ([heading, cell]: readonly [string, string]): AnyList => ({
  name: 'readers.csv',
  active: { Name: 'Ana', email: '', 'Signed up at': '2020-01-02', [heading]: '' },
  signs: [{ [heading]: cell }],
});
const known: readonly AnyList[] = listFixtures.filter((list: ListFixture) => !list.isOfLeft && list.signs.length > 0);
const anyList = fc.oneof(
  fc.constantFrom(...known).map((list) => ({ list, isLatin: true })),
  fc.constantFrom(...signsOfNoSystem).map((sign) => ({ list: toUnknown(sign), isLatin: true })),
  fc.constantFrom(...signsBeyondLatin).map((sign) => ({ list: toUnknown(sign), isLatin: false })),
);

const names = ['ana', 'ben', 'cem', 'dov', 'eve'];
/** Of each row: who it is of, and which sign it has, if any. */
const anyPeople = fc.array(fc.tuple(fc.constantFrom(...names), fc.option(fc.nat(), { freq: 2 })), {
  minLength: 1,
  maxLength: 12,
});

test('no row with a sign of having left makes anybody active, however the file is written, nor does a later file', async () => {
  let moved = 0;
  await fc.assert(
    fc.asyncProperty(
      anyList,
      anyPeople,
      anyColumns,
      anyWriting,
      fc.infiniteStream(fc.nat()),
      async ({ list, isLatin }, people, columns, anyHow, order) => {
        const writing: Writing = isLatin ? anyHow : { ...anyHow, encoding: 'utf8' };
        const rows = people.map(([name, sign]) => ({
          ...withAddress(list.active, `${name}@reader.example`),
          ...(sign === null ? {} : list.signs[sign % list.signs.length]),
        }));
        const table = toRows(rows).map((cells, index) => [
          ...cells,
          ...columns.map((column) => column[index === 0 ? 0 : 1]),
        ]);
        const places = (table[0] ?? []).map((_, place) => ({ place, at: order.next().value }));
        const shuffled = places.sort((a, b) => a.at - b.at).map(({ place }) => place);
        const content = write(
          table.map((cells) => shuffled.map((place) => cells[place] ?? '')),
          writing,
        );

        const readers = createReaders();
        const { counts } = await importFile(readers, { name: list.name, content }, { status: 'active' });
        expect(counts.rows).toBe(people.length);
        const gone = new Set(people.filter(([, sign]) => sign !== null).map(([name]) => name));
        const check = async (): Promise<void> => {
          for (const [name] of people) {
            const state = (await readers.find(`${name}@reader.example`))?.state;
            if (gone.has(name)) expect(state).toMatch(/^(unsubscribed|bounced|complained)$/);
            else expect(state).toBe('active');
          }
        };
        await check();
        moved += new Set(people.map(([name]) => name)).size - gone.size;
        const everybody = people.map(([name]) => ({
          email: `${name}@reader.example`,
          status: 'active',
          since: '2020-01-02',
        }));
        await importFile(readers, { name: 'again.csv', content: format(everybody) });
        await check();
      },
    ),
    { numRuns: 400 },
  );
  expect(moved).toBeGreaterThan(100);
});
