import { afterEach, expect, test } from 'vitest';
import { createApprovalApp, findApprovalLink } from './approval-app.ts';
import { type ComposeIssueFixture, startComposeIssueFixture } from './compose-issue-fixture.ts';
import { expectIssueSent, listActiveReaderKeys } from './expect-issue-sent.ts';

let fixture: ComposeIssueFixture;
afterEach(() => fixture.stop());

const day = (number: number): string => `2026-11-${String(number).padStart(2, '0')}T07:00:00.000Z`;

/** A fixture in which issues are held, with one article waiting and its preview sent. */
const holdIssue = async (): Promise<void> => {
  fixture = await startComposeIssueFixture({ newsletter: { hold: true } });
  await fixture.subscribe(70);
  await fixture.publish('a.md', 'Held');
  await fixture.publish('b.md', 'Held too');
  expect(await fixture.compose('daily', day(20))).toBe('held');
};

const app = () => createApprovalApp(fixture);

const submitDecision = (link: string, decision: string): Promise<Response> =>
  Promise.resolve(
    app().request('/subscriptions/approve', {
      method: 'POST',
      body: new URLSearchParams({
        token: new URLSearchParams(link.split('?')[1]).get('token') ?? '',
        decision,
      }),
    }),
  );

test('a held issue is sent to the operator alone, with a link to approve it, and frozen nowhere', async () => {
  await holdIssue();
  expect(fixture.mails.map(({ to, subject }) => ({ to, subject }))).toEqual([
    { to: 'editor@test.example', subject: 'Approve: Held too and 1 more' },
  ]);
  const link = findApprovalLink(fixture.mails[0]);
  expect(fixture.mails[0]?.html).toContain(`https://news.example${link}`);
  expect(fixture.mails[0]?.html).not.toContain('{{');
  expect(fixture.mails[0]?.html).not.toContain('/issues/daily-1');
  expect(fixture.queuedBatches).toEqual([]);
  expect(await fixture.publishFixture.read('site', 'issues/daily-1')).toBeUndefined();
  const page = await app().request(link);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('Approve and send');
  expect(await fixture.getIssue('daily-1')).toMatchObject({ state: 'held' });
});

test('approved, it goes on from there with what is still there', async () => {
  await holdIssue();
  await fixture.withdraw('b.md');
  await fixture.publish('c.md', 'Came later');
  const answer = await submitDecision(findApprovalLink(fixture.mails[0]), 'approve');
  expect(await answer.text()).toContain('The issue was approved');
  await fixture.deliverAll();
  expect(await fixture.readTitles('daily-1')).toEqual(['Held']);
  for (const issue of await fixture.listIssues('daily'))
    await expectIssueSent(fixture, issue, await listActiveReaderKeys(fixture, 'daily'));
  // Twice is the same as once.
  await submitDecision(findApprovalLink(fixture.mails[0]), 'approve');
  await submitDecision(findApprovalLink(fixture.mails[0]), 'discard');
  await fixture.deliverAll();
  expect(await fixture.listIssues('daily')).toHaveLength(1);
  await fixture.compose('daily', day(21));
  await submitDecision(findApprovalLink(fixture.mails[1]), 'approve');
  await fixture.deliverAll();
  expect(await fixture.readTitles('daily-2')).toEqual(['Came later']);
});

test('discarded, its articles wait for the next date, and so does its number', async () => {
  await holdIssue();
  const first = findApprovalLink(fixture.mails[0]);
  expect(await (await submitDecision(first, 'discard')).text()).toContain('The issue was discarded');
  await fixture.deliverAll();
  await fixture.compose('daily', day(20));
  expect(fixture.mails).toHaveLength(1);
  await fixture.compose('daily', day(21));
  expect(fixture.mails).toHaveLength(2);
  // The link of the discarded issue does not open the one that has its number now.
  expect((await submitDecision(first, 'approve')).status).toBe(410);
  expect(await fixture.getIssue('daily-1')).toMatchObject({ state: 'held', at: day(21) });
  await submitDecision(findApprovalLink(fixture.mails[1]), 'approve');
  await fixture.deliverAll();
  expect(await fixture.readTitles('daily-1')).toEqual(['Held too', 'Held']);
});

test('while it is held no other is opened, and the log says what it waits for', async () => {
  await holdIssue();
  await fixture.publish('c.md');
  expect(await fixture.compose('daily', day(21))).toBe('held');
  expect(fixture.mails).toHaveLength(1);
  expect(fixture.log.at(-1)?.message).toBe('the issue waits for approval');
});

test('approved once nothing is left in it, it is no issue', async () => {
  await holdIssue();
  await fixture.withdraw('a.md');
  await fixture.withdraw('b.md');
  await submitDecision(findApprovalLink(fixture.mails[0]), 'approve');
  await fixture.deliverAll();
  expect(await fixture.listIssues('daily')).toEqual([]);
  await fixture.publish('c.md');
  await fixture.compose('daily', day(21));
  await submitDecision(findApprovalLink(fixture.mails[1]), 'approve');
  await fixture.deliverAll();
  expect(await fixture.readTitles('daily-1')).toEqual(['c.md']);
});

test.each(['', 'nonsense', 'A'.repeat(500)])('the token %j opens nothing', async (token) => {
  await holdIssue();
  expect((await app().request(`/subscriptions/approve?token=${token}`)).status).toBe(410);
  expect((await submitDecision(`?token=${token}`, 'approve')).status).toBe(410);
  expect((await submitDecision(findApprovalLink(fixture.mails[0]), 'burn')).status).toBe(410);
  expect(fixture.continuations).toEqual([]);
});

test('decisions on one issue are capped, and its requests are limited', async () => {
  await holdIssue();
  const link = findApprovalLink(fixture.mails[0]);
  const statuses: number[] = [];
  for (let time = 0; time < 32; time += 1) statuses.push((await submitDecision(link, 'approve')).status);
  expect(statuses.slice(28)).toEqual([200, 200, 429, 429]);
  expect(fixture.continuations).toHaveLength(30);
  const large = await app().request('/subscriptions/approve', {
    method: 'POST',
    body: new URLSearchParams({ decision: 'approve', token: 'A'.repeat(9000) }),
  });
  expect(large.status).toBe(413);
});

test('a preview that was sent before a failure is sent again, and the issue is held once', async () => {
  let fail = true;
  fixture = await startComposeIssueFixture({
    newsletter: { hold: true },
    onAnswer: (command) => {
      if (command !== 'SendEmail' || !fail) return;
      fail = false;
      throw new Error('the answer was lost');
    },
  });
  await fixture.publish('a.md');
  await expect(fixture.compose('daily', day(20))).rejects.toThrow('the answer was lost');
  expect(await fixture.compose('daily', day(20))).toBe('held');
  expect(fixture.mails).toHaveLength(2);
  expect(findApprovalLink(fixture.mails[0])).toBe(findApprovalLink(fixture.mails[1]));
});
