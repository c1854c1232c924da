import { expect, test } from 'vitest';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';
import { traceOneArticle } from './trace-one-article.ts';
import { formatCounts } from './trace-requests.ts';

test.each([
  ['announced', true, 45],
  ['filed in the archive', false, 34],
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
    expect(traced.longestChain).toBeLessThanOrEqual(13);
    expect(warnings).toEqual([]);
  }
  expect([...counts]).toHaveLength(1);
});

test('uploads of a batch are marked in one request, and one asks for all of them who links to them', async () => {
  const asked: string[] = [];
  const fixture = await createInMemoryPublishFixture({
    onRequest: (name, about) => {
      const [first = ''] = about.map((part) => JSON.stringify(part));
      if (name === 'Query') asked.push('query');
      if (name === 'BatchWrite' && first.startsWith('{"put":{"pk":"CHANGED"')) asked.push(`${about.length} marks`);
      const linked =
        name === 'BatchGet' ? about.filter((part) => JSON.stringify(part).startsWith('{"pk":"LINKED#')) : [];
      if (linked.length > 0) asked.push(`${linked.length} linked names`);
    },
  });
  const countQueries = async (uploads: number): Promise<number> => {
    for (let index = 0; index < uploads; index += 1)
      await fixture.upload(`${uploads}-${index}.txt`, `Number ${index}\n\nSome text of ${uploads}, long enough.\n`);
    // A message may come twice.
    fixture.pending.push(...fixture.pending.slice(0, 1));
    asked.length = 0;
    await fixture.deliver(fixture.pending.splice(0));
    expect(asked.filter((each) => each !== 'query')).toEqual([`${uploads} marks`, `${uploads} linked names`]);
    return asked.filter((each) => each === 'query').length;
  };
  // The first build also reads what is to be renewed.
  await countQueries(1);
  expect(await countQueries(9)).toBe(await countQueries(3));
});

test.each([80, 150, 400])('one more article costs no more where %i wait for the next issues', async (waiting) => {
  const { traced } = await traceOneArticle({ articles: 500, articlesPerMonth: 50, isAnnounced: true, waiting });
  expect(traced.requests.length, formatCounts(traced)).toBeLessThanOrEqual(45);
  expect(traced.longestChain).toBeLessThanOrEqual(13);
});

test('a process that has not built before reads what its documents show', async () => {
  const { traced } = await traceOneArticle({
    articles: 100,
    articlesPerMonth: 50,
    isAnnounced: true,
    isNewProcess: true,
  });
  // The seeded articles share one body.
  expect(traced.requests.length, formatCounts(traced)).toBeLessThanOrEqual(54);
  expect(traced.longestChain).toBeLessThanOrEqual(16);
});

test('a batch that finds a builder at work takes two requests to have its changes seen', async () => {
  const requests: string[] = [];
  const fixture = await createInMemoryPublishFixture({
    onRequest: (name, about) => {
      if (JSON.stringify(about).startsWith('[{"pk":"BUILD"')) requests.push(name);
    },
  });
  const { build, now } = fixture.services;
  const seconds = Math.floor(now().getTime() / 1000);
  await build.acquireLease({ holder: 'other', now: seconds, until: seconds + 150, since: now().toISOString() });
  await fixture.upload('a.txt', 'A title\n\nSome text, long enough to be read.\n');
  requests.length = 0;
  await fixture.deliver(fixture.pending.splice(0));
  expect(requests).toEqual(['Update', 'Update']);
  expect(await build.finish('other', 0)).toBeUndefined();
  await build.releaseLease('other');
  fixture.tick();
  await fixture.deliverAll();
  expect(await fixture.read('site', 'articles/a-title')).toContain('Some text');
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
