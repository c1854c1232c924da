import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalRunFixture, startLocalRunFixture } from './local-run-fixture.ts';

let run: LocalRunFixture;
beforeAll(async () => {
  run = await startLocalRunFixture();
});
afterAll(() => run?.close());

const editor = 'editor@harbour-gazette.example';

test('a refused upload stands in the terminal at once, and in one mail to the publisher', async () => {
  await run.publish('Broken', 'Text.', 'date: someday\n');
  await run.publish('Salaries', 'Text.', 'draft: true\n');
  await expect.poll(() => run.printed).toContain('broken.md was not published.');
  expect(run.printed).toContain('Where:  line 3');
  await expect.poll(() => run.printed).toContain('salaries.md is not public.');
  // The template's rule, which is due every five minutes.
  run.bus.catchUp();
  await expect.poll(() => run.listMailsTo(editor)).toHaveLength(1);
  const mail = run.findLastMailTo(editor);
  expect(mail.subject).toBe('Not published: broken.md');
  expect(mail.text.replace(/\s+/g, ' ')).toMatch(/broken\.md \(line 3\): .*date.* Correct the file/);
  expect(mail.text).not.toContain('salaries');
  run.bus.catchUp();
  await expect.poll(() => run.functions.isBusy()).toBe(false);
  expect(run.listMailsTo(editor)).toHaveLength(1);
});
