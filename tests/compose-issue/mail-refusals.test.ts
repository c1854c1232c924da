import { expect, test } from 'vitest';
import { handleComposeMessage } from '../../functions/compose-issue/handle-compose-message.ts';
import { createInMemoryPublishFixture } from '../publish/in-memory-publish-fixture.ts';
import { startComposeIssueFixture } from './compose-issue-fixture.ts';

const refused = '---\ntitle: Ferry\ndate: someday\n---\n\nText.\n';

const startFixture = async (settings: object = {}) => {
  const clock = { now: new Date('2026-11-27T12:00:00.000Z') };
  let failing = false;
  const fixture = await startComposeIssueFixture({
    settings,
    createPublishFixture: (options) => createInMemoryPublishFixture({ ...options, now: () => clock.now }),
    onRequest: (command) => {
      if (failing && command === 'SendEmail') throw new Error('MessageRejected: ed@news.example is not verified');
    },
  });
  const { publishFixture, services, mails } = fixture;
  return {
    ...fixture,
    clock,
    upload: async (key: string, text = refused) => {
      await publishFixture.upload(key, text);
      await publishFixture.deliverAll();
    },
    failMails: (fails: boolean) => {
      failing = fails;
    },
    /** As the schedule does it, every five minutes; gives the number of mails. */
    passMinutes: async (minutes: number) => {
      const before = mails.length;
      for (let passed = 0; passed < minutes; passed += 5) {
        clock.now = new Date(clock.now.getTime() + 5 * 60_000);
        await handleComposeMessage({ ...services, now: () => clock.now }, { mail: 'refusals' }, () => 300_000);
      }
      return mails.length - before;
    },
  };
};

test('a refused upload is told to the editor once, with file, line, reason and cure', async () => {
  const { clock, upload, passMinutes, mails, publishFixture } = await startFixture({ editor: 'ed@news.example' });
  await upload('news/ferry.md');
  expect(await passMinutes(60)).toBe(1);
  const [mail] = mails;
  expect(mail).toMatchObject({ to: 'ed@news.example', subject: 'Not published: news/ferry.md' });
  expect(mail?.headers).toEqual({ 'Auto-Submitted': 'auto-generated' });
  for (const text of [mail?.text.replace(/\s+/g, ' '), mail?.html]) {
    expect(text).toContain('news/ferry.md (line 3): ');
    expect(text).toMatch(/date.*must be a day/);
    expect(text).toContain('Correct the file and upload it again under the same name.');
  }
  // Neither a repeated event, nor a rebuild, nor time brings it again.
  await publishFixture.services.seeds.markChanged([{ key: 'news/ferry.md', sequencer: '' }]);
  publishFixture.tick();
  await publishFixture.deliverAll();
  clock.now = new Date(clock.now.getTime() + 86_400_000);
  expect(await passMinutes(60)).toBe(0);
  await upload('news/ferry.md', `${refused}More.\n`);
  expect(await passMinutes(60)).toBe(1);
});

test('it is told to the sender where the settings name no editor', async () => {
  const { upload, passMinutes, mails } = await startFixture();
  await upload('table.pages', 'x');
  expect(await passMinutes(10)).toBe(1);
  expect(mails[0]).toMatchObject({ to: 'editor@test.example' });
  expect(mails[0]?.text).toContain('Files of type .pages are not known');
});

test('drafts, warnings and what is corrected in time are mailed to nobody', async () => {
  const { upload, passMinutes, publishFixture } = await startFixture();
  await upload('draft.md', '---\ntitle: A\ndraft: true\ndate: someday\n---\nText.\n');
  await upload('drafts/plan.pages', 'x');
  await upload('warned.md', '---\ntitle: A\nsumary: In short\n---\nText.\n');
  await upload('ferry.md');
  await upload('ferry.md', '---\ntitle: Ferry\n---\n\nText.\n');
  await upload('gone.md');
  await publishFixture.remove('gone.md');
  await publishFixture.deliverAll();
  expect(await passMinutes(60)).toBe(0);
});

test('many refusals come to a few mails an hour, of which the last sums up the rest', async () => {
  const { passMinutes, mails, publishFixture } = await startFixture();
  let count = 0;
  for (let minutes = 0; minutes < 60; minutes += 5) {
    for (let file = 0; file < 50; file += 1) {
      count += 1;
      await publishFixture.upload(`f${String(count).padStart(4, '0')}.md`, refused);
    }
    await publishFixture.deliverAll();
    await passMinutes(5);
  }
  await passMinutes(60);
  expect(mails.length).toBeGreaterThan(1);
  expect(mails.length).toBeLessThanOrEqual(6);
  const told = mails.map(({ subject }) => Number(/and ([\d,]+) more/.exec(subject)?.[1]?.replace(',', '')) + 1);
  expect(told.reduce((sum, more) => sum + more, 0)).toBe(count);
  expect(mails.at(-1)?.text.replace(/\s+/g, ' ')).toMatch(/And \d+ more. The command “npx seedpress rejections”/);
  for (const { html } of mails) expect(html.length).toBeLessThan(90_000);
});

test('what a mail should have told and could not is in the next', async () => {
  const { upload, passMinutes, failMails, mails } = await startFixture();
  await upload('one.md');
  failMails(true);
  expect(await passMinutes(60)).toBe(0);
  failMails(false);
  await upload('two.md');
  expect(await passMinutes(60)).toBe(1);
  expect(mails[0]?.subject).toMatch(/^Not published: (one|two)\.md and 1 more$/);
});

test('two calls at once send one mail', async () => {
  const { clock, upload, services, mails } = await startFixture();
  await upload('one.md');
  const call = () => handleComposeMessage({ ...services, now: () => clock.now }, { mail: 'refusals' }, () => 300_000);
  await Promise.all([call(), call(), call()]);
  expect(mails).toHaveLength(1);
});

test('a name of a file cannot add lines or headers to the mail', async () => {
  const { upload, passMinutes, mails } = await startFixture();
  await upload('a\r\nBcc: all@readers.example\u202e.pages', 'x');
  await passMinutes(5);
  expect(mails[0]?.subject).not.toMatch(/[\r\n\u202e]/);
  expect(mails[0]?.html).not.toContain('\u202e');
});
