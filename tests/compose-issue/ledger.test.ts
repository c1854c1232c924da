import { afterEach, expect, test } from 'vitest';
import { maxDigestBytes } from '../../functions/core/newsletter/digest/build-digest.ts';
import { createInMemoryPublishFixture } from '../publish/in-memory-publish-fixture.ts';
import { baseSettings } from '../publish/publish-fixture.ts';
import {
  type ComposeIssueFixture,
  type ComposeIssueFixtureOptions,
  startComposeIssueFixture,
} from './compose-issue-fixture.ts';
import { expectIssueSent, listActiveReaderKeys } from './expect-issue-sent.ts';

let fixture: ComposeIssueFixture;
const start = async (options?: ComposeIssueFixtureOptions) => {
  fixture = await startComposeIssueFixture(options);
};
afterEach(() => fixture.stop());

const day = (number: number): string => `2026-11-${String(number).padStart(2, '0')}T07:00:00.000Z`;

test('an issue has what arrived since the last one, newest first, and the next has the rest', async () => {
  await start();
  await fixture.subscribe(120);
  await fixture.publish('a.md');
  await fixture.publish('b.md');
  await fixture.compose('daily', day(20));
  await fixture.publish('c.md');
  await fixture.compose('daily', day(21));
  expect(await fixture.readTitles('daily-1')).toEqual(['b.md', 'a.md']);
  expect(await fixture.readTitles('daily-2')).toEqual(['c.md']);
  for (const issue of await fixture.listIssues('daily'))
    await expectIssueSent(fixture, issue, await listActiveReaderKeys(fixture, 'daily'));
  expect(fixture.queuedBatches).toHaveLength(6);
});

test('without pending articles there is no issue, and the log says so', async () => {
  await start();
  await fixture.compose('daily', day(20));
  await fixture.publish('a.md');
  await fixture.compose('daily', day(21));
  await fixture.compose('daily', day(22));
  expect(await fixture.listIssues('daily')).toHaveLength(1);
  expect(fixture.log.map(({ message }) => message)).toEqual([
    'no issue: nothing is waiting',
    'issue queued',
    'no issue: nothing is waiting',
  ]);
});

test('a cadence that the settings have later begins with what is announced from then on', async () => {
  const daily = { digest: { daily: { hour: 7 } } };
  await start({ settings: daily });
  await fixture.publish('a.md');
  await fixture.compose('daily', day(20));
  await fixture.publish('b.md');
  const both = fixture.publishFixture.createFixtureServices({ digest: baseSettings.digest });
  fixture.publishFixture.tick();
  await fixture.publishFixture.deliverAll(both);
  fixture.publishFixture.send({ source: 'seedpress.build' });
  await fixture.publishFixture.deliverAll(both);
  await fixture.publish('c.md');
  await fixture.compose('weekly', day(22));
  await fixture.compose('daily', day(22));
  expect(await fixture.readTitles('weekly-1')).toEqual(['c.md']);
  expect(await fixture.readTitles('daily-2')).toEqual(['c.md', 'b.md']);
});

test('without readers an issue is frozen all the same, and nothing is queued', async () => {
  await start();
  await fixture.publish('a.md');
  await fixture.compose('daily', day(20));
  expect(await fixture.getIssue('daily-1')).toMatchObject({ state: 'sending', batches: 0, planned: 0 });
  expect(fixture.queuedBatches).toEqual([]);
});

test('fewer articles than the minimum wait for the next date', async () => {
  await start({ newsletter: { minimumArticles: 2 } });
  await fixture.publish('a.md');
  await fixture.compose('daily', day(20));
  expect(await fixture.listIssues('daily')).toEqual([]);
  expect(fixture.log.at(-1)?.message).toBe('no issue: too few articles are waiting');
  await fixture.publish('b.md');
  await fixture.compose('daily', day(21));
  expect(await fixture.readTitles('daily-1')).toEqual(['b.md', 'a.md']);
});

test('late, back-dated and guessed dates do not matter: what arrived is in the next issue', async () => {
  await start({ now: () => new Date('2026-11-24T12:00:00Z') });
  await fixture.publish('today.md', 'Today', 'date: 2026-11-24');
  await fixture.compose('daily', day(24));
  await fixture.publish('late.md', 'Late', 'date: 2026-11-10');
  await fixture.publish('ancient.md', 'Ancient', 'date: 2019-01-01');
  await fixture.compose('daily', day(25));
  expect(await fixture.readTitles('daily-2')).toEqual(['Late']);
});

