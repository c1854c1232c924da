import { afterEach, beforeEach, expect, test } from 'vitest';
import { queryPage } from '../core/site/query-page.ts';
import { createInMemoryPublishFixture } from '../publish/in-memory-publish-fixture.ts';
import { createApprovalApp, findApprovalLink } from './approval-app.ts';
import { type ComposeIssueFixture, startComposeIssueFixture } from './compose-issue-fixture.ts';

let fixture: ComposeIssueFixture;
beforeEach(async () => {
  fixture = await startComposeIssueFixture({
    newsletter: { hold: true },
    createPublishFixture: createInMemoryPublishFixture,
  });
  await fixture.subscribe(2);
  for (const title of ['One', 'Two', 'Three']) await fixture.publish(`${title}.md`, title);
  await fixture.compose('daily', '2026-11-20T07:00:00.000Z');
});
afterEach(() => fixture.stop());

const request = (path: string, body?: FormData | URLSearchParams): Promise<Response> =>
  Promise.resolve(createApprovalApp(fixture).request(path, body === undefined ? {} : { method: 'POST', body }));

const openPage = async () => queryPage(await (await request(findApprovalLink(fixture.mails[0]))).text());

/** The form as a browser sends it, with what an editor changes. Places and leaving out are by title. */
const readEditForm = async (
  changes: { subject?: string; introduction?: string; places?: object; leaveOut?: readonly string[] } = {},
): Promise<FormData> => {
  const page = await openPage();
  const form = new FormData();
  const input = '[enctype] input';
  for (const name of ['token', 'revision', 'ordered'])
    if (page.has(`${input}[name=${name}]`)) form.append(name, page.attribute(`${input}[name=${name}]`, 'value') ?? '');
  form.append('subject', changes.subject ?? page.attribute('#page-subject', 'value') ?? '');
  form.append('introduction', changes.introduction ?? page.text('#page-introduction') ?? '');
  const titles = page.texts('.placing bdi');
  const places = new Map<string | undefined, string>(Object.entries(changes.places ?? {}));
  for (const [index, id] of page.attributes('[name^=article]', 'value').entries()) {
    form.append(`article-${index + 1}`, id ?? '');
    form.append(`place-${index + 1}`, places.get(titles[index]) ?? String(index + 1));
    if (changes.leaveOut?.includes(titles[index] ?? '')) form.append(`leave-out-${index + 1}`, 'yes');
  }
  return form;
};

const save = async (changes: Parameters<typeof readEditForm>[0]): Promise<Response> =>
  request('/subscriptions/edit-issue', await readEditForm(changes));

test('what an editor saves is in the preview that follows, and approved it is sent', async () => {
  expect((await openPage()).texts('.placing bdi')).toEqual(['Three', 'Two', 'One']);
  const saved = await save({ subject: 'Mine', introduction: '# Hello', places: { One: '1' }, leaveOut: ['Three'] });
  expect([saved.status, saved.headers.get('location')]).toEqual([303, findApprovalLink(fixture.mails[0])]);
  const waiting = await openPage();
  expect(waiting.text('[role=status]')).toContain('The preview with them takes some seconds.');
  expect(waiting.has('[value=approve]')).toBe(false);
  expect(waiting.texts('.placing bdi')).toEqual(['One', 'Three', 'Two']);
  await fixture.deliverAll();
  expect(fixture.mails[1]).toMatchObject({ subject: 'Approve: Mine' });
  expect(fixture.mails[1]?.html).toContain('Hello');
  const page = await openPage();
  expect(page.attribute('#page-subject', 'value')).toBe('Mine');
  expect(page.text('#page-introduction')).toBe('# Hello');
  expect(page.texts('.placing .hint')).toEqual(['in full', 'left out', 'in full']);
  const form = new URLSearchParams({
    token: page.attribute('[name=token]', 'value') ?? '',
    revision: '1',
    decision: 'approve',
  });
  expect((await request('/subscriptions/approve', form)).status).toBe(200);
  await fixture.deliverAll();
  expect(await fixture.readTitles('daily-1')).toEqual(['One', 'Two']);
});

