import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ComposeIssueFixture, startComposeIssueFixture } from './compose-issue-fixture.ts';

let fixture: ComposeIssueFixture;
beforeEach(async () => {
  fixture = await startComposeIssueFixture();
});
afterEach(() => fixture.stop());

const day = (number: number): string => `2026-11-${String(number).padStart(2, '0')}T07:00:00.000Z`;
const readCorrections = async (name: string): Promise<string[]> => {
  const { corrections = [] } = JSON.parse((await fixture.publishFixture.read('site', `issues/${name}.json`)) ?? '{}');
  return corrections.map(({ correction }: { correction: string }) => correction);
};

test('a correction appears once in the next issue of each cadence that included the article, and on the page', async () => {
  await fixture.publish('a.md', 'Wrong');
  await fixture.compose('daily', day(20));
  await fixture.compose('weekly', day(20));
  await fixture.publish('a.md', 'Right', 'correction: "It was the south bank & not the north."');
  expect(await fixture.publishFixture.read('site', 'articles/wrong')).toContain(
    'It was the south bank &amp; not the north.',
  );
  await fixture.compose('daily', day(21));
  expect(await fixture.listIssues('daily')).toHaveLength(1);
  expect(await fixture.publishFixture.read('site', 'digest/daily.txt')).toContain(
    'It was the south bank & not the north.',
  );
  await fixture.publish('b.md');
  await fixture.compose('daily', day(22));
  await fixture.publish('c.md');
  await fixture.compose('daily', day(23));
  await fixture.compose('weekly', day(23));
  expect(await readCorrections('daily-2')).toEqual(['It was the south bank & not the north.']);
  expect(await readCorrections('daily-3')).toEqual([]);
  expect(await readCorrections('weekly-2')).toEqual(['It was the south bank & not the north.']);
  const issuePage = await fixture.publishFixture.read('site', 'issues/daily-2');
  expect(issuePage).toContain('It was the south bank &amp; not the north.');
  expect(issuePage).toContain('href="/articles/wrong"');
  expect(await fixture.publishFixture.read('site', 'issues/daily-2.txt')).toContain('Corrections:');
  expect(await fixture.publishFixture.read('site', 'issues/daily-3.txt')).not.toContain('Corrections:');
});

test('an article that is corrected before its first issue is simply in it', async () => {
  await fixture.publish('a.md', 'Wrong');
  await fixture.publish('a.md', 'Right', 'correction: It was two.');
  await fixture.compose('daily', day(20));
  await fixture.publish('b.md');
  await fixture.compose('daily', day(21));
  expect(await fixture.readTitles('daily-1')).toEqual(['Right']);
  expect([await readCorrections('daily-1'), await readCorrections('daily-2')]).toEqual([[], []]);
});

test('a further edit keeps the date of a correction and announces nothing; a further correction is announced', async () => {
  await fixture.publish('a.md', 'Wrong');
  await fixture.compose('daily', day(20));
  await fixture.publish('a.md', 'Right', 'correction: It was two.');
  await fixture.publish('b.md');
  await fixture.compose('daily', day(21));
  await fixture.publish('a.md', 'Right, and longer', 'correction: It was two.');
  await fixture.publish('c.md');
  await fixture.compose('daily', day(22));
  await fixture.publish('a.md', 'Right, and longer', 'correction: It was three.');
  await fixture.publish('d.md');
  await fixture.compose('daily', day(23));
  expect([
    await readCorrections('daily-2'),
    await readCorrections('daily-3'),
    await readCorrections('daily-4'),
  ]).toEqual([['It was two.'], [], ['It was three.']]);
});

test('a removed correction, or one of a withdrawn article, is not announced', async () => {
  for (const key of ['a.md', 'b.md']) await fixture.publish(key);
  await fixture.compose('daily', day(20));
  for (const key of ['a.md', 'b.md']) await fixture.publish(key, key, 'correction: Never mind.');
  await fixture.publish('a.md');
  await fixture.withdraw('b.md');
  await fixture.publish('c.md');
  await fixture.compose('daily', day(21));
  expect(await readCorrections('daily-2')).toEqual([]);
});

test('a correction that is too long is refused with a reason', async () => {
  await fixture.publish('a.md', 'Fine', `correction: ${'very '.repeat(120)}long`);
  expect(await fixture.publishFixture.read('internal', 'rejections/a.md.txt')).toContain('at most 500');
});
