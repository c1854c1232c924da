import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { Issue, IssueEdits } from '../../functions/core/newsletter/issue/issue-record.ts';
import { createInMemoryPublishFixture } from '../publish/in-memory-publish-fixture.ts';
import { type ComposeIssueFixture, startComposeIssueFixture } from './compose-issue-fixture.ts';

let fixture: ComposeIssueFixture;
afterEach(() => fixture.stop());

const start = async (): Promise<void> => {
  fixture = await startComposeIssueFixture({
    newsletter: { hold: true },
    createPublishFixture: createInMemoryPublishFixture,
  });
};

const day = (number: number): string => `2026-11-${String(number).padStart(2, '0')}T07:00:00.000Z`;

/** A held issue of articles with these titles, the last one the newest. */
const holdIssue = async (...titles: readonly string[]): Promise<void> => {
  await start();
  await fixture.subscribe(3);
  for (const title of titles) await fixture.publish(`${title}.md`, title);
  await fixture.compose('daily', day(20));
};

const getIssue = async (name: string): Promise<Issue> => {
  const issue = await fixture.getIssue(name);
  if (!issue) throw new Error(`there is no issue ${name}`);
  return issue;
};

const findId = async (title: string): Promise<string> => {
  const { entries } = await fixture.services.sentArticles.listPending('daily', { after: 0, upTo: 100 });
  return entries.find((entry) => entry.title === title)?.id ?? '';
};

const edit = async (name: string, edits: IssueEdits): Promise<Issue | undefined> => {
  const edited = await fixture.services.issues.edit(await getIssue(name), edits);
  await fixture.compose('daily');
  return edited;
};

const send = async (name: string): Promise<void> => {
  await fixture.services.issues.advance(await getIssue(name), { state: 'approved' });
  await fixture.compose('daily');
  await fixture.deliverAll();
};

test('an edited issue is previewed again, and sent with its introduction, subject and order', async () => {
  await holdIssue('One', 'Two', 'Three');
  await edit('daily-1', {
    introduction: 'Dear readers, **three** [stories](https://other.example/).\n\n<script>no</script>',
    chosenSubject: 'A quiet week',
    order: [await findId('Two')],
  });
  expect(fixture.mails.map(({ subject }) => subject)).toEqual(['Approve: Three and 2 more', 'Approve: A quiet week']);
  expect(fixture.mails[1]?.html).toContain('<strong>three</strong>');
  expect(fixture.mails[1]?.text).toContain('Dear readers, three stories.\n\n- stories:\n  https://other.example/');
  await send('daily-1');
  expect(await fixture.readTitles('daily-1')).toEqual(['Two', 'Three', 'One']);
  const page = await fixture.publishFixture.read('site', 'issues/daily-1');
  expect(page).toContain('<strong>three</strong>');
  expect(page).not.toContain('<script');
  expect(await getIssue('daily-1')).toMatchObject({ state: 'sending', subject: 'A quiet week' });
});

test('what is left out is in the next issue, once', async () => {
  await holdIssue('One', 'Two', 'Three');
  await edit('daily-1', { leftOut: [await findId('Two')] });
  await send('daily-1');
  expect(await fixture.readTitles('daily-1')).toEqual(['Three', 'One']);
  await fixture.publish('Four.md', 'Four');
  await fixture.compose('daily', day(21));
  await send('daily-2');
  expect(await fixture.readTitles('daily-2')).toEqual(['Four', 'Two']);
  await fixture.publish('Five.md', 'Five');
  await fixture.compose('daily', day(22));
  await send('daily-3');
  expect(await fixture.readTitles('daily-3')).toEqual(['Five']);
});

test('what is left out makes a next issue alone', async () => {
  await holdIssue('One', 'Two');
  await edit('daily-1', { leftOut: [await findId('Two')] });
  await send('daily-1');
  await fixture.compose('daily', day(21));
  expect((await getIssue('daily-2')).subject).toBe('Two');
  await send('daily-2');
  expect(await fixture.readTitles('daily-2')).toEqual(['Two']);
  await fixture.compose('daily', day(22));
  expect(await fixture.getIssue('daily-3')).toBeUndefined();
});

test('an issue that leaves everything out stays held, and sends nothing if it is approved', async () => {
  await holdIssue('One', 'Two');
  await edit('daily-1', { leftOut: [await findId('One'), await findId('Two')] });
  expect(fixture.mails).toHaveLength(1);
  expect(await getIssue('daily-1')).toMatchObject({ state: 'held', previewed: 1, articles: 0 });
  await send('daily-1');
  expect(await fixture.listIssues('daily')).toEqual([]);
  await fixture.compose('daily', day(21));
  expect(await getIssue('daily-1')).toMatchObject({ state: 'held', articles: 2, revision: 0 });
  expect(await getIssue('daily-1')).not.toHaveProperty('leftOut');
  await send('daily-1');
  expect(await fixture.readTitles('daily-1')).toEqual(['Two', 'One']);
});

