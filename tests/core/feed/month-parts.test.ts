import fc from 'fast-check';
import { expect, test } from 'vitest';
import { articlesPerPart, splitIntoParts } from '../../../functions/core/feed/month-parts.ts';

const entriesOf = (count: number) =>
  Array.from({ length: count }, (_, number) => ({
    id: `urn:${number}`,
    published: new Date(Date.UTC(2026, 2, 1) + Math.floor(number / 3) * 60_000).toISOString(),
  }));

test('a month without articles has no parts', () => {
  expect(splitIntoParts([])).toEqual([]);
});

test('part 1 has the oldest articles, the last part those that do not fill one', () => {
  const parts = splitIntoParts(entriesOf(2 * articlesPerPart + 1).toReversed());
  expect(parts.map((part) => part.length)).toEqual([articlesPerPart, articlesPerPart, 1]);
  expect(parts[0]?.[0]?.published).toBe('2026-03-01T00:00:00.000Z');
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
      const full = splitIntoParts(known).filter((part) => part.length === articlesPerPart);
      expect(splitIntoParts(entriesOf(known.length + more)).slice(0, full.length)).toEqual(full);
    }),
    { numRuns: 50 },
  );
});
