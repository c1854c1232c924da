import { afterEach, expect, test } from 'vitest';
import { expectConsistentSite } from './expect-consistent-site.ts';
import { type PublishFixture, startPublishFixture } from './publish-fixture.ts';

let fixture: PublishFixture;
afterEach(() => fixture.stop());

const seed = (title: string): string => `${title}\n\nSome text of it, long enough to be read.\n`;

/** As Lambda does with a queue: ten messages an invocation, ten invocations at once. */
const deliverAll = async (): Promise<void> => {
  const worker = async (): Promise<void> => {
    for (let batch = fixture.pending.splice(0, 10); batch.length > 0; batch = fixture.pending.splice(0, 10)) {
      expect(await fixture.deliver(batch)).toEqual([]);
    }
  };
  await Promise.all(Array.from({ length: 10 }, worker));
};

test('a burst of uploads makes a few builds, and the last has seen every upload', async () => {
  let builds = 0;
  fixture = await startPublishFixture({ settings: { feedSize: 100 } });
  const bucket = new Map<string, string>();
  for (let index = 0; index < 200; index += 1) {
    bucket.set(`${index}.txt`, seed(`Number ${index}`));
    await fixture.upload(`${index}.txt`, seed(`Number ${index}`));
  }
  const { build } = fixture.services;
  const finish = build.finish;
  Object.assign(build, {
    finish: (...given: Parameters<typeof finish>) => {
      builds += 1;
      return finish(...given);
    },
  });
  await deliverAll();
  expect(builds).toBeLessThan(40);
  expect(JSON.parse((await fixture.read('site', 'feed.json')) ?? '').items).toHaveLength(100);
  await expectConsistentSite(fixture, bucket);
});

test('a builder that dies with the lease is followed by another once the lease has run out', async () => {
  let now = new Date('2026-11-20T12:00:00Z');
  fixture = await startPublishFixture({ now: () => now });
  const seconds = now.getTime() / 1000;
  await fixture.services.build.acquireLease({
    holder: 'dead',
    now: seconds,
    until: seconds + 90,
    since: now.toISOString(),
  });
  await fixture.upload('a.txt', seed('Waits'));
  await fixture.deliverAll();
  expect(await fixture.read('site', 'rss.xml')).toBeUndefined();
  now = new Date('2026-11-20T12:01:31Z');
  fixture.tick();
  await fixture.deliverAll();
  expect(await fixture.read('site', 'rss.xml')).toContain('Waits');
});

test('a build that runs out of time hands the rest on', async () => {
  fixture = await startPublishFixture();
  await fixture.upload('a.txt', seed('First'));
  const messages = fixture.pending.splice(0);
  // The first build of a publication has two rounds; there is time for one.
  expect(await fixture.deliver(messages, fixture.services, () => 1000)).toEqual([]);
  expect(fixture.pending.map(({ body }) => JSON.parse(body))).toEqual([{ source: 'seedpress.build' }]);
  await fixture.deliverAll();
  await expectConsistentSite(fixture, new Map([['a.txt', '']]));
});

test('a publication without articles has a site and valid feeds after its first tick', async () => {
  fixture = await startPublishFixture();
  fixture.tick();
  await fixture.deliverAll();
  expect(JSON.parse((await fixture.read('site', 'feed.json')) ?? '').items).toEqual([]);
  expect(await fixture.read('site', 'index.html')).toContain('Test Gazette');
  expect(await fixture.read('site', 'atom.xml')).toMatch(/<updated>2\d\d\d-/);
});

test('a message that is not ours fails alone', async () => {
  fixture = await startPublishFixture();
  await fixture.upload('a.txt', seed('Fine'));
  const good = fixture.pending.splice(0);
  const failed = await fixture.deliver([
    ...good,
    { id: 'odd', body: '{"source":"elsewhere"}' },
    { id: 'broken', body: '{' },
  ]);
  expect(failed).toEqual(['odd', 'broken']);
  expect(await fixture.read('site', 'rss.xml')).toContain('Fine');
});
