import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ComposingRoom, startComposingRoom } from './composing-room.ts';

let room: ComposingRoom;
beforeEach(async () => {
  room = await startComposingRoom();
});
afterEach(() => room.stop());

const day = (number: number): string => `2026-11-${String(number).padStart(2, '0')}T07:00:00.000Z`;
const notes = async (name: string): Promise<string[]> => {
  const { corrections = [] } = JSON.parse((await room.press.read('site', `issues/${name}.json`)) ?? '{}');
  return corrections.map(({ correction }: { correction: string }) => correction);
};

test('a correction is told once in the next issue of each cadence that carried the article, and stands on the page', async () => {
  await room.publish('a.md', 'Wrong');
  await room.compose('daily', day(20));
  await room.compose('weekly', day(20));
  await room.publish('a.md', 'Right', 'correction: "It was the south bank & not the north."');
  expect(await room.press.read('site', 'articles/wrong')).toContain(
    'It was the south bank &amp; not the north.',
  );
  await room.compose('daily', day(21));
  expect(await room.issues('daily')).toHaveLength(1);
  expect(await room.press.read('site', 'digest/daily.txt')).toContain(
    'It was the south bank & not the north.',
  );
  await room.publish('b.md');
  await room.compose('daily', day(22));
  await room.publish('c.md');
  await room.compose('daily', day(23));
  await room.compose('weekly', day(23));
  expect(await notes('daily-2')).toEqual(['It was the south bank & not the north.']);
  expect(await notes('daily-3')).toEqual([]);
  expect(await notes('weekly-2')).toEqual(['It was the south bank & not the north.']);
  const letter = await room.press.read('site', 'issues/daily-2');
  expect(letter).toContain('It was the south bank &amp; not the north.');
  expect(letter).toContain('https://news.example/articles/wrong');
  expect(await room.press.read('site', 'issues/daily-2.txt')).toContain('Corrections:');
  expect(await room.press.read('site', 'issues/daily-3.txt')).not.toContain('Corrections:');
});

test('an article that is corrected before its first issue is simply in it', async () => {
  await room.publish('a.md', 'Wrong');
  await room.publish('a.md', 'Right', 'correction: It was two.');
  await room.compose('daily', day(20));
  await room.publish('b.md');
  await room.compose('daily', day(21));
  expect(await room.titles('daily-1')).toEqual(['Right']);
  expect([await notes('daily-1'), await notes('daily-2')]).toEqual([[], []]);
});

test('another edit keeps the date of a correction and announces nothing; another correction is told', async () => {
  await room.publish('a.md', 'Wrong');
  await room.compose('daily', day(20));
  await room.publish('a.md', 'Right', 'correction: It was two.');
  await room.publish('b.md');
  await room.compose('daily', day(21));
  await room.publish('a.md', 'Right, and longer', 'correction: It was two.');
  await room.publish('c.md');
  await room.compose('daily', day(22));
  await room.publish('a.md', 'Right, and longer', 'correction: It was three.');
  await room.publish('d.md');
  await room.compose('daily', day(23));
  expect([await notes('daily-2'), await notes('daily-3'), await notes('daily-4')]).toEqual([
    ['It was two.'],
    [],
    ['It was three.'],
  ]);
});

test('a correction that was taken back, or whose article was withdrawn, is not told', async () => {
  for (const key of ['a.md', 'b.md']) await room.publish(key);
  await room.compose('daily', day(20));
  for (const key of ['a.md', 'b.md']) await room.publish(key, key, 'correction: Never mind.');
  await room.publish('a.md');
  await room.withdraw('b.md');
  await room.publish('c.md');
  await room.compose('daily', day(21));
  expect(await notes('daily-2')).toEqual([]);
});

test('a correction too long to be shown is refused, and says so', async () => {
  await room.publish('a.md', 'Fine', `correction: ${'very '.repeat(120)}long`);
  expect(await room.press.read('desk', 'rejections/a.md.txt')).toContain('at most 500');
});