test('the second of two editors is told, keeps what they wrote, and can save it all the same', async () => {
  const second = await readEditForm({ subject: 'Second', places: { One: '1' }, leaveOut: ['Two'] });
  await save({ subject: 'First' });
  const refused = await request('/subscriptions/edit-issue', second);
  expect(refused.status).toBe(409);
  const page = queryPage(await refused.text());
  expect(page.text('[role=alert]')).toContain('Somebody else has edited the issue meanwhile.');
  expect(page.has('[role=status]')).toBe(false);
  expect(page.attribute('#page-subject', 'value')).toBe('Second');
  expect(page.texts('.placing bdi')).toEqual(['One', 'Three', 'Two']);
  expect(page.attributes('[name^=leave-out]', 'checked').map((checked) => checked !== null)).toEqual([
    false,
    false,
    true,
  ]);
  expect(await fixture.getIssue('daily-1')).toMatchObject({ revision: 1, chosenSubject: 'First' });
  second.set('revision', page.attribute('[enctype] [name=revision]', 'value') ?? '');
  expect((await request('/subscriptions/edit-issue', second)).status).toBe(303);
  expect(await fixture.getIssue('daily-1')).toMatchObject({ revision: 2, chosenSubject: 'Second' });
});

test('who approves what somebody else has edited meanwhile is told, and nothing is sent', async () => {
  const token = (await openPage()).attribute('[name=token]', 'value') ?? '';
  await save({ subject: 'Edited' });
  const form = new URLSearchParams({ token, revision: '0', decision: 'approve' });
  const answer = await request('/subscriptions/approve', form);
  expect([answer.status, await answer.text()]).toEqual([409, expect.stringContaining('was edited meanwhile')]);
  await fixture.deliverAll();
  expect(await fixture.getIssue('daily-1')).toMatchObject({ state: 'held' });
});

test('what is too long is refused with the reason, and nothing is lost', async () => {
  const refused = await save({ introduction: 'x'.repeat(10_001) });
  expect(refused.status).toBe(422);
  const page = queryPage(await refused.text());
  expect(page.text('[role=alert]')).toBe('The introduction has 10001 characters; 10000 are possible.');
  expect(page.text('#page-introduction')).toHaveLength(10_001);
  expect(page.attribute('[aria-invalid][autofocus]', 'name')).toBe('introduction');
  expect(page.attribute('[aria-invalid]', 'aria-describedby')).toBe(page.attribute('[role=alert]', 'id'));
  expect(await fixture.getIssue('daily-1')).toMatchObject({ revision: 0 });
});

test('saving needs the token of a held issue, by POST', async () => {
  const form = await readEditForm({ subject: 'Mine' });
  form.set('token', 'A'.repeat(50));
  expect((await request('/subscriptions/edit-issue', form)).status).toBe(410);
  const link = findApprovalLink(fixture.mails[0]).replace('approve', 'edit-issue');
  expect((await request(link)).status).toBe(405);
  form.set('introduction', 'x'.repeat(600_000));
  expect((await request('/subscriptions/edit-issue', form)).status).toBe(413);
  expect(await fixture.getIssue('daily-1')).toMatchObject({ revision: 0 });
});

test('an article that is no part of the issue is neither ordered nor left out', async () => {
  const form = await readEditForm({ places: { One: '1' } });
  form.append('article-4', 'urn:uuid:other');
  form.append('leave-out-4', 'yes');
  await request('/subscriptions/edit-issue', form);
  const issue = await fixture.getIssue('daily-1');
  expect([issue?.order?.length, issue?.leftOut]).toEqual([3, undefined]);
});

test('a preview that is made twice after a failure is the same, and the one before it is deleted', async () => {
  await save({ subject: 'Mine' });
  await fixture.deliverAll();
  const keys = [...(await fixture.publishFixture.list('internal')).keys()];
  expect(keys.filter((key) => key.startsWith('drafts/'))).toEqual(['drafts/daily-1-preview-1.json']);
});
