import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { createBuildStore } from '../../../../functions/adapters/table/build.ts';
import { createConsentWordsStore } from '../../../../functions/adapters/table/consent-words.ts';
import { createListStore } from '../../../../functions/adapters/table/lists.ts';
import { createSubscriberStore, toSubscriberKey } from '../../../../functions/adapters/table/subscribers.ts';
import { createTokenKeyStore } from '../../../../functions/adapters/table/token-keys.ts';
import type { SubscriberEvent } from '../../../../functions/core/newsletter/subscriber/apply-subscriber-event.ts';
import { hashEmailAddress, nameAddressSecret } from '../../../../functions/core/newsletter/subscriber/email-address.ts';
import type { Subscriber } from '../../../../functions/core/newsletter/subscriber/subscriber-record.ts';
import { parsePublication } from '../../../../functions/core/publication.ts';
import { importSubscribers } from '../../../../infra/cli/subscribers/import-subscribers.ts';
import { formatCsv } from '../../../../infra/cli/subscribers/write-csv-file.ts';
import { createInMemoryTable } from '../../../in-memory-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'seedpress-import-'));
afterAll(() => rmSync(folder, { recursive: true }));

const now = new Date('2026-11-24T08:00:00Z');
const publication = parsePublication({
  id: 'harbour',
  title: 'Harbour',
  description: 'News.',
  language: 'en',
  timeZone: 'Europe/Lisbon',
  author: { name: 'Ana' },
  sender: { name: 'Harbour', email: 'news@harbour.example' },
  postalAddress: 'Harbour 1',
  digest: { daily: { hour: 7 }, weekly: { day: 'friday', hour: 7 } },
});

/** A list in memory, whose writes fail once the given number of them is done. */
const createFailingList = (failAfter = Number.POSITIVE_INFINITY) => {
  let writes = 0;
  const list = { failAfter, isOpen: false };
  const table = createInMemoryTable(async (name, request) => {
    if (name === 'Update' && list.isOpen && writes++ >= list.failAfter) throw new Error('the table is away');
    return request();
  });
  const subscribers = createSubscriberStore(table, () => new Date());
  let drawn = 0;
  const tokenKeys = createTokenKeyStore(table, {
    randomHex: (bytes) => (drawn++).toString(16).padStart(bytes * 2, '0'),
    now: () => now,
  });
  const consentWords = createConsentWordsStore(table);
  const [build, lists] = [createBuildStore(table), createListStore(table)];
  return { ...list, list, table, build, lists, subscribers, consentWords, tokenKeys, publication, now: () => now };
};

const addresses = ['ana', 'ben', 'cem', 'dov', 'eve', 'fay'].map((name) => `${name}@reader.example`);
const history: Record<string, readonly string[]> = {
  nobody: [],
  pending: ['signUp'],
  active: ['signUp', 'confirm'],
  unsubscribed: ['signUp', 'confirm', 'unsubscribe'],
  bounced: ['signUp', 'confirm', 'hardBounce'],
  complained: ['signUp', 'confirm', 'complain'],
  'pending again': ['signUp', 'confirm', 'complain', 'signUp'],
  erased: ['signUp', 'confirm', 'erase'],
};
const at = '2026-01-01T00:00:00.000Z';
const eventOf = (kind: string, key: string, email: string): SubscriberEvent => {
  if (kind === 'signUp') return { kind, key, email, cadence: 'daily', at };
  if (kind === 'confirm') return { kind, since: at, at };
  if (kind === 'hardBounce' || kind === 'complain' || kind === 'erase') return { kind, at };
  return { kind: 'unsubscribe', at };
};

const anyRow = fc.record({
  email: fc.constantFrom(...addresses, ...addresses, 'ANA@reader.example', 'nobody', ''),
  cadence: fc.constantFrom('', 'daily', 'daily', 'weekly', 'weekly', 'hourly'),
  status: fc.constantFrom('', '', 'active', 'active', ...['unsubscribed', 'bounced', 'complained', 'pending', 'vip']),
  since: fc.constantFrom('2024-06-05', '2025-01-01T00:00:00Z', '2025-02-03', '', '05/06/2024', '2031-01-01'),
  consent: fc.constantFrom('At the fair', 'At the fair', ''),
  paused: fc.constantFrom('', 'yes'),
});
const anyPast = fc.array(fc.constantFrom('nobody', 'nobody', ...Object.keys(history)), {
  minLength: addresses.length,
  maxLength: addresses.length,
});

type List = ReturnType<typeof createFailingList>;

