import { afterEach, expect, test } from 'vitest';
import { toSubscriberKey } from '../../functions/adapters/table/subscribers.ts';
import { type ComposeIssueFixture, startComposeIssueFixture } from './compose-issue-fixture.ts';

let fixture: ComposeIssueFixture;
afterEach(() => fixture.stop());

test('those whose bounce or complaint was not reported are taken off before the recipients are written', async () => {
  const at = '2026-11-19T12:00:00.000Z';
  fixture = await startComposeIssueFixture({
    suppressed: [
      { email: 'reader2@example.com', reason: 'bounce', at },
      { email: 'reader3@example.com', reason: 'complaint', at },
      // Confirmed after that: the sign-up took it off the list.
      { email: 'reader4@example.com', reason: 'bounce', at: '2000-01-01T00:00:00.000Z' },
      { email: 'stranger@example.com', reason: 'bounce', at },
    ],
  });
  const { subscribers, tokenKeys } = fixture.services;
  const keyring = await tokenKeys.getOrCreate();
  for (const name of ['reader1', 'reader2', 'reader3', 'reader4', 'reader5']) {
    const email = `${name}@example.com`;
    const key = toSubscriberKey(email, keyring);
    const reader = { kind: 'import', key, email, cadence: 'daily', at: '2026-01-01T00:00:00.000Z' } as const;
    await subscribers.apply(key, { ...reader, consent: 'list', paused: false });
  }
  await fixture.publish('a.md', 'Known');
  await fixture.compose('daily', '2026-11-20T07:00:00.000Z');
  const batches = await fixture.services.batches.listRange('daily-1', 1, 9);
  const emails = batches.flatMap(({ recipients }) => recipients.map(({ email }) => email));
  expect(emails.sort()).toEqual(['reader1@example.com', 'reader4@example.com', 'reader5@example.com']);
});
