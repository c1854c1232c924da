import { expect, test } from 'vitest';
import { buildLeaseSeconds } from '../../functions/platform/contract.ts';
import { handleUploadMessage } from '../../functions/publish/handle-upload-message.ts';
import { createInMemoryPublishFixture } from '../publish/in-memory-publish-fixture.ts';
import { startComposeIssueFixture } from './compose-issue-fixture.ts';

const seedCount = 40;

test('an issue composed while announcements are half written loses none of them', async () => {
  let left = Number.POSITIVE_INFINITY;
  let now = Date.parse('2026-11-20T00:00:00Z');
  let halves = 0;
  for (let killed = 1; killed <= 6; killed += 1) {
    const fixture = await startComposeIssueFixture({
      createPublishFixture: createInMemoryPublishFixture,
      now: () => new Date(now),
      onRequest: (command) => {
        if (command === 'BatchWrite') left -= 1;
        if (left <= 0) throw new Error('the builder was killed');
      },
    });
    try {
      for (let index = 0; index < seedCount; index += 1)
        await fixture.publishFixture.upload(`${index}.md`, `---\ntitle: Number ${index}\n---\n\nText.\n`);
      // The uploads are recorded and marked first: the builder's own writes follow.
      const { build, seeds } = fixture.publishFixture.services;
      for (const { body } of fixture.publishFixture.pending.splice(0)) {
        const message: unknown = JSON.parse(body);
        const { changes } = await handleUploadMessage(fixture.publishFixture.services, message, () => 60_000);
        await seeds.markChanged(changes);
      }
      await build.request(new Date(now));
      left = killed;
      fixture.publishFixture.tick();
      await fixture.publishFixture.deliverAll().catch(() => {});
      left = Number.POSITIVE_INFINITY;
      const listed = [...(await fixture.publishFixture.listItems()).keys()].filter((key) =>
        key.startsWith('LATEST'),
      ).length;
      if (listed > 0 && listed < seedCount) halves += 1;
      await fixture.compose('daily', '2026-11-21T07:00:00.000Z');
      now += (buildLeaseSeconds + 10) * 1000;
      fixture.publishFixture.tick();
      await fixture.publishFixture.deliverAll();
      await fixture.compose('daily', '2026-11-22T07:00:00.000Z');
      const issues = await fixture.listIssues('daily');
      const titles = await Promise.all(issues.map(({ number }) => fixture.readTitles(`daily-${number}`)));
      expect(new Set(titles.flat()).size, `killed at write ${killed}`).toBe(seedCount);
      expect(titles.flat()).toHaveLength(seedCount);
    } finally {
      left = Number.POSITIVE_INFINITY;
      await fixture.stop();
    }
  }
  expect(halves).toBeGreaterThan(0);
});