const fill = async (list: List, past: readonly string[]): Promise<void> => {
  const keyring = await list.tokenKeys.getOrCreate();
  for (const [index, email] of addresses.entries()) {
    const key = toSubscriberKey(email, keyring);
    for (const kind of history[past[index] ?? ''] ?? []) await list.subscribers.apply(key, eventOf(kind, key, email));
  }
  list.list.isOpen = true;
};
const readSubscribers = async (list: List): Promise<(Subscriber | undefined)[]> => {
  const keyring = await list.tokenKeys.getOrCreate();
  return Promise.all(addresses.map((email) => list.subscribers.get(toSubscriberKey(email, keyring))));
};
const importRows = async (list: List, rows: readonly Record<string, string>[], write = true, hashSecret?: string) => {
  const file = join(folder, 'readers.csv');
  writeFileSync(file, formatCsv([Object.keys(rows[0] ?? { email: '' }), ...rows.map((row) => Object.values(row))]));
  const refused: (readonly string[])[] = [];
  const refusals = { add: async (some: readonly (readonly string[])[]) => void refused.push(...some) };
  const counts = await importSubscribers(list, {
    file,
    write,
    cadence: 'daily',
    hashSecret,
    refusals,
    show: () => undefined,
  });
  return { counts, refused };
};

/** How much mail a state lets somebody have. */
const rank = { erased: 0, complained: 1, bounced: 2, unsubscribed: 3, moving: 4, pending: 4, active: 5 } as const;

test('whatever was before and whatever the rows: nobody is raised, a dry run changes nothing, twice is as once', async () => {
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(anyPast, fc.array(anyRow, { minLength: 1, maxLength: 12 }), async (past, rows) => {
      const list = createFailingList();
      await fill(list, past);
      const before = await readSubscribers(list);
      const dry = await importRows(list, rows, false);
      expect(await readSubscribers(list)).toEqual(before);

      const done = await importRows(list, rows);
      expect(done).toEqual(dry);
      const { added, addedAsLeft, takenOff, unchanged, refused } = done.counts;
      const written = rows.filter((row) => Object.values(row).some((cell) => cell !== ''));
      expect(added + addedAsLeft + takenOff + unchanged + refused).toBe(written.length);
      expect(done.refused).toHaveLength(refused);
      const after = await readSubscribers(list);
      for (const [index, was] of before.entries()) {
        const is = after[index];
        if (was && is) expect(rank[is.state]).toBeLessThanOrEqual(rank[was.state]);
        if (was?.state === 'active' && is?.state === 'active') expect(is).toEqual(was);
        if (!was && is?.state === 'active') {
          expect(is.consent).toBe('At the fair');
          expect(is.since < now.toISOString()).toBe(true);
          taken += 1;
        }
      }

      const again = await importRows(list, rows);
      expect(again.counts).toMatchObject({ added: 0, addedAsLeft: 0, takenOff: 0 });
      expect(await readSubscribers(list)).toEqual(after);
    }),
    { numRuns: 500 },
  );
  expect(taken).toBeGreaterThan(50);
});

test('broken off at any write and run again, it comes to the same as at one go', async () => {
  await fc.assert(
    fc.asyncProperty(anyPast, fc.array(anyRow, { minLength: 1, maxLength: 12 }), fc.nat(5), async (past, rows, at) => {
      const [broken, whole] = [createFailingList(at), createFailingList()];
      await fill(broken, past);
      await fill(whole, past);
      await importRows(whole, rows);
      await importRows(broken, rows).catch(() => undefined);
      broken.list.failAfter = Number.POSITIVE_INFINITY;
      await importRows(broken, rows);
      expect(await readSubscribers(broken)).toEqual(await readSubscribers(whole));
    }),
    { numRuns: 200 },
  );
});

test('a long file is worked on a portion at a time', async () => {
  const file = join(folder, 'long.csv');
  writeFileSync(file, `email\n${'nobody\n'.repeat(20_000)}`);
  const portions: number[] = [];
  const refusals = { add: async (some: readonly (readonly string[])[]) => void portions.push(some.length) };
  let shown = 0;
  const show = (bytes: number, rows: number): void => {
    expect(rows).toBeGreaterThan(shown);
    expect(bytes).toBe('email\n'.length + rows * 'nobody\n'.length);
    shown = rows;
  };
  const { refused } = await importSubscribers(createFailingList(), {
    file,
    write: true,
    cadence: 'daily',
    refusals,
    show,
  });
  expect(refused).toBe(20_000);
  expect(Math.max(...portions)).toBeLessThanOrEqual(500);
});

test('refused rows are told with line, address and reason', async () => {
  const list = createFailingList();
  const { refused } = await importRows(list, [
    { email: 'ana@reader.example', since: '2024-06-05', consent: 'A card,\nsigned' },
    { email: 'ben@reader.example', since: '', consent: 'x' },
    { email: 'nobody', since: '', consent: '' },
  ]);
  expect(refused).toEqual([
    ['4', 'ben@reader.example', 'it does not say when they consented'],
    ['5', 'nobody', 'it has no e-mail address that mail can reach'],
  ]);
});

