import { expect, test } from 'vitest';
import { createBuildStore } from '../../../../functions/adapters/table/build.ts';
import { createCadenceStateStore } from '../../../../functions/adapters/table/cadence-states.ts';
import { createIssueStore } from '../../../../functions/adapters/table/issues.ts';
import { createSentArticleStore } from '../../../../functions/adapters/table/sent-articles.ts';
import { parsePublication } from '../../../../functions/core/publication.ts';
import { findNextIssue, requireCadence } from '../../../../infra/cli/newsletter/find-next-issue.ts';
import { requestIssue } from '../../../../infra/cli/newsletter/request-issue.ts';
import { tidesEntry } from '../../../core/site/sample-entries.ts';
import { createInMemoryTable } from '../../../in-memory-table.ts';

const at = '2026-11-24T08:00:00.000Z';

/** A ledger with so many articles after the arrival that is covered, and what answers a call. */
const createIssueStub = (articles: number, minimumArticles = 1) => {
  const table = createInMemoryTable();
  const calls: object[] = [];
  const ledger = {
    publication: parsePublication({
      id: 'harbour',
      title: 'Harbour',
      description: 'News.',
      language: 'en',
      timeZone: 'Europe/Lisbon',
      author: { name: 'Ana' },
      sender: { name: 'Harbour', email: 'news@harbour.example' },
      postalAddress: 'Harbour 1',
      digest: { daily: { hour: 7 } },
      newsletter: { minimumArticles },
    }),
    build: {
      ...createBuildStore(table),
      get: async () => ({ ...(await createBuildStore(table).get()), announced: articles }),
    },
    issues: createIssueStore(table),
    cadenceStates: createCadenceStateStore(table),
    sentArticles: {
      ...createSentArticleStore(table),
      listPending: async (_: unknown, { after, upTo }: { after: number; upTo: number }) => ({
        entries: Array.from({ length: Math.max(0, upTo - after) }, () => tidesEntry),
        arrivals: Array.from({ length: Math.max(0, upTo - after) }, (_each, index) => upTo - index),
        upTo,
        hasMore: false,
        corrections: [],
      }),
    },
    now: () => new Date(at),
    answer: async (): Promise<void> => undefined,
    issuesQueue: {
      send: async (message: object) => {
        calls.push(message);
        await ledger.answer();
      },
    },
    sent: calls,
  };
  return ledger;
};
const opening = { number: 1, at, after: 0, upTo: 2 };

test('the message is that of the schedule, and the issue that came of it is named', async () => {
  const ledger = createIssueStub(2);
  ledger.answer = async () =>
    void (await ledger.cadenceStates.openIssue('daily', await ledger.cadenceStates.get('daily'), opening));
  expect(await requestIssue(ledger, { cadence: 'daily' })).toEqual({ name: 'daily-1' });
  expect(ledger.sent).toEqual([{ cadence: 'daily', time: at }]);
});

test('an issue that is composed whole between two reads is named, too', async () => {
  const ledger = createIssueStub(2);
  const { get } = ledger.cadenceStates;
  let composesAfterNextRead = false;
  ledger.answer = async () => {
    composesAfterNextRead = true;
  };
  ledger.cadenceStates.get = async (cadence) => {
    const state = await get(cadence);
    if (!composesAfterNextRead) return state;
    composesAfterNextRead = false;
    await ledger.cadenceStates.openIssue('daily', state, opening);
    await ledger.cadenceStates.markCovered('daily', opening);
    await ledger.cadenceStates.closeIssue('daily', opening);
    return state;
  };
  expect(await requestIssue(ledger, { cadence: 'daily' })).toEqual({ name: 'daily-1' });
});

test('where nothing waits, or too little, nothing is called for', async () => {
  const [none, few] = [createIssueStub(0), createIssueStub(2, 3)];
  expect(await requestIssue(none, { cadence: 'daily' })).toEqual({
    none: 'Nothing is waiting for the next daily issue.',
  });
  expect(await requestIssue(few, { cadence: 'daily' })).toEqual({
    none: '2 articles are waiting for the next daily issue, which needs 3.',
  });
  expect([...none.sent, ...few.sent]).toEqual([]);
});

test('when another call was faster, it says that nothing waits any more', async () => {
  const ledger = createIssueStub(2);
  ledger.answer = async () => {
    const other = { ...opening, at: '2026-11-24T07:59:59.000Z' };
    await ledger.cadenceStates.openIssue('daily', await ledger.cadenceStates.get('daily'), other);
    await ledger.cadenceStates.markCovered('daily', other);
    await ledger.cadenceStates.closeIssue('daily', other);
  };
  expect(await requestIssue(ledger, { cadence: 'daily' })).toEqual({
    none: 'Nothing is waiting for the next daily issue.',
  });
});

test('an issue that is settled is not the next one any more, though it is under way', async () => {
  const ledger = createIssueStub(5);
  const state = await ledger.cadenceStates.get('daily');
  const earlier = { ...opening, at: '2026-11-24T07:00:00.000Z' };
  await ledger.cadenceStates.openIssue('daily', state, earlier);
  const counts = { articles: 2, batches: 0, planned: 0, queued: 0, revision: 0 };
  const issue = { cadence: 'daily', ...earlier, subject: '', state: 'composing', ...counts } as const;
  await ledger.issues.create(issue);
  expect(await findNextIssue(ledger, 'daily')).toMatchObject({ number: 1, after: 0, upTo: 2 });
  await ledger.issues.advance(issue, { state: 'frozen' });
  expect(await findNextIssue(ledger, 'daily')).toMatchObject({ number: 2, after: 2, upTo: 5, articles: 3 });
});

test('a cadence that the publication has not is not found', () => {
  const { publication } = createIssueStub(0);
  expect(() => requireCadence(publication, 'daily')).not.toThrow();
  expect(() => requireCadence(publication, 'weekly')).toThrow('The publication offers no weekly issues.');
});
