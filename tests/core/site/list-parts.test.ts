import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  articlesPerPart,
  findFirstRelinkedPart,
  listLinkedParts,
  splitIntoParts,
} from '../../../functions/core/site/list-parts.ts';

const entriesOf = (count: number) =>
  Array.from({ length: count }, (_, number) => {
    const id = `urn:${number}`;
    const published = new Date(Date.UTC(2026, 2, 1) + Math.floor(number / 3) * 60_000).toISOString();
    return { sortKey: `${published}#${id}`, entry: { id, published } };
  });

test('a month without articles has no parts', () => {
  expect(splitIntoParts([])).toEqual([]);
});

test('part 1 has the oldest articles, the last part those that do not fill one', () => {
  const parts = splitIntoParts(entriesOf(2 * articlesPerPart + 1).toReversed());
  expect(parts.map(({ entries }) => entries.length)).toEqual([articlesPerPart, articlesPerPart, 1]);
  expect(parts[0]?.start).toBe('2026-03-01T00:00:00.000Z#urn:0');
  expect(parts[0]?.entries[0]?.published).toBe('2026-03-01T00:00:00.000Z');
});

test('whatever the order they come in, the parts hold the same articles in the same order', () => {
  const entries = entriesOf(250);
  fc.assert(
    fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (shuffled) => {
      expect(splitIntoParts(shuffled)).toEqual(splitIntoParts(entries));
    }),
    { numRuns: 20 },
  );
});

test('full parts never change when newer articles come', () => {
  fc.assert(
    fc.property(fc.nat(350), fc.nat(150), (before, more) => {
      // Three at a time share an instant, and only later instants are newer.
      const known = entriesOf(before - (before % 3));
      const full = splitIntoParts(known).filter(({ entries }) => entries.length === articlesPerPart);
      expect(splitIntoParts(entriesOf(known.length + more)).slice(0, full.length)).toEqual(full);
    }),
    { numRuns: 50 },
  );
});

test('the page of a part links to all of a few parts, and of many to those near it', () => {
  expect(listLinkedParts(2, 3)).toEqual([1, 2, 3]);
  expect(listLinkedParts(1, 21)).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
  expect(listLinkedParts(21, 21)).toEqual([20, 21]);
  expect(listLinkedParts(45, 47)).toEqual([40, 41, 42, 43, 44, 45, 46, 47]);
});

test('a new part changes no links before the first relinked part, and few after it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), (parts) => {
      const first = findFirstRelinkedPart(parts, parts + 1);
      for (let part = 1; part < first; part += 1)
        expect(listLinkedParts(part, parts + 1)).toEqual(listLinkedParts(part, parts));
      expect(parts - first).toBeLessThan(20);
    }),
  );
});

test('every part is reached from the first one by links', () => {
  const parts = 97;
  const reached = new Set([1]);
  for (const part of reached) for (const other of listLinkedParts(part, parts)) reached.add(other);
  expect(reached.size).toBe(parts);
});
