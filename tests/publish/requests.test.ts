import { expect, test } from 'vitest';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';
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

test('the marks of changes are removed 25 in a request', async () => {
  const removals: number[] = [];
  const fixture = await createInMemoryPublishFixture({
    onRequest: (_, about) => {
      const marks = about.filter((part) => /^\{"(?:delete|pk)":.*"CHANGED"/.test(JSON.stringify(part)));
      if (marks.length > 0) removals.push(marks.length);
    },
  });
  for (let index = 0; index < 30; index += 1)
    await fixture.upload(`${index}.txt`, `Number ${index}\n\nSome text of it, long enough to be read.\n`);
  await fixture.deliver(fixture.pending.splice(0));
  expect(removals).toEqual([25, 5]);
});
