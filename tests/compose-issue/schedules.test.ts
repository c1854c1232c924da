import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cadence } from '../../functions/core/publication.ts';
import { buildLeaseSeconds } from '../../functions/platform/contract.ts';
import { createInMemoryPublishFixture } from '../publish/in-memory-publish-fixture.ts';
import { type ComposeIssueFixture, startComposeIssueFixture } from './compose-issue-fixture.ts';
import { expectIssueSent, listActiveReaderKeys } from './expect-issue-sent.ts';

/** What the publication of the fixture offers. */
const cadences = ['daily', 'weekly'] as const;

const keys = ['a.md', 'b.md', 'c.md'];

/** One thing that happens: somebody changes the bucket, readers come, or calls are made, some to fail, some at once. */
const step = fc.oneof(
  fc.record({
    act: fc.constant('upload' as const),
    key: fc.constantFrom(...keys),
    email: fc.integer({ min: 0, max: 3 }).map((one) => one > 0),
    built: fc.boolean(),
    correction: fc.option(fc.constantFrom('one', 'two'), { nil: undefined }),
  }),
  fc.record({ act: fc.constant('remove' as const), key: fc.constantFrom(...keys), built: fc.boolean() }),
  fc.record({ act: fc.constant('join' as const), readers: fc.integer({ min: 1, max: 70 }) }),
  fc.record({
    act: fc.constant('build' as const),
    failAt: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
  }),
  fc.record({
    act: fc.constant('call' as const),
    calls: fc.array(
      // The day may be any: the clock goes back, runs are missed and doubled.
      fc.record({ cadence: fc.constantFrom(...cadences), day: fc.integer({ min: 1, max: 6 }) }),
      { minLength: 1, maxLength: 3 },
    ),
    failAt: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
    when: fc.constantFrom('request' as const, 'answer' as const),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A fixture whose requests fail from the nth on, as those of a killed function do. */
const startKillableFixture = async () => {
  let left = Number.POSITIVE_INFINITY;
  let fails: 'request' | 'answer' = 'request';
  const countRequest = (what: 'request' | 'answer') => (): void => {
    if (what === 'request') left -= 1;
    if (left < 0 || (left === 0 && fails === what)) throw new Error('the function was killed');
  };
  let now = Date.parse('2026-11-10T00:00:00Z');
  const fixture = await startComposeIssueFixture({
    now: () => new Date(now),
    onRequest: countRequest('request'),
    onAnswer: countRequest('answer'),
    createPublishFixture: createInMemoryPublishFixture,
  });
  return {
    fixture,
    killAt: (nth: number, when: 'request' | 'answer'): void => {
      left = nth;
      fails = when;
    },
    revive: (): void => {
      left = Number.POSITIVE_INFINITY;
      // The lease of a builder that was killed runs out.
      now += (buildLeaseSeconds + 10) * 1000;
    },
  };
};

const time = (day: number): string => `2026-11-0${day}T07:00:00.000Z`;

const run = async (
  { fixture, killAt, revive }: Awaited<ReturnType<typeof startKillableFixture>>,
  steps: readonly Step[],
) => {
  const live = new Map<string, boolean>();
  let joined = 0;
  for (const [index, taken] of steps.entries()) {
    if ('built' in taken && taken.built) await fixture.publishFixture.deliverAll();
    if (taken.act === 'upload') {
      const more = `email: ${taken.email}${taken.correction ? `\ncorrection: ${taken.correction}` : ''}`;
      await fixture.publishFixture.upload(
        taken.key,
        `---\ntitle: From ${taken.key}\n${more}\n---\n\nText number ${index}.\n`,
      );
      live.set(taken.key, taken.email);
    } else if (taken.act === 'remove') {
      await fixture.publishFixture.remove(taken.key);
      live.delete(taken.key);
    } else if (taken.act === 'join') {
      for (const cadence of cadences) await fixture.subscribe(taken.readers, cadence, joined);
      joined += taken.readers;
    } else if (taken.act === 'build') {
      if (taken.failAt !== undefined) killAt(taken.failAt, 'request');
      await fixture.publishFixture.deliverAll().catch(() => {});
      revive();
    } else {
      if (taken.failAt !== undefined) killAt(taken.failAt, taken.when);
      await Promise.allSettled(taken.calls.map(({ cadence, day }) => fixture.compose(cadence, time(day))));
      revive();
    }
  }
  fixture.publishFixture.tick();
  await fixture.publishFixture.deliverAll();
  for (const cadence of cadences) await fixture.compose(cadence, time(9));
  await fixture.deliverAll();
  return live;
};

const expectLedger = async (fixture: ComposeIssueFixture, cadence: Cadence, live: ReadonlyMap<string, boolean>) => {
  const issues = await fixture.listIssues(cadence);
  expect(issues.map(({ number }) => number)).toEqual(issues.map((_, index) => index + 1));
  const titles = (await Promise.all(issues.map(({ number }) => fixture.readTitles(`${cadence}-${number}`)))).flat();
  expect(new Set(titles).size, `${cadence}: no article twice`).toBe(titles.length);
  const left = await fixture.services.sentArticles.listPending(cadence, {
    after: (await fixture.services.cadenceStates.get(cadence)).arrival,
    upTo: 999,
  });
  expect(left.entries, `${cadence}: none waits after the last call`).toEqual([]);
  return { issues, titles, live };
};

test('in any order of events, each article is in one issue of each cadence and each reader in one batch', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 20 }), async (steps) => {
      const mortal = await startKillableFixture();
      const { fixture } = mortal;
      try {
        const live = await run(mortal, steps);
        for (const cadence of cadences) {
          const { issues, titles } = await expectLedger(fixture, cadence, live);
          // An article that was for the mail from its first upload to the end, and never left, is in an issue.
          const constant = keys.filter(
            (key) =>
              live.get(key) === true &&
              !steps.some(
                (taken) =>
                  (taken.act === 'remove' && taken.key === key) ||
                  (taken.act === 'upload' && taken.key === key && !taken.email),
              ),
          );
          for (const key of constant) expect(titles, `${cadence}: none lost`).toContain(`From ${key}`);
          const last = issues.at(-1);
          const all = await listActiveReaderKeys(fixture, cadence);
          for (const issue of issues) {
            const batches = await fixture.services.batches.listRange(`${cadence}-${issue.number}`, 1, 999);
            const got = new Set(batches.flatMap(({ recipients }) => recipients.map(({ key }) => key)));
            // Who joined later is not in it; who was there is, once.
            await expectIssueSent(
              fixture,
              issue,
              all.filter((key) => got.has(key)),
            );
          }
          if (last?.at === time(9)) expect(last.planned).toBe(all.length);
        }
      } finally {
        await fixture.stop();
      }
    }),
    { numRuns: 1000 },
  );
});
