import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { createBuildStore } from '../../../../functions/adapters/table/build.ts';
import { createConsentWordsStore } from '../../../../functions/adapters/table/consent-words.ts';
import { createListStore } from '../../../../functions/adapters/table/lists.ts';
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
import { writeZip } from '../write-zip.ts';
import { confirmedAt, type ListFixture, listFixtures, signsBeyondLatin, signsOfNoSystem } from './list-fixtures.ts';

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
  const consentWords = createConsentWordsStore(table);
  const [build, lists] = [createBuildStore(table), createListStore(table)];
  return { subscribers, consentWords, tokenKeys, build, lists, publication, now: () => now, find };
};
type Readers = ReturnType<typeof createReaders>;

const write = (name: string, content: string | Buffer): string => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

const importFile = async (
  readers: Readers,
  { file, ...options }: Partial<SubscriberImportOptions> & Pick<SubscriberImportOptions, 'file'>,
) => {
  const refused: (readonly string[])[] = [];
  const observation = createImportObserver();
  const counts = await importSubscribers(readers, {
    file,
    write: true,
    cadence: 'daily',
    consent: 'Signed up on the old site',
    confirmedAt,
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
    const { refused, observation } = await importFile(readers, { file: write(list.name, format(rows)) });
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

const mailchimpRow = (index: number, email: string): Row => withAddress(listFixtures[index]?.active ?? {}, email);

test("Mailchimp's archive: its three files are one list, whatever their order, and others are left out", async () => {
  const readers = createReaders();
  const file = writeZip(join(folder, 'audience_export.zip'), {
    'subscribed_email_audience_export_1a2b.csv': format([
      mailchimpRow(0, 'ana@reader.example'),
      mailchimpRow(0, 'ben@reader.example'),
      mailchimpRow(0, 'nobody'),
    ]),
    'nonsubscribed_email_audience_export_1a2b.csv': format([mailchimpRow(0, 'dov@reader.example')]),
    'unsubscribed_email_audience_export_1a2b.csv': format([mailchimpRow(1, 'ben@reader.example')]),
    'cleaned_email_audience_export_1a2b.csv': format([mailchimpRow(2, 'cem@reader.example')]),
    'granular_activity/opens.csv': format([{ Timestamp: '2020-01-01', Email: 'eve@reader.example' }]),
    '__MACOSX/._subscribed.csv': 'x',
  });
  const { counts, refused, observation } = await importFile(readers, { file });
  expect(counts).toMatchObject({ rows: 6, added: 1, addedAsLeft: 3, takenOff: 0, unchanged: 1, refused: 1 });
  const stateOf = async (name: string) => (await readers.find(`${name}@reader.example`))?.state;
  expect(await Promise.all(['ana', 'eve'].map(stateOf))).toEqual(['active', undefined]);
  expect(await Promise.all(['ben', 'cem', 'dov'].map(stateOf))).toEqual(['unsubscribed', 'bounced', 'unsubscribed']);
  expect(refused).toEqual([
    ['subscribed_email_audience_export_1a2b.csv:4', 'nobody', 'it has no e-mail address that mail can reach'],
  ]);
  expect(observation.listLeftOut()).toEqual([`granular_activity/opens.csv in ${file}`]);
});

test.each([
  ['no list', { 'posts.csv': 'id,title\n1,Harbour\n' }, 'holds no CSV file with a column of addresses'],
  ['an Excel workbook', { 'xl/workbook.xml': '<workbook/>', 'a.csv': 'email\n' }, 'is an Excel workbook'],
])('an archive with %s is refused', async (_, members, reason) => {
  const file = writeZip(join(folder, 'other.zip'), members);
  await expect(importFile(createReaders(), { file })).rejects.toThrow(reason);
});

test('an archive that is cut off is refused, and changes nothing', async () => {
  const file = writeZip(join(folder, 'cut.zip'), { 'subscribed.csv': format([mailchimpRow(0, 'ana@reader.example')]) });
  writeFileSync(file, readFileSync(file).subarray(0, 60));
  const readers = createReaders();
  await expect(importFile(readers, { file })).rejects.toThrow('cannot be read as a ZIP archive');
  expect(await readers.find('ana@reader.example')).toBeUndefined();
});

test.each(['Aktiviert', 'Bestätigt', 'confirmé', 'Confermato'])(
  'a no under %s is one who never confirmed',
  async (heading) => {
    const readers = createReaders();
    const rows = ['0', '1'].map((cell) => ({
      email: `${cell}@reader.example`,
      'Signed up at': '2020-01-02',
      [heading]: cell,
    }));
    const { refused } = await importFile(readers, { file: write('readers.csv', format(rows)), status: 'active' });
    expect(refused.map(([, , reason]) => reason)).toEqual(['they never confirmed: ask them to sign up']);
    expect((await readers.find('1@reader.example'))?.state).toBe('active');
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

const formatAs = (rows: readonly (readonly string[])[], writing: Writing): Buffer => {
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
        const content = formatAs(
          table.map((cells) => shuffled.map((place) => cells[place] ?? '')),
          writing,
        );

        const readers = createReaders();
        const { counts } = await importFile(readers, { file: write(list.name, content), status: 'active' });
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
        await importFile(readers, { file: write('again.csv', format(everybody)) });
        await check();
      },
    ),
    { numRuns: 400 },
  );
  expect(moved).toBeGreaterThan(100);
});

test.each([
  ['an address and nothing else', 'readers.csv', 'email\nana@reader.example\n'],
  ['a time of sign-up', 'readers.csv', 'Email Address,Date Subscribed\nana@reader.example,2024-06-05\n'],
  ["Mailchimp's headings, renamed", 'audience.csv', 'Email Address,OPTIN_TIME,LEID\nana@reader.example,2024-06-05,1\n'],
  ['a state that is a place', 'readers.csv', 'email,Delivery state,date\nana@reader.example,Texas,2024-06-05\n'],
  [
    "Ghost's headings and no yes or no",
    'm.csv',
    'email,subscribed_to_emails,deleted_at,created_at\nana@reader.example,,,2024-06-05\n',
  ],
  ['a check of addresses, which is no status', 'readers.csv', 'email,valid,date\nana@reader.example,true,2024-06-05\n'],
])('a file of %s does not say who is still subscribed', async (_, name, content) => {
  const readers = createReaders();
  const { refused } = await importFile(readers, { file: write(name, content) });
  expect(refused.map(([, , reason]) => reason)).toEqual(['the file does not say whether they are still subscribed']);
  await importFile(readers, { file: write(name, content), status: 'active' });
  expect((await readers.find('ana@reader.example'))?.state).toBe('active');
});

test.each(['subscribed-2024.csv', 'Active subscribers.csv', 'confirmed_readers.csv'])(
  'a file named %s says so by its name',
  async (name) => {
    const readers = createReaders();
    await importFile(readers, { file: write(name, 'email\nana@reader.example\n') });
    expect((await readers.find('ana@reader.example'))?.state).toBe('active');
  },
);

test.each([
  ['unsubscribed_members.csv', 'unsubscribed'],
  ['Unsubscribers.csv', 'unsubscribed'],
  ['nonsubscribed_email_audience_export.csv', 'unsubscribed'],
  ['not-subscribed.csv', 'unsubscribed'],
  ['cleaned_email_audience_export.csv', 'bounced'],
  ['Bounces.csv', 'bounced'],
  ['spam complaints.csv', 'complained'],
  ['Abmeldungen Mai.csv', 'unsubscribed'],
  ['désabonnés.csv', 'unsubscribed'],
  ['bajas.csv', 'unsubscribed'],
  ['blocklist.csv', 'unsubscribed'],
  ['inactive-subscribers.csv', 'unsubscribed'],
  ['former readers.csv', 'unsubscribed'],
  ['no-longer-subscribed.csv', 'unsubscribed'],
  ['do not contact.csv', 'unsubscribed'],
  ['Kündigungen.csv', 'unsubscribed'],
  ['bajas2024.csv', 'unsubscribed'],
  ['Remove.csv', 'unsubscribed'],
  ['配信停止.csv', 'unsubscribed'],
  ['dead addresses.csv', 'bounced'],
  ['Subscribers who left.csv', 'unsubscribed'],
  ['unsubscribed/members.csv', 'unsubscribed'],
])('everybody in a file named %s is kept off, also with --status active', async (name, state) => {
  const readers = createReaders();
  const content = 'email,status,date\nana@reader.example,active,2024-06-05\n';
  await importFile(readers, { file: write(name, content), status: 'active' });
  expect((await readers.find('ana@reader.example'))?.state).toBe(state);
});

test('those who left are written before anybody is added, so a broken import has mailed nobody who left', async () => {
  const readers = createReaders();
  const rows = Array.from(
    { length: 1200 },
    (_, index) => `r${index % 600}@reader.example,${index < 600 ? 'active' : 'bounced'}`,
  );
  const file = write('readers.csv', ['email,status', ...rows].join('\n'));
  let added = 0;
  const { apply } = readers.subscribers;
  const subscribers = {
    ...readers.subscribers,
    apply: async (...args: Parameters<typeof apply>) => {
      if (args[1].kind === 'import') added += 1;
      return apply(...args);
    },
  };
  const { counts } = await importFile({ ...readers, subscribers }, { file });
  expect({ added, counts }).toMatchObject({ added: 0, counts: { rows: 1200, addedAsLeft: 600, unchanged: 600 } });
});

test.each([
  [
    'it has fewer fields',
    'email,date,status\nana@reader.example,2024-06-05\n',
    'it ends before the fields that say who left',
  ],
  [
    'it has more fields',
    'email,status,date\nana@reader.example,active,2024-06-05,x\n',
    'it has more fields than there are headings',
  ],
])('a row is refused: %s', async (_, content, reason) => {
  const { refused } = await importFile(createReaders(), { file: write('readers.csv', content) });
  expect(refused.map(([, , why]) => why)).toEqual([reason]);
});

test('a row whose fields are shifted, or whose cadence or time cannot be read, is kept off all the same', async () => {
  const readers = createReaders();
  const content = [
    'email,name,cadence,date,status',
    'ana@reader.example,Ana, Costa,daily,2024-06-05,unsubscribed',
    'ben@reader.example,Ben,hourly,05/06/2024,Unsubscribed',
  ].join('\n');
  await importFile(readers, { file: write('readers.csv', content) });
  for (const name of ['ana', 'ben']) expect((await readers.find(`${name}@reader.example`))?.state).toBe('unsubscribed');
});

test("MailPoet's way of quoting does not shift the fields", async () => {
  const readers = createReaders();
  const content = [
    '"Email","First name","Confirmation time","Global status","List"',
    String.raw`"ana@reader.example","Ana \"Anita\", the first","2020-01-02 11:00:00","subscribed","News"`,
  ].join('\n');
  const { refused } = await importFile(readers, { file: write('export.csv', content) });
  expect(refused).toEqual([]);
  expect((await readers.find('ana@reader.example'))?.state).toBe('active');
});

test.each([
  ['opt_in', 'true'],
  ['Accepts Email Marketing', 'yes'],
  ['subscribed', '1'],
  ['is_active', 'TRUE'],
  ['Unsubscribed', 'no'],
  ['bounced', '0'],
  ['Statut', 'Abonnée'],
  ['Status', 'angemeldet'],
  ['Active', 'Y'],
  ['is_subscribed', 't'],
  ['Subscribed', 'WAHR'],
  ['Subscribed', '1.0'],
  ['Unsubscribed at', '1970-01-01 00:00:00'],
  ['Unsubscribed at', '00/00/0000'],
  ['Unsubscribed at', '(null)'],
  ['Globaler Status', 'subscribed'],
  ['Email subscriber status', 'Subscribed'],
  ['状態', '有効'],
])('%s: %s says that somebody is still subscribed', async (heading, cell) => {
  const readers = createReaders();
  const content = stringify([
    ['email', 'Created at', heading],
    ['ana@reader.example', '2024-06-05', cell],
  ]);
  await importFile(readers, { file: write('readers.csv', content) });
  expect((await readers.find('ana@reader.example'))?.state).toBe('active');
});

test.each(['left-bank-subscribers.csv', 'ex-libris.csv', 'The Lost Coast readers.csv', 'Removed Hill/readers.csv'])(
  'a file named %s keeps nobody off by its name',
  async (name) => {
    const readers = createReaders();
    await importFile(readers, { file: write(name, 'email,status,date\nana@reader.example,active,2024-06-05\n') });
    expect((await readers.find('ana@reader.example'))?.state).toBe('active');
  },
);

test.each([
  'ActiveCampaign contacts.csv',
  'not active readers.csv',
  'never confirmed.csv',
  'to be confirmed.csv',
  'unconfirmed.csv',
  'subscribers.csv',
])('a file named %s does not say by its name that they are subscribed', async (name) => {
  const { observation } = await importFile(createReaders(), { file: write(name, 'email\nana@reader.example\n') });
  expect(observation.listReasons('unstated')).toHaveLength(1);
});

test.each([
  'Ana <left@reader.example>',
  'left@reader.example.',
  'mailto:left@reader.example',
  "'left@reader.example",
  'Left@Reader.example; other@reader.example',
  'left＠reader.example',
  '\u200bleft@reader.example',
])('who left is kept off by %s, also where another row has the address written well', async (written) => {
  const readers = createReaders();
  const content = stringify([
    ['email', 'status', 'date'],
    ['left@reader.example', 'active', '2024-06-05'],
    [written, 'unsubscribed', '2024-06-05'],
  ]);
  await importFile(readers, { file: write('readers.csv', content) });
  expect((await readers.find('left@reader.example'))?.state).toBe('unsubscribed');
});

test('addresses in a column of those who left are kept off, beside the address that the row is of', async () => {
  const readers = createReaders();
  const content =
    'email,Unsubscribed,date\nana@reader.example,,2024-06-05\nlea@reader.example,,2024-06-05\n,lea@reader.example,\n';
  await importFile(readers, { file: write('readers.csv', content) });
  const stateOf = async (name: string) => (await readers.find(`${name}@reader.example`))?.state;
  expect(await Promise.all(['ana', 'lea'].map(stateOf))).toEqual(['active', 'unsubscribed']);
});

test.each([
  ['Email Address,Name,UNSUB_TIME', 'Email Address'],
  ['Unsubscribed,,', 'Unsubscribed'],
  ['"Abgemeldet:",,', 'Abgemeldet:'],
])('a file that is joined from several is refused at %s, and changes nothing', async (line, first) => {
  const readers = createReaders();
  const content = `Email Address,Name,date\nana@reader.example,Ana,2024-06-05\n${line}\nleft@reader.example,Lea,2024-06-05\n`;
  const file = write('readers.csv', content);
  await expect(importFile(readers, { file, status: 'active' })).rejects.toThrow(
    `Line 3 of ${file} begins another table: "${first}"`,
  );
});

test.each([
  ['Mac OS Roman', 'D\x8esabonn\x8e le'],
  ['code page 850', 'D\x82sabonn\x82 le'],
  ['Shift-JIS', '\x94z\x90M\x92\xe2\x8e~'],
  ['GBK', '\xcd\xcb\xb6\xa9\xca\xb1\xbc\xe4'],
  ['Windows-1251', '\xce\xf2\xef\xe8\xf1\xe0\xed'],
  ['question marks', 'D?sabonn? le'],
])('headings in %s are refused, as one of them may say who left', async (_, heading) => {
  const content = `email,status,date,${heading}\nleft@reader.example,active,2024-06-05,2024-06-06\n`;
  await expect(
    importFile(createReaders(), { file: write('readers.csv', Buffer.from(content, 'latin1')) }),
  ).rejects.toThrow('cannot be read: save the file as UTF-8');
});

test('headings in UTF-8 that was read as Windows-1252 are read', async () => {
  const readers = createReaders();
  const misread = Buffer.from('Désabonné le').toString('latin1');
  const content = `email,status,date,${misread}\nleft@reader.example,active,2024-06-05,2024-06-06\n`;
  await importFile(readers, { file: write('readers.csv', content) });
  expect((await readers.find('left@reader.example'))?.state).toBe('unsubscribed');
});

test.each([
  ['email,is_active,date\nana@reader.example,perhaps,2024-06-05\n', 'the status "perhaps" is not known'],
  ['email,status,Subscribed,date\nana@reader.example,active,Costa,2024-06-05\n', 'the status "Costa" is not known'],
  ['email,Liststatus,date\nana@reader.example,Karteileiche,2024-06-05\n', 'the status "Karteileiche" is not known'],
  [
    'email,attributes,status,uuid,created_at\nana@reader.example,"[{""subscription_status"":""unconfirmed""}]",enabled,1,2024-06-05\n',
    'they never confirmed: ask them to sign up',
  ],
  [
    'email,status,tier,created_at\nana@reader.example,,free,2024-06-05\n',
    'the file does not say whether they are still subscribed',
  ],
])('nobody becomes active by %s', async (content, reason) => {
  const readers = createReaders();
  const { refused } = await importFile(readers, { file: write('readers.csv', content) });
  expect(refused.map(([, , why]) => why)).toEqual([reason]);
  expect(await readers.find('ana@reader.example')).toBeUndefined();
});

test.each([
  ['Consent text', 'Signed up by the form. You can unsubscribe at any time.'],
  ['Unsubscribe link', 'https://old.example/unsubscribe?1'],
  ['Accepts SMS Marketing', 'no'],
  ['Tags', 'archived talks; cancelled trains; Resilience'],
  ['Attributes', '{"unsubscribed_at": null, "bounced": 0, "city": "Lisbon"}'],
  ['Soft bounces', '2'],
  ['Complaints', '0'],
  ['Department', 'Sales'],
  ['Résumé', 'né à Genève'],
])('%s: %s keeps nobody off', async (heading, cell) => {
  const readers = createReaders();
  const content = stringify([
    ['email', 'status', 'date', heading],
    ['ana@reader.example', 'active', '2024-06-05', cell],
  ]);
  await importFile(readers, { file: write('readers.csv', content) });
  expect((await readers.find('ana@reader.example'))?.state).toBe('active');
});
