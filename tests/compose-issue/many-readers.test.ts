import { expect, test } from 'vitest';
import { startComposeIssueFixture } from './compose-issue-fixture.ts';
import { expectIssueSent, listActiveReaderKeys } from './expect-issue-sent.ts';

test('ten thousand readers are addressed with one page of them in memory at a time', async () => {
  const requests = new Map<string, number>();
  const fixture = await startComposeIssueFixture({
    onRequest: (command) => {
      requests.set(command, (requests.get(command) ?? 0) + 1);
    },
  });
  try {
    await fixture.subscribe(10_000);
    await fixture.publish('a.md');
    const readers = await listActiveReaderKeys(fixture, 'daily');
    const { listRecipients } = fixture.services.subscribers;
    const held: number[] = [];
    const services = {
      ...fixture.services,
      subscribers: {
        ...fixture.services.subscribers,
        listRecipients: async (...given: Parameters<typeof listRecipients>) => {
          const page = await listRecipients(...given);
          held.push(page.length);
          return page;
        },
      },
    };
    requests.clear();
    await fixture.compose('daily', '2026-11-20T07:00:00.000Z', services);
    const made = new Map(requests);
    const [issue] = await fixture.listIssues('daily');
    if (issue) await expectIssueSent(fixture, issue, readers);
    expect(issue?.planned).toBe(10_000);
    expect(issue?.batches).toBe(200);
    expect(Math.max(...held)).toBeLessThanOrEqual(1000);
    // One write a batch, one message for ten of them, a read for each of 16 shards; the rest does not grow.
    expect(made.get('UpdateItemCommand')).toBeLessThan(200 + 20);
    expect(made.get('SendMessageBatch')).toBe(20);
    expect(made.get('QueryCommand')).toBeLessThan(50);
  } finally {
    await fixture.stop();
  }
});
