import { expect, test } from 'vitest';
import { startComposeIssueFixture } from './compose-issue-fixture.ts';
import { expectIssueSent, listActiveReaderKeys } from './expect-issue-sent.ts';

test('ten thousand readers are addressed with a portion of them in memory at a time', async () => {
  const requests = new Map<string, number>();
  const room = await startComposeIssueFixture({
    onRequest: (command) => {
      requests.set(command, (requests.get(command) ?? 0) + 1);
    },
  });
  try {
    await room.subscribe(10_000);
    await room.publish('a.md');
    const readers = await listActiveReaderKeys(room, 'daily');
    const { listRecipients: roster } = room.services.subscribers;
    const held: number[] = [];
    const services = {
      ...room.services,
      subscribers: {
        listRecipients: async (...given: Parameters<typeof roster>) => {
          const page = await roster(...given);
          held.push(page.length);
          return page;
        },
      },
    };
    requests.clear();
    await room.compose('daily', '2026-11-20T07:00:00.000Z', services);
    const made = new Map(requests);
    const [issue] = await room.listIssues('daily');
    if (issue) await expectIssueSent(room, issue, readers);
    expect(issue?.planned).toBe(10_000);
    expect(issue?.batches).toBe(200);
    expect(Math.max(...held)).toBeLessThanOrEqual(1000);
    // One write a batch, one message for ten of them, a read for each of 16 shards; the rest does not grow.
    expect(made.get('UpdateItemCommand')).toBeLessThan(200 + 20);
    expect(made.get('SendMessageBatch')).toBe(20);
    expect(made.get('QueryCommand')).toBeLessThan(50);
  } finally {
    await room.stop();
  }
});
