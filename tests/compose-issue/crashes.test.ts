import fc from 'fast-check';
import { expect, test } from 'vitest';
import { handleComposeMessage } from '../../functions/compose-issue/handle-compose-message.ts';
import { createInMemoryPublishFixture } from '../publish/in-memory-publish-fixture.ts';
import {
  type ComposeIssueFixture,
  type ComposeIssueFixtureOptions,
  startComposeIssueFixture,
} from './compose-issue-fixture.ts';
import { expectIssueSent, listActiveReaderKeys } from './expect-issue-sent.ts';

const startInMemory = (options: ComposeIssueFixtureOptions = {}): Promise<ComposeIssueFixture> =>
  startComposeIssueFixture({ ...options, createPublishFixture: createInMemoryPublishFixture });

/** Fails the nth request that is made from now on, before it takes effect or after. */
const createFault = () => {
  let left = Number.POSITIVE_INFINITY;
  let fired = false;
  let lose: 'request' | 'answer' = 'request';
  const count = (what: 'request' | 'answer') => (): void => {
    if (what === 'request') left -= 1;
    // Others may be under way: the next answer is lost then.
    if (left <= 0 && lose === what) {
      left = Number.POSITIVE_INFINITY;
      fired = true;
      throw new Error(`the ${what} was lost`);
    }
  };
  return {
    onRequest: count('request'),
    onAnswer: count('answer'),
    plan: (nth: number, what: 'request' | 'answer') => {
      left = nth;
      lose = what;
      fired = false;
    },
    /** Plans none any more, and says whether the planned one came. */
    clear: (): boolean => {
      left = Number.POSITIVE_INFINITY;
      return fired;
    },
  };
};

const time = (number: number): string => new Date(Date.UTC(2026, 10, 1) + number * 86_400_000).toISOString();

/** One issue with a failure at the nth request of its composition; false once there is no such request. */
const composeWithFailure = async (
  fixture: ComposeIssueFixture,
  fault: ReturnType<typeof createFault>,
  { nth, what, round }: { nth: number; what: 'request' | 'answer'; round: number },
): Promise<boolean> => {
  await fixture.publish(`${round}.md`, `Number ${round}`);
  const readers = await listActiveReaderKeys(fixture, 'daily');
  fault.plan(nth, what);
  const failed = await fixture.compose('daily', time(round)).then(
    () => false,
    () => true,
  );
  const fired = fault.clear();
  if (failed) await fixture.compose('daily', time(round));
  await fixture.deliverAll();
  const issues = await fixture.listIssues('daily');
  expect(issues.map(({ number }) => number)).toEqual(issues.map((_, index) => index + 1));
  expect(issues).toHaveLength(round);
  expect(await fixture.readTitles(`daily-${round}`)).toEqual([`Number ${round}`]);
  const last = issues.at(-1);
  if (last) await expectIssueSent(fixture, last, readers);
  expect(
    [...(await fixture.publishFixture.list('internal')).keys()].filter((key) => key.startsWith('drafts/')),
  ).toEqual([]);
  expect(await fixture.publishFixture.read('site', 'digest/daily.txt')).not.toContain(`Number ${round}`);
  return fired;
};

test.each(['request', 'answer'] as const)(
  'a call that loses any one %s, and then comes again, ends as if nothing had happened',
  async (what) => {
    const fault = createFault();
    const fixture = await startInMemory(fault);
    try {
      await fixture.subscribe(120);
      let nth = 1;
      while (await composeWithFailure(fixture, fault, { nth, what, round: nth })) nth += 1;
      expect(nth).toBeGreaterThan(45);
    } finally {
      await fixture.stop();
    }
  },
);

test('a letter of a burst that loses a request, each fourth in turn, has each article once, and so have those that come meanwhile', async () => {
  const fault = createFault();
  let at = Date.UTC(2026, 10, 1);
  const fixture = await startInMemory({
    ...fault,
    settings: { digest: { immediately: { afterMinutes: 5 }, monthly: { day: 1, hour: 7 } } },
    now: () => new Date(at),
  });
  const { issueRequests } = fixture.publishFixture;
  const handle = (message: object | undefined) =>
    handleComposeMessage({ ...fixture.services, now: () => new Date(at) }, message ?? {}, () => 300_000);
  try {
    await fixture.subscribe(60, 'immediately');
    fixture.publishFixture.send({ source: 'seedpress.build' });
    await fixture.publishFixture.deliverAll();
    let known = 0;
    let isFired = true;
    for (let nth = 1; isFired; nth += 4) {
      for (const name of ['a', 'b']) await fixture.publish(`${nth}${name}.md`);
      const [first, second] = issueRequests.splice(0);
      at += 300_000;
      fault.plan(nth, 'request');
      const failed = await handle(first?.message).then(
        () => false,
        () => true,
      );
      isFired = fault.clear();
      await fixture.publish(`${nth}c.md`);
      if (failed) await handle(first?.message);
      at += 300_000;
      for (const message of [second, ...issueRequests.splice(0)]) await handle(message?.message);
      await fixture.deliverAll();
      const readers = await listActiveReaderKeys(fixture, 'immediately');
      const titles: string[] = [];
      for (;;) {
        const name = `immediately-${known + 1}`;
        const issue = await fixture.getIssue(name);
        if (!issue) break;
        known += 1;
        titles.push(...(await fixture.readTitles(name)));
        await expectIssueSent(fixture, issue, readers);
      }
      expect(titles.toSorted()).toEqual(['a', 'b', 'c'].map((name) => `${nth}${name}.md`));
    }
    expect(known).toBeGreaterThan(15);
  } finally {
    await fixture.stop();
  }
});

