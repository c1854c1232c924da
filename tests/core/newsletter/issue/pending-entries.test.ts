import fc from 'fast-check';
import { expect, it } from 'vitest';
import { maxDigestBytes } from '../../../../functions/core/newsletter/digest/build-digest.ts';
import { fitPendingEntries } from '../../../../functions/core/newsletter/digest/fit-pending-entries.ts';
import {
  type PendingEntries,
  type SentArticle,
  selectPendingEntries,
} from '../../../../functions/core/newsletter/issue/pending-entries.ts';
import { buildNumberedEntries, digestInput } from '../digest/digest-fixture.ts';

const { entries: _entries, hasMore: _hasMore, corrections: _corrections, ...context } = digestInput;

/** Composes issues of what waits until nothing does; gives the numbers of the articles in each. */
const composeAll = (titles: readonly string[], select: (pending: PendingEntries) => PendingEntries): number[][] => {
  const announced = buildNumberedEntries(titles.length).map((base, index) => ({
    number: index + 1,
    entry: { ...base, id: `urn:${index + 1}`, title: titles[index] ?? '' },
  }));
  const sent: SentArticle[] = [];
  const issues: number[][] = [];
  for (let after = 0; ; ) {
    const pending = select(
      selectPendingEntries({
        announced: announced.filter(({ number }) => number > after),
        corrected: [],
        sent,
        upTo: titles.length,
      }),
    );
    if (pending.entries.length === 0) return issues;
    const issue = `daily-${issues.length + 1}`;
    sent.push(...pending.entries.map(({ id }) => ({ articleId: id, cadence: 'daily' as const, issue })));
    issues.push(pending.entries.map(({ id }) => Number(id.slice('urn:'.length))));
    expect(pending.hasMore).toBe(pending.upTo < titles.length);
    after = pending.upTo;
  }
};

const title = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('Short', 'A title of a usual length, with some words in it') },
  fc.constantFrom('&'.repeat(300), '字'.repeat(300), '{'.repeat(300)),
);

it('each article is in exactly one issue, the earliest first, however many wait and however long their titles', () => {
  fc.assert(
    fc.property(fc.array(title, { maxLength: 700, size: 'max' }), (titles) => {
      const issues = composeAll(titles, (pending) => fitPendingEntries(pending, context));
      const shown = issues.flatMap((numbers) => numbers.toReversed());
      expect(shown).toEqual(titles.map((_, index) => index + 1));
    }),
    { numRuns: 8, endOnFailure: true },
  );
});

it('a single article fits, though its title is as long as a message', () => {
  expect(composeAll(['x'.repeat(maxDigestBytes), 'y'], (pending) => fitPendingEntries(pending, context))).toEqual([
    [1],
    [2],
  ]);
});

it('an article that came back, or was in an issue before, is in no second one', () => {
  const [first, second, third] = buildNumberedEntries(3).map((base, index) => ({ ...base, id: `urn:${index}` }));
  if (!first || !second || !third) throw new Error('no entries');
  const pending = selectPendingEntries({
    announced: [
      { number: 1, entry: first },
      { number: 2, entry: second },
      { number: 3, entry: third },
      { number: 4, entry: first },
    ],
    corrected: [],
    sent: [{ articleId: second.id, cadence: 'daily', issue: 'daily-1' }],
    upTo: 4,
  });
  expect(pending).toMatchObject({ arrivals: [4, 3], upTo: 4, hasMore: false });
  expect(pending.entries.map(({ id }) => id)).toEqual([first.id, third.id]);
});
