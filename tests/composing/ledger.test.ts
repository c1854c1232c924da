import { afterEach, expect, test } from 'vitest';
import { settings } from '../publishing/press.ts';
import { type ComposingRoom, type ComposingRoomOptions, startComposingRoom } from './composing-room.ts';
import { expectSent, readersOf } from './invariants.ts';

let room: ComposingRoom;
const start = async (options?: ComposingRoomOptions) => {
  room = await startComposingRoom(options);
};
afterEach(() => room.stop());

const day = (number: number): string => `2026-11-${String(number).padStart(2, '0')}T07:00:00.000Z`;

test('an issue has what arrived since the last one, newest first, and the next has the rest', async () => {
  await start();
  await room.subscribe(120);
  await room.publish('a.md');
  await room.publish('b.md');
  await room.compose('daily', day(20));
  await room.publish('c.md');
  await room.compose('daily', day(21));
  expect(await room.titles('daily-1')).toEqual(['b.md', 'a.md']);
  expect(await room.titles('daily-2')).toEqual(['c.md']);
  for (const issue of await room.issues('daily'))
    await expectSent(room, issue, await readersOf(room, 'daily'));
  expect(room.queued).toHaveLength(6);
});

test('nothing waiting makes no issue, and the log says so', async () => {
  await start();
  await room.compose('daily', day(20));
  await room.publish('a.md');
  await room.compose('daily', day(21));
  await room.compose('daily', day(22));
  expect(await room.issues('daily')).toHaveLength(1);
  expect(room.log.map(({ message }) => message)).toEqual([
    'no issue: nothing is waiting',
    'issue queued',
    'no issue: nothing is waiting',
  ]);
});

test('a cadence that the settings have later begins with what is announced from then on', async () => {
  const daily = { digest: { daily: { hour: 7 } } };
  await start({ settings: daily });
  await room.publish('a.md');
  await room.compose('daily', day(20));
  await room.publish('b.md');
  const both = room.press.wire({ digest: settings.digest });
  room.press.tick();
  await room.press.settle(both);
  room.press.send({ source: 'seedpress.build' });
  await room.press.settle(both);
  await room.publish('c.md');
  await room.compose('weekly', day(22));
  await room.compose('daily', day(22));
  expect(await room.titles('weekly-1')).toEqual(['c.md']);
  expect(await room.titles('daily-2')).toEqual(['c.md', 'b.md']);
});

test('without readers an issue is frozen all the same, and nothing is queued', async () => {
  await start();
  await room.publish('a.md');
  await room.compose('daily', day(20));
  expect(await room.issue('daily-1')).toMatchObject({ state: 'sending', batches: 0, planned: 0 });
  expect(room.queued).toEqual([]);
});

test('fewer articles than the minimum wait for the next date', async () => {
  await start({ newsletter: { minimumArticles: 2 } });
  await room.publish('a.md');
  await room.compose('daily', day(20));
  expect(await room.issues('daily')).toEqual([]);
  expect(room.log.at(-1)?.message).toBe('no issue: too few articles are waiting');
  await room.publish('b.md');
  await room.compose('daily', day(21));
  expect(await room.titles('daily-1')).toEqual(['b.md', 'a.md']);
});

test('late, back-dated and guessed dates do not matter: what arrived is in the next issue', async () => {
  await start({ now: () => new Date('2026-11-24T12:00:00Z') });
  await room.publish('today.md', 'Today', 'date: 2026-11-24');
  await room.compose('daily', day(24));
  await room.publish('late.md', 'Late', 'date: 2026-11-10');
  await room.publish('ancient.md', 'Ancient', 'date: 2019-01-01');
  await room.compose('daily', day(25));
  expect(await room.titles('daily-2')).toEqual(['Late']);
});

test('an edit does not bring an article back, and the frozen issue stays as it is', async () => {
  await start();
  await room.publish('a.md', 'Before');
  await room.compose('daily', day(20));
  const before = await room.press.read('site', 'issues/daily-1');
  await room.publish('a.md', 'After');
  await room.compose('daily', day(21));
  expect(await room.issues('daily')).toHaveLength(1);
  await room.press.settle(room.press.wire({ title: 'Another title' }, 'another edition'));
  expect(await room.press.read('site', 'issues/daily-1')).toBe(before);
});

test('an article that was withdrawn is not in the issue; one that comes back is in one issue in all', async () => {
  await start();
  await room.publish('a.md');
  await room.publish('b.md');
  await room.withdraw('a.md');
  await room.compose('daily', day(20));
  expect(await room.titles('daily-1')).toEqual(['b.md']);
  await room.withdraw('b.md');
  await room.publish('a.md');
  await room.publish('b.md');
  await room.compose('daily', day(21));
  expect(await room.titles('daily-2')).toEqual(['a.md']);
  await room.withdraw('a.md');
  await room.publish('a.md');
  await room.compose('daily', day(22));
  expect(await room.issues('daily')).toHaveLength(2);
});