test('time that runs out again and again hands the rest on, batch by batch', async () => {
  const fixture = await startInMemory();
  try {
    await fixture.subscribe(470);
    await fixture.publish('a.md');
    const readers = await listActiveReaderKeys(fixture, 'daily');
    let looks = 0;
    const { composeIssue } = await import('../../functions/compose-issue/compose-issue.ts');
    // There is time for one batch in each call.
    const briefly = () => (looks++ % 2 === 0 ? 60_000 : 1000);
    let outcome = await composeIssue(fixture.services, { cadence: 'daily', time: time(1) }, briefly);
    let calls = 1;
    for (; outcome === 'continued'; calls += 1) {
      expect(fixture.continuations.splice(0)).toEqual([{ cadence: 'daily', time: time(1) }]);
      outcome = await composeIssue(fixture.services, { cadence: 'daily', time: time(1) }, briefly);
    }
    expect(calls).toBeGreaterThan(9);
    for (const issue of await fixture.listIssues('daily')) await expectIssueSent(fixture, issue, readers);
  } finally {
    await fixture.stop();
  }
});

const composeAtOnce = async (fixture: ComposeIssueFixture): Promise<void> => {
  await fixture.subscribe(430, 'daily');
  await fixture.subscribe(130, 'weekly');
  for (let round = 1; round <= 8; round += 1) {
    await fixture.publish(`${round}.md`, `Number ${round}`);
    const readers = await listActiveReaderKeys(fixture, 'daily');
    await Promise.all([
      ...[1, 2, 3].map(() => fixture.compose('daily', time(round))),
      ...[1, 2].map(() => fixture.compose('weekly', time(round))),
      fixture.publish(`late-${round}.md`, `Late ${round}`),
      fixture.compose('daily', time(round)),
    ]);
    await fixture.deliverAll();
    const issues = await fixture.listIssues('daily');
    expect(issues).toHaveLength(round);
    const last = issues.at(-1);
    if (last) await expectIssueSent(fixture, last, readers);
  }
  await fixture.compose('daily', time(20));
  const titles = await Promise.all(
    (await fixture.listIssues('daily')).map(({ number }) => fixture.readTitles(`daily-${number}`)),
  );
  expect(titles.flat()).toHaveLength(16);
  expect(new Set(titles.flat()).size).toBe(16);
};

const composeWithDifferentRecipients = async (fixture: ComposeIssueFixture): Promise<void> => {
  await fixture.subscribe(430);
  const all = await listActiveReaderKeys(fixture, 'daily');
  const { listRecipients } = fixture.services.subscribers;
  for (let round = 1; round <= 6; round += 1) {
    await fixture.publish(`${round}.md`, `Number ${round}`);
    // The index may lag: each call misses other readers who have just joined.
    const calls = [0, 1, 2].map((call) => {
      const isMissed = (key: string): boolean => Number.parseInt(key.slice(-4), 16) % 11 === call + 1;
      const listSome: typeof listRecipients = async (...range) =>
        (await listRecipients(...range)).filter(({ key }) => !isMissed(key));
      const subscribers = { ...fixture.services.subscribers, listRecipients: listSome };
      return fixture.compose('daily', time(round), { ...fixture.services, subscribers });
    });
    await Promise.all(calls);
    const name = `daily-${round}`;
    const issue = await fixture.getIssue(name);
    const batches = await fixture.services.batches.listRange(name, 1, 999);
    const got = batches.flatMap(({ recipients }) => recipients.map(({ key }) => key));
    expect(got, `round ${round}`).toEqual([...new Set(got)].sort());
    const old = all.filter((key) => ![1, 2, 3].includes(Number.parseInt(key.slice(-4), 16) % 11));
    for (const key of old) expect(got).toContain(key);
    if (issue) await expectIssueSent(fixture, issue, got);
  }
};

test.each([
  ['make one issue, and its batches hold every reader once', composeAtOnce],
  ['that see the recipients differently still make one chain of batches', composeWithDifferentRecipients],
])('calls at once %s, whatever the order of their requests', async (_, compose) => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const fixture = await startInMemory({
        onRequest: (command) => scheduler.schedule(Promise.resolve(), command),
      });
      await scheduler.waitFor(compose(fixture));
    }),
    { numRuns: 3 },
  );
});
