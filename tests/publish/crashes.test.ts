import { expect, test } from 'vitest';
import { expectConsistentSite } from './expect-consistent-site.ts';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';
import type { PublishFixture } from './publish-fixture.ts';

const seed = (title: string, more = ''): string => `---\ntitle: ${title}\n${more}\n---\n\nSome text of it.\n`;

/** Edits that move, withdraw, rename and announce articles: all that a build can have to do at once. */
const prepare = async (fixture: PublishFixture, bucket: Map<string, string>): Promise<void> => {
  const put = async (key: string, text: string) => {
    await fixture.upload(key, text);
    bucket.set(key, text);
  };
  await put('moves.md', seed('Moves', 'date: 2026-10-01\ntags: [Ferries]'));
  await put('goes.md', seed('Goes', 'tags: [Fish]'));
  await put('id.md', seed('Changes its id', 'id: urn:example:one'));
  await put('breaks.md', seed('Breaks'));
  await put('draft.md', seed('Draft', 'draft: true'));
  await put('dropped.md', seed('Dropped', 'draft: true'));
  await fixture.deliverAll();
  await put('moves.md', seed('Moves', 'date: 2026-11-01\ntags: [Weather]'));
  await put('new.md', seed('New', 'tags: [Weather]\nauthor: Ana'));
  await put('id.md', seed('Changes its id', 'id: urn:example:two'));
  await put('breaks.md', '---\n: [\n---\n');
  await put('draft.md', seed('Draft'));
  await put('waits.md', seed('Waits', 'publishDate: 2199-01-01'));
  await fixture.remove('dropped.md');
  bucket.delete('dropped.md');
  await fixture.remove('goes.md');
  bucket.delete('goes.md');
};

test('a failure of any one request, and the messages and the tick coming again, ends where no failure does', async () => {
  let count = 0;
  let failAt = Number.POSITIVE_INFINITY;
  const onRequest = (): void => {
    count += 1;
    if (count === failAt) throw new Error('the request failed');
  };
  const dry = await createInMemoryPublishFixture({ onRequest });
  await prepare(dry, new Map());
  count = 0;
  await dry.deliverAll();
  const requests = count;
  await dry.stop();
  expect(requests).toBeGreaterThan(50);

  for (let at = 1; at <= requests; at += 3) {
    const fixture = await createInMemoryPublishFixture({ onRequest });
    try {
      failAt = Number.POSITIVE_INFINITY;
      const bucket = new Map<string, string>();
      await prepare(fixture, bucket);
      count = 0;
      failAt = at;
      const messages = fixture.pending.splice(0);
      // An error of a whole invocation brings all its messages back, as a failed one alone brings itself.
      const failed = await fixture.deliver(messages).catch(() => messages.map(({ id }) => id));
      failAt = Number.POSITIVE_INFINITY;
      fixture.pending.push(...messages.filter(({ id }) => failed.includes(id)));
      fixture.tick();
      await fixture.deliverAll();
      await expectConsistentSite(fixture, bucket);
    } catch (error) {
      throw new Error(`after a failure of request ${at} of ${requests}`, { cause: error });
    } finally {
      await fixture.stop();
    }
  }
});
