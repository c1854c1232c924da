import { afterEach, expect, test } from 'vitest';
import { toSubscriberKey } from '../../functions/adapters/table/subscribers.ts';
import { handleComposeMessage } from '../../functions/compose-issue/handle-compose-message.ts';
import { createInMemoryPublishFixture } from '../publish/in-memory-publish-fixture.ts';
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

test('once a week they are taken off without an issue, so that a monthly one misses nobody', async () => {
  fixture = await startComposeIssueFixture({
    createPublishFixture: createInMemoryPublishFixture,
    suppressed: [{ email: 'reader@example.com', reason: 'complaint', at: '2026-11-20T12:00:00.000Z' }],
  });
  const { subscribers, tokenKeys } = fixture.services;
  const key = toSubscriberKey('reader@example.com', await tokenKeys.getOrCreate());
  const reader = { kind: 'import', key, email: 'reader@example.com', cadence: 'monthly' } as const;
  await subscribers.apply(key, { ...reader, at: '2026-01-01T00:00:00.000Z', consent: 'list', paused: false });
  const tidyOn = (day: string) =>
    handleComposeMessage(
      { ...fixture.services, now: () => new Date(`${day}T03:00:00.000Z`) },
      { readers: 'tidy' },
      () => 300_000,
    );
  await tidyOn('2026-11-22');
  expect(await subscribers.getMany([key])).toMatchObject([{ state: 'active' }]);
  await tidyOn('2026-11-23');
  expect(await subscribers.getMany([key])).toMatchObject([{ state: 'complained' }]);
});