test('a file without a column of addresses, or without a line, is refused as a whole', async () => {
  await expect(importRows(createFailingList(), [{ name: 'Ana' }])).rejects.toThrow('has no column of addresses');
  const file = join(folder, 'empty.csv');
  writeFileSync(file, '');
  const refusals = { add: async () => undefined };
  const options = { file, write: true, cadence: 'daily' as const, refusals, show: () => undefined };
  await expect(importSubscribers(createFailingList(), options)).rejects.toThrow('has no column of addresses');
});

test('the consent of our own export comes with its times, its form and the words, each kept once', async () => {
  const list = createFailingList();
  const words = 'Harbour · E-mail address · Sign up';
  const row = { email: 'ana@reader.example', cadence: 'weekly', status: 'active', since: '2026-03-01T00:00:00.000Z' };
  const proof = { 'signed up at': '2026-01-01T00:00:00.000Z', 'confirmed at': '2026-02-01T00:00:00.000Z' };
  const rows = [
    { ...row, paused: '', consent: words, ...proof, form: 'subscribe' },
    {
      ...row,
      email: 'ben@reader.example',
      status: 'unsubscribed',
      paused: '',
      consent: words,
      ...proof,
      form: 'again',
    },
    { ...row, email: 'cem@reader.example', paused: '', consent: 'At the fair', ...proof, form: '' },
    { ...row, email: 'dov@reader.example', paused: '', consent: '', ...proof, form: 'other' },
  ];
  const { counts } = await importRows(list, rows);
  expect(counts).toMatchObject({ added: 3, addedAsLeft: 1, refused: 0 });
  const [ana, ben, cem, dov] = await readSubscribers(list);
  const times = { signedUpAt: proof['signed up at'], confirmedAt: proof['confirmed at'] };
  expect(ana).toMatchObject({ state: 'active', since: times.confirmedAt, form: 'subscribe', ...times });
  expect(ben).toMatchObject({ state: 'unsubscribed', since: row.since, form: 'again', ...times });
  expect(cem).toMatchObject({ state: 'active', consent: 'At the fair', confirmedAt: times.confirmedAt });
  expect(dov).toMatchObject({ state: 'active', form: 'other', ...times });
  const name = ana && 'words' in ana ? (ana.words ?? '') : '';
  expect(await list.consentWords.find(name)).toBe(words);
  expect(ben).toMatchObject({ words: name });
  expect(dov).not.toHaveProperty('words');
});

test('hashes of those who left another publication keep them off, and only with the secret that made them', async () => {
  const old = 'the secret of another publication';
  const toRow = (email: string, status: string) => ({
    email: '',
    status,
    since: '2020-01-01T00:00:00.000Z',
    'address hash': `${nameAddressSecret(old)}:${hashEmailAddress(email, old)}`,
  });
  const rows = [toRow('ana@reader.example', 'unsubscribed'), toRow('ben@reader.example', 'erased')];
  const without = await importRows(createFailingList(), rows);
  expect(without.counts).toMatchObject({ addedAsLeft: 0, refused: 2 });

  const list = createFailingList();
  const first = await importRows(list, rows, true, old);
  expect(first.counts).toMatchObject({ addedAsLeft: 2, refused: 0 });
  expect((await importRows(list, rows, true, old)).counts).toMatchObject({ addedAsLeft: 0, unchanged: 2 });
  const people = ['ana', 'ben', 'cem'].map((name) => ({
    email: `${name}@reader.example`,
    status: 'active',
    'confirmed at': '2024-06-05',
    consent: 'Old list',
  }));
  expect((await importRows(list, people)).counts).toMatchObject({ added: 1, unchanged: 2 });
  const [ana, ben, cem] = await readSubscribers(list);
  expect([ana, ben, cem?.state]).toEqual([undefined, undefined, 'active']);
  expect(JSON.stringify([...list.table.items.values()])).not.toMatch(/(?:ana|ben)@/);
});

test('hashes of our own, as of a list that goes back, are those of the table', async () => {
  const list = createFailingList();
  const { addressSecret } = await list.tokenKeys.getOrCreate();
  const key = hashEmailAddress('ana@reader.example', addressSecret);
  const hash = `${nameAddressSecret(addressSecret)}:${key}`;
  const row = { email: '', status: 'bounced', since: '2020-01-01T00:00:00.000Z' };
  expect((await importRows(list, [{ ...row, 'address hash': hash }])).counts).toMatchObject({ addedAsLeft: 1 });
  expect((await readSubscribers(list))[0]).toEqual({ state: 'bounced', key, since: row.since });
  expect((await importRows(list, [{ ...row, 'address hash': 'damaged' }])).refused).toMatchObject([
    [expect.any(String), '', 'its hash is damaged'],
  ]);
});