test('an edit does not bring an article back, and the frozen issue stays as it is', async () => {
  await start();
  await fixture.publish('a.md', 'Before');
  await fixture.compose('daily', day(20));
  const before = await fixture.publishFixture.read('site', 'issues/daily-1');
  await fixture.publish('a.md', 'After');
  await fixture.compose('daily', day(21));
  expect(await fixture.listIssues('daily')).toHaveLength(1);
  await fixture.publishFixture.deliverAll(
    fixture.publishFixture.createFixtureServices({ title: 'Another title' }, 'another build version'),
  );
  expect(await fixture.publishFixture.read('site', 'issues/daily-1')).toBe(before);
});

test('an article that was withdrawn is not in the issue; one that comes back is in one issue in all', async () => {
  await start();
  await fixture.publish('a.md');
  await fixture.publish('b.md');
  await fixture.withdraw('a.md');
  await fixture.compose('daily', day(20));
  expect(await fixture.readTitles('daily-1')).toEqual(['b.md']);
  await fixture.withdraw('b.md');
  await fixture.publish('a.md');
  await fixture.publish('b.md');
  await fixture.compose('daily', day(21));
  expect(await fixture.readTitles('daily-2')).toEqual(['a.md']);
  await fixture.withdraw('a.md');
  await fixture.publish('a.md');
  await fixture.compose('daily', day(22));
  expect(await fixture.listIssues('daily')).toHaveLength(2);
});

test('an article that is not for the mail is covered and not shown', async () => {
  await start();
  await fixture.publish('a.md');
  await fixture.publish('quiet.md', 'Quiet', 'email: false');
  await fixture.compose('daily', day(20));
  expect(await fixture.readTitles('daily-1')).toEqual(['a.md']);
  await fixture.publish('quiet.md', 'Quiet', 'email: true');
  await fixture.compose('daily', day(21));
  expect(await fixture.listIssues('daily')).toHaveLength(1);
});

test('a call that is repeated, also after the issue was sent, creates no second issue', async () => {
  await start();
  await fixture.subscribe(3);
  await fixture.publish('a.md');
  await fixture.compose('daily', day(20));
  await fixture.publish('b.md');
  await fixture.compose('daily', day(20));
  expect(await fixture.listIssues('daily')).toHaveLength(1);
  expect(fixture.log.at(-1)?.message).toBe('no issue: one was opened for this time');
});

test('missed runs are made up for, and a clock that goes back loses nothing', async () => {
  await start();
  await fixture.publish('a.md');
  await fixture.compose('daily', day(25));
  await fixture.publish('b.md');
  await fixture.compose('daily', day(3));
  await fixture.publish('c.md');
  await fixture.publish('d.md');
  await fixture.compose('daily', day(28));
  expect(await fixture.readTitles('daily-2')).toEqual(['b.md']);
  expect(await fixture.readTitles('daily-3')).toEqual(['d.md', 'c.md']);
});

test('each cadence has its own ledger and its own readers', async () => {
  await start();
  await fixture.subscribe(3, 'daily');
  await fixture.subscribe(60, 'weekly');
  await fixture.publish('a.md');
  await fixture.compose('daily', day(20));
  await fixture.publish('b.md');
  await fixture.compose('daily', day(21));
  await fixture.compose('weekly', day(21));
  expect(await fixture.readTitles('weekly-1')).toEqual(['b.md', 'a.md']);
  for (const cadence of ['daily', 'weekly'] as const)
    for (const issue of await fixture.listIssues(cadence))
      await expectIssueSent(fixture, issue, await listActiveReaderKeys(fixture, cadence));
});

test('more articles than an issue has space for are in the next ones, each in one, the earliest first', async () => {
  fixture = await startComposeIssueFixture({ createPublishFixture: createInMemoryPublishFixture });
  const count = 510;
  for (let index = 0; index < count; index += 1)
    await fixture.publishFixture.upload(`${index}.md`, `---\ntitle: Number ${index}\n---\n\nText ${index}.\n`);
  await fixture.publishFixture.deliverAll();
  const numbers: number[][] = [];
  for (let date = 20; date < 30; date += 1) {
    await fixture.compose('daily', day(date));
    await fixture.deliverAll();
    const name = `daily-${date - 19}`;
    const titles = await fixture.readTitles(name).catch(() => []);
    if (titles.length === 0) break;
    const { html } = JSON.parse((await fixture.publishFixture.read('internal', `issues/${name}.json`)) ?? '{}');
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(maxDigestBytes);
    for (const title of titles) expect(html).toContain(`>${title}<`);
    expect(html).not.toMatch(/And \d+ more in the archive/);
    const next = await fixture.publishFixture.read('site', 'digest/daily.txt');
    const mailed = new Set(numbers.flat().concat(titles.map((title) => Number(title.split(' ')[1]))));
    expect(html.includes('More articles follow in the next issue')).toBe(mailed.size < count);
    if (mailed.size < count) expect(next).toContain('Number ');
    numbers.push(titles.map((title) => Number(title.split(' ')[1])));
  }
  const all = numbers.flat();
  expect(all.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index));
  expect(numbers.length).toBeGreaterThan(2);
  expect(await fixture.listIssues('daily')).toHaveLength(numbers.length);
  const warnings = fixture.log.filter(({ message }) => message.startsWith('more articles are waiting'));
  expect(warnings).toHaveLength(numbers.length - 1);
});