test('an article that is not for the mail is covered and not shown', async () => {
  await start();
  await room.publish('a.md');
  await room.publish('quiet.md', 'Quiet', 'email: false');
  await room.compose('daily', day(20));
  expect(await room.titles('daily-1')).toEqual(['a.md']);
  await room.publish('quiet.md', 'Quiet', 'email: true');
  await room.compose('daily', day(21));
  expect(await room.issues('daily')).toHaveLength(1);
});

test('a call that comes twice, or again after the issue went out, makes no second one', async () => {
  await start();
  await room.subscribe(3);
  await room.publish('a.md');
  await room.compose('daily', day(20));
  await room.publish('b.md');
  await room.compose('daily', day(20));
  expect(await room.issues('daily')).toHaveLength(1);
  expect(room.log.at(-1)?.message).toBe('no issue: one was opened for this time');
});

test('missed runs are made up for, and a clock that goes back loses nothing', async () => {
  await start();
  await room.publish('a.md');
  await room.compose('daily', day(25));
  await room.publish('b.md');
  await room.compose('daily', day(3));
  await room.publish('c.md');
  await room.publish('d.md');
  await room.compose('daily', day(28));
  expect(await room.titles('daily-2')).toEqual(['b.md']);
  expect(await room.titles('daily-3')).toEqual(['d.md', 'c.md']);
});

test('each cadence has a ledger of its own, and readers of its own', async () => {
  await start();
  await room.subscribe(3, 'daily');
  await room.subscribe(60, 'weekly');
  await room.publish('a.md');
  await room.compose('daily', day(20));
  await room.publish('b.md');
  await room.compose('daily', day(21));
  await room.compose('weekly', day(21));
  expect(await room.titles('weekly-1')).toEqual(['b.md', 'a.md']);
  for (const cadence of ['daily', 'weekly'] as const)
    for (const issue of await room.issues(cadence))
      await expectSent(room, issue, await readersOf(room, cadence));
});

test('of more than a hundred the newest are shown, the letter says that there are more, and none waits any longer', async () => {
  await start();
  for (let index = 0; index < 103; index += 1)
    await room.press.upload(`${index}.md`, `---\ntitle: Number ${index}\n---\n\nText.\n`);
  await room.press.settle();
  await room.compose('daily', day(20));
  expect(await room.titles('daily-1')).toHaveLength(100);
  expect(await room.press.read('site', 'issues/daily-1')).toContain('Older articles that were waiting');
  await room.compose('daily', day(21));
  expect(await room.issues('daily')).toHaveLength(1);
}, 60_000);

test('the next digest shows what waits, and the archive and feeds of issues follow the issue', async () => {
  await start();
  await room.publish('a.md', 'Covered');
  expect(await room.press.read('site', 'issues')).toContain('Nothing has been published here yet');
  await room.compose('daily', day(20));
  await room.settle();
  expect(await room.press.read('site', 'digest/daily.txt')).not.toContain('Covered');
  expect(await room.press.read('site', 'digest/weekly.txt')).toContain('Covered');
  expect(await room.press.read('site', 'issues')).toContain('href="/issues/daily-1"');
  expect(await room.press.read('site', 'issues/2026')).toContain('href="/issues/daily-1"');
  expect(await room.press.read('site', 'archive')).toContain('href="/issues"');
  for (const feed of ['rss.xml', 'atom.xml', 'feed.json']) {
    expect(await room.press.read('site', `issues/${feed}`)).toContain('https://news.example/issues/daily-1');
    expect(await room.press.read('site', `issues/${feed}`)).toContain(
      'https://news.example/articles/covered',
    );
  }
});

test('the mailed letter has places for each reader, and its copy on the web plain links', async () => {
  await start();
  await room.publish('a.md', 'Braces {{unsubscribe}} in a title');
  await room.compose('daily', day(20));
  const letter = JSON.parse((await room.press.read('desk', 'issues/daily-1.json')) ?? '{}');
  expect(letter.html.match(/\{\{\w+\}\}/g).sort()).toEqual([
    '{{preferences}}',
    '{{unsubscribe}}',
    '{{unsubscribe}}',
  ]);
  expect(letter.text.match(/\{\{\w+\}\}/g).sort()).toEqual([
    '{{preferences}}',
    '{{unsubscribe}}',
    '{{unsubscribe}}',
  ]);
  const copy = await room.press.read('site', 'issues/daily-1');
  expect(copy).not.toMatch(/\{\{/);
  expect(copy).toContain('href="https://news.example/subscribe"');
  expect(copy).toContain('November 20, 2026');
});
