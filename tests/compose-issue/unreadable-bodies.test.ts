import { afterEach, expect, test } from 'vitest';
import { internalFolders } from '../../functions/platform/contract.ts';
import { type ComposeIssueFixture, startComposeIssueFixture } from './compose-issue-fixture.ts';

let fixture: ComposeIssueFixture;
afterEach(() => fixture.stop());

test.each([
  ['is missing', undefined],
  ['is no JSON', 'x'],
  ['has no text', '{}'],
])('an article whose body %s is in the issue with its summary, and the others in full', async (_, body) => {
  fixture = await startComposeIssueFixture();
  await fixture.subscribe(3);
  await fixture.publish('lost.md', 'The lost one');
  await fixture.publish('kept.md', 'The kept one');
  const { buckets, issues } = fixture.services;
  const [record] = await fixture.publishFixture.services.seeds.getMany(['lost.md']);
  const bodyKey = internalFolders.bodies + record?.version?.bodyKey;
  if (body === undefined) await buckets.internal.delete(bodyKey);
  else await buckets.internal.put(bodyKey, body, { contentType: 'application/json' });
  await fixture.compose('daily', '2026-11-20T07:00:00.000Z');
  expect(await issues.get('daily-1')).toMatchObject({ state: 'sending', articles: 2 });
  const mail = await fixture.publishFixture.read('internal', `${internalFolders.issues}daily-1.json`);
  expect(mail).toContain('The lost one');
  expect(mail).toContain('The kept one');
  expect(fixture.log.map(({ message }) => message)).toContain(
    'an article is mailed without its text: upload its file again',
  );
});