test('the next digest shows what waits, and the archive and feeds of issues follow the issue', async () => {
  await start();
  await fixture.publish('a.md', 'Covered');
  expect(await fixture.publishFixture.read('site', 'issues')).toContain('Nothing has been published here yet');
  await fixture.compose('daily', day(20));
  await fixture.deliverAll();
  expect(await fixture.publishFixture.read('site', 'digest/daily.txt')).not.toContain('Covered');
  expect(await fixture.publishFixture.read('site', 'digest/weekly.txt')).toContain('Covered');
  expect(await fixture.publishFixture.read('site', 'issues')).toContain('href="/issues/daily-1"');
  expect(await fixture.publishFixture.read('site', 'issues/2026')).toContain('href="/issues/daily-1"');
  expect(await fixture.publishFixture.read('site', 'archive')).toContain('href="/issues"');
  for (const feed of ['rss.xml', 'atom.xml', 'feed.json']) {
    expect(await fixture.publishFixture.read('site', `issues/${feed}`)).toContain(
      'https://news.example/issues/daily-1',
    );
    expect(await fixture.publishFixture.read('site', `issues/${feed}`)).toContain(
      'https://news.example/articles/covered',
    );
  }
});

test('the mailed issue has placeholders for each reader, and its web version plain links', async () => {
  await start();
  await fixture.publish('a.md', 'Braces {{unsubscribe}} in a title');
  await fixture.compose('daily', day(20));
  const issueMail = JSON.parse((await fixture.publishFixture.read('internal', 'issues/daily-1.json')) ?? '{}');
  expect(issueMail.html.match(/\{\{\w+\}\}/g).sort()).toEqual([
    '{{preferences}}',
    '{{unsubscribe}}',
    '{{unsubscribe}}',
  ]);
  expect(issueMail.text.match(/\{\{\w{2,}\}\}/g).sort()).toEqual([
    '{{preferences}}',
    '{{unsubscribe}}',
    '{{unsubscribe}}',
  ]);
  const issuePage = await fixture.publishFixture.read('site', 'issues/daily-1');
  expect(issuePage).toContain('Braces {{unsubscribe}} in a title</a></h2>');
  expect(issuePage).toContain('href="/subscribe"');
  expect(issuePage).toContain('November 20, 2026');
  const issueText = await fixture.publishFixture.read('site', 'issues/daily-1.txt');
  expect(issueText).toContain('Braces {{unsubscribe}} in a title');
  for (const document of [issuePage, issueText]) expect(document).not.toContain('Unsubscribe');
});

test('the page of an issue is one of the site, and links to the issues before and after it', async () => {
  await start();
  for (const number of [1, 2, 3]) {
    await fixture.publish(`${number}.md`, `Story ${number}`);
    await fixture.compose('daily', day(19 + number));
  }
  const readPage = async (name: string): Promise<string> => (await fixture.publishFixture.read('site', name)) ?? '';
  const [first, second, third] = await Promise.all(
    ['issues/daily-1', 'issues/daily-2', 'issues/daily-3'].map(readPage),
  );
  for (const page of [first, second, third]) {
    expect(page).toContain('<main id="page-content"');
    expect(page).toContain('<nav class="sections"');
    expect(page).toContain('<form method="post" action="/subscriptions">');
    expect(page).not.toMatch(/ style="|\{\{/);
  }
  const findLinks = (page = ''): (string | undefined)[] =>
    ['prev', 'next'].map((rel) => new RegExp(`<a href="([^"]*)" rel="${rel}"`).exec(page)?.[1]);
  expect([first, second, third].map(findLinks)).toEqual([
    [undefined, '/issues/daily-2'],
    ['/issues/daily-1', '/issues/daily-3'],
    ['/issues/daily-2', undefined],
  ]);
  expect(second).toContain('Earlier: Story 1</a>');
});
