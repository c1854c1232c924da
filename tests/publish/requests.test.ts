import { expect, test } from 'vitest';
import { traceOneArticle } from './trace-one-article.ts';
import { formatCounts } from './trace-requests.ts';

test.each([
  ['announced', true, 56],
  ['filed in the archive', false, 45],
] as const)('one more article that is %s costs the same in every archive', async (_, isAnnounced, maxRequests) => {
  const counts = new Set<string>();
  for (const [articles, articlesPerMonth] of [
    [100, 50],
    [1_000, 50],
    [6_000, 5_000],
  ] as const) {
    const { traced, warnings } = await traceOneArticle({ articles, articlesPerMonth, isAnnounced });
    counts.add(formatCounts(traced));
    expect(traced.requests.length, formatCounts(traced)).toBeLessThanOrEqual(maxRequests);
    expect(traced.longestChain).toBeLessThanOrEqual(16);
    expect(warnings).toEqual([]);
  }
  expect([...counts]).toHaveLength(1);
});
