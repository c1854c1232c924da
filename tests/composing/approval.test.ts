import { afterEach, expect, test } from 'vitest';
import { approvalRoutes } from '../../functions/composing/approval-routes.ts';
import { type ComposingRoom, startComposingRoom } from './composing-room.ts';
import { expectSent, readersOf } from './invariants.ts';

let room: ComposingRoom;
afterEach(() => room.stop());

const day = (number: number): string => `2026-11-${String(number).padStart(2, '0')}T07:00:00.000Z`;

/** A room in which issues are held, with one article waiting and its preview sent. */
const hold = async (): Promise<void> => {
  room = await startComposingRoom({ newsletter: { hold: true } });
  await room.subscribe(70);
  await room.publish('a.md', 'Held');
  await room.publish('b.md', 'Held too');
  expect(await room.compose('daily', day(20))).toBe('held');
};

const app = () => {
  const { publication, render, site, issues, tokenKeys, calls, log } = room.services;
  return approvalRoutes({
    ...{ publication, render, issues, tokenKeys, calls, log },
    site: async () => site,
    now: () => new Date('2026-11-20T08:00:00Z'),
  });
};

const linkOf = (preview: { text: string } | undefined): string =>
  /https:\/\/news\.example(\/subscriptions\/approve\?token=\S+)/.exec(preview?.text ?? '')?.[1] ?? '';

const press = (link: string, decision: string): Promise<Response> =>
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
  await hold();
  expect(room.mails.map(({ to, subject }) => ({ to, subject }))).toEqual([
    { to: 'editor@test.example', subject: 'Approve: Held too and 1 more' },
  ]);
  const link = linkOf(room.mails[0]);
  expect(room.mails[0]?.html).toContain(`https://news.example${link}`);
  expect(room.mails[0]?.html).not.toContain('{{');
  expect(room.mails[0]?.html).not.toContain('/issues/daily-1');
  expect(room.queued).toEqual([]);
  expect(await room.press.read('site', 'issues/daily-1')).toBeUndefined();
  const page = await app().request(link);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('Approve and send');
  expect(await room.issue('daily-1')).toMatchObject({ state: 'held' });
});

test('approved, it goes on from there with what is still there', async () => {
  await hold();
  await room.withdraw('b.md');
  await room.publish('c.md', 'Came later');
  const answer = await press(linkOf(room.mails[0]), 'approve');
  expect(await answer.text()).toContain('The issue was approved');
  await room.settle();
  expect(await room.titles('daily-1')).toEqual(['Held']);
  for (const issue of await room.issues('daily'))
    await expectSent(room, issue, await readersOf(room, 'daily'));
  // Twice is the same as once.
  await press(linkOf(room.mails[0]), 'approve');
  await press(linkOf(room.mails[0]), 'discard');
  await room.settle();
  expect(await room.issues('daily')).toHaveLength(1);
  await room.compose('daily', day(21));
  await press(linkOf(room.mails[1]), 'approve');
  await room.settle();
  expect(await room.titles('daily-2')).toEqual(['Came later']);
});

test('discarded, its articles wait for the next date, and so does its number', async () => {
  await hold();
  const first = linkOf(room.mails[0]);
  expect(await (await press(first, 'discard')).text()).toContain('The issue was discarded');
  await room.settle();
  await room.compose('daily', day(20));
  expect(room.mails).toHaveLength(1);
  await room.compose('daily', day(21));
  expect(room.mails).toHaveLength(2);
  // The link of the discarded issue does not open the one that has its number now.
  expect((await press(first, 'approve')).status).toBe(410);
  expect(await room.issue('daily-1')).toMatchObject({ state: 'held', at: day(21) });
  await press(linkOf(room.mails[1]), 'approve');
  await room.settle();
  expect(await room.titles('daily-1')).toEqual(['Held too', 'Held']);
});

test('while it is held no other is opened, and the log says what it waits for', async () => {
  await hold();
  await room.publish('c.md');
  expect(await room.compose('daily', day(21))).toBe('held');
  expect(room.mails).toHaveLength(1);
  expect(room.log.at(-1)?.message).toBe('the issue waits for approval');
});

test('approved once nothing is left in it, it is no issue', async () => {
  await hold();
  await room.withdraw('a.md');
  await room.withdraw('b.md');
  await press(linkOf(room.mails[0]), 'approve');
  await room.settle();
  expect(await room.issues('daily')).toEqual([]);
  await room.publish('c.md');
  await room.compose('daily', day(21));
  await press(linkOf(room.mails[1]), 'approve');
  await room.settle();
  expect(await room.titles('daily-1')).toEqual(['c.md']);
});

test.each(['', 'nonsense', 'A'.repeat(500)])('the token %j opens nothing', async (token) => {
  await hold();
  expect((await app().request(`/subscriptions/approve?token=${token}`)).status).toBe(410);
  expect((await press(`?token=${token}`, 'approve')).status).toBe(410);
  expect((await press(linkOf(room.mails[0]), 'burn')).status).toBe(410);
  expect(room.calls).toEqual([]);
});

test('a preview that was sent before a failure is sent again, and the issue is held once', async () => {
  let fail = true;
  room = await startComposingRoom({
    newsletter: { hold: true },
    onAnswer: (command) => {
      if (command !== 'SendEmail' || !fail) return;
      fail = false;
      throw new Error('the answer was lost');
    },
  });
  await room.publish('a.md');
  await expect(room.compose('daily', day(20))).rejects.toThrow('the answer was lost');
  expect(await room.compose('daily', day(20))).toBe('held');
  expect(room.mails).toHaveLength(2);
  expect(linkOf(room.mails[0])).toBe(linkOf(room.mails[1]));
});