test('an edit of what somebody else has edited meanwhile is refused, and so is a decision on it', async () => {
  await holdIssue('One');
  const read = await getIssue('daily-1');
  expect(await fixture.services.issues.edit(read, { chosenSubject: 'First' })).toMatchObject({ revision: 1 });
  expect(await fixture.services.issues.edit(read, { chosenSubject: 'Second' })).toBeUndefined();
  expect(await fixture.services.issues.advance(read, { state: 'approved' })).toBeUndefined();
  expect(await getIssue('daily-1')).toMatchObject({ state: 'held', chosenSubject: 'First' });
});

test('an introduction that leaves no space makes articles shorter, and the preview says so', async () => {
  await start();
  for (const name of ['one', 'two'])
    await fixture.publishFixture.upload(`${name}.md`, `# ${name}\n\n${'A long story of the sea. '.repeat(1_300)}`);
  await fixture.publishFixture.deliverAll();
  await fixture.compose('daily', day(20));
  expect(fixture.mails[0]?.text).not.toContain('To fit into a mail');
  await edit('daily-1', { introduction: '- point\n'.repeat(1_200) });
  expect(fixture.mails[1]?.text).toContain(
    'To fit into a mail, since the introduction takes space, too, of 2 articles it has 1 with the summary only.',
  );
  expect(fixture.mails[1]?.text).toContain('Shortened to fit this email: 1 of 2.');
});

test('an introduction that cannot be a letter is shown as plain text, and the preview says why', async () => {
  await holdIssue('One');
  await edit('daily-1', { introduction: '> > > > a\n\n'.repeat(900) });
  expect(fixture.mails[1]?.text).toContain('The introduction is shown as plain text.');
  await edit('daily-1', { introduction: `${'>'.repeat(9_990)} deep` });
  expect(fixture.mails[2]?.subject).toBe('Approve: One');
});

test('featured articles lead, unless the editor chose others', async () => {
  await start();
  for (const title of ['One', 'Two', 'Three', 'Four'])
    await fixture.publish(`${title}.md`, title, title === 'Two' ? 'featured: true' : '');
  await fixture.compose('daily', day(20));
  expect(fixture.mails[0]?.subject).toBe('Approve: Two and 3 more');
  const feed = JSON.parse((await fixture.publishFixture.read('site', 'feed.json')) ?? '{}');
  expect(feed.items.map(({ title }: { title: string }) => title)).toEqual(['Two', 'Four', 'Three', 'One']);
  const next = JSON.parse((await fixture.publishFixture.read('site', 'digest/daily.json')) ?? '{}');
  expect(next.items.map(({ title }: { title: string }) => title)).toEqual(['Two', 'Four', 'Three', 'One']);
  await edit('daily-1', { order: [await findId('One')] });
  await send('daily-1');
  expect(await fixture.readTitles('daily-1')).toEqual(['One', 'Two', 'Four', 'Three']);
});

/** What an editor does to an issue: numbers choose from its articles. */
const editArbitrary = fc.record({
  published: fc.nat({ max: 2 }),
  order: fc.array(fc.nat({ max: 9 }), { maxLength: 4 }),
  leftOut: fc.array(fc.nat({ max: 9 }), { maxLength: 3 }),
});

test('whatever editors order and leave out, each article is in one issue, the first that it is not left out of', async () => {
  const property = fc.asyncProperty(fc.array(editArbitrary, { minLength: 2, maxLength: 4 }), async (steps) => {
    await start();
    try {
      let waiting: string[] = [];
      let published = 0;
      let number = 1;
      const runs = [...steps, { published: 1, order: [], leftOut: [] }];
      for (const [index, step] of runs.entries()) {
        for (let count = 0; count < step.published; count += 1) {
          published += 1;
          await fixture.publish(`${published}.md`, `Title ${published}`);
          waiting = [`Title ${published}`, ...waiting];
        }
        await fixture.compose('daily', day(index + 1));
        if (waiting.length === 0) continue;
        const choose = (numbers: readonly number[]) => [...new Set(numbers.flatMap((each) => waiting[each] ?? []))];
        const [order, leftOut] = [choose(step.order), choose(step.leftOut)];
        const toIds = (titles: readonly string[]) => Promise.all(titles.map(findId));
        await edit(`daily-${number}`, { order: await toIds(order), leftOut: await toIds(leftOut) });
        const expected = waiting.filter((title) => !leftOut.includes(title));
        const first = order.filter((title) => expected.includes(title));
        await send(`daily-${number}`);
        if (expected.length === 0) continue;
        const sent = await fixture.readTitles(`daily-${number}`);
        expect(sent.slice(0, first.length)).toEqual(first);
        expect(sent.toSorted()).toEqual(expected.toSorted());
        waiting = leftOut;
        number += 1;
      }
      expect(waiting).toEqual([]);
    } finally {
      await fixture.stop();
    }
  });
  await fc.assert(property, { numRuns: 12 });
});
