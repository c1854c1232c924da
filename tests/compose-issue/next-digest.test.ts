import { expect, test } from 'vitest';
import { createInMemoryPublishFixture } from '../publish/in-memory-publish-fixture.ts';
import { startComposeIssueFixture } from './compose-issue-fixture.ts';

test('the next digest lists no article of an issue that is under way', async () => {
  const fixture = await startComposeIssueFixture({ createPublishFixture: createInMemoryPublishFixture });
  await fixture.publish('first.md', 'The first one');
  await fixture.publish('second.md', 'The second one');
  await fixture.subscribe(1);
  // No time is left to address it.
  await fixture.compose('daily', '2026-11-20T07:00:00.000Z', fixture.services, 1);
  expect(await fixture.getIssue('daily-1')).toMatchObject({ state: 'addressing' });
  await fixture.publish('third.md', 'The third one');
  const digest = await fixture.publishFixture.read('site', 'digest/daily.txt');
  expect(digest).toContain('The third one');
  expect(digest).not.toContain('The first one');
  await fixture.deliverAll();
  await fixture.publish('fourth.md', 'The fourth one');
  const next = await fixture.publishFixture.read('site', 'digest/daily.txt');
  expect(next).toContain('The third one');
  expect(next).toContain('The fourth one');
  expect(next).not.toContain('The second one');
});
