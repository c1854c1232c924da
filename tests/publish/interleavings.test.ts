import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TestMessage } from '../invoke-sqs-handler.ts';
import { expectConsistentSite } from './expect-consistent-site.ts';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';
import type { PublishFixture } from './publish-fixture.ts';

const keys = ['a.md', 'b c+.md', 'ü/ä.md', 'd.md'];
const topics = ['Ferries', 'Weather', 'Fish'];

/**
 * One thing that happens: somebody changes the bucket, or some messages are delivered, perhaps again, in some order.
 */
const step = fc.oneof(
  fc.record({
    act: fc.constant('upload' as const),
    key: fc.constantFrom(...keys),
    text: fc.integer({ min: 0, max: 3 }),
    topic: fc.constantFrom(...topics),
    month: fc.integer({ min: 9, max: 11 }),
    broken: fc.boolean().map((broken) => broken),
    visibility: fc.constantFrom('', '', 'draft: true\n', 'publishDate: 2199-01-01\n'),
  }),
  fc.record({ act: fc.constant('remove' as const), key: fc.constantFrom(...keys) }),
  fc.record({
    act: fc.constant('deliver' as const),
    pick: fc.array(fc.nat(30), { minLength: 1, maxLength: 10 }),
    again: fc.boolean(),
    /** Which processes the two invocations are in. */
    processes: fc.tuple(fc.nat(1), fc.nat(1)),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const seedOf = ({ key, text, topic, month, visibility }: Extract<Step, { act: 'upload' }>): string =>
  `---\ntitle: From ${key}\ntags: [${topic}]\ndate: 2026-${String(month).padStart(2, '0')}-01\n${visibility}---\n\nText number ${text} of it.\n`;

const run = async (fixture: PublishFixture, steps: readonly Step[], bucket: Map<string, string>): Promise<void> => {
  const told: TestMessage[] = [];
  const processes = [fixture.services, fixture.createFixtureServices()];
  for (const taken of steps) {
    if (taken.act === 'upload') {
      const text = taken.broken && bucket.has(taken.key) ? '---\n: [\n---\n' : seedOf(taken);
      await fixture.upload(taken.key, text);
      bucket.set(taken.key, text);
    } else if (taken.act === 'remove') {
      await fixture.remove(taken.key);
      bucket.delete(taken.key);
    } else {
      const picked = [
        ...new Set(taken.pick.flatMap((nth) => fixture.pending[nth % Math.max(1, fixture.pending.length)] ?? [])),
      ];
      const late = taken.again ? told.slice(0, 3) : [];
      // At most ten at a time, in two invocations at once, as Lambda does.
      const half = Math.ceil(picked.length / 2);
      const [first, second] = taken.processes.map((index) => processes[index]);
      await Promise.all([
        fixture.deliver([...late, ...picked.slice(0, half)], first),
        fixture.deliver(picked.slice(half), second),
      ]);
      told.push(...picked);
      for (const message of picked) fixture.pending.splice(fixture.pending.indexOf(message), 1);
    }
  }
  fixture.tick();
  await fixture.deliverAll();
};

test('uploads, edits, deletions, repeats and late events in any order end in what the bucket implies', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), fc.scheduler(), async (steps, scheduler) => {
      const fixture = await createInMemoryPublishFixture({
        onRequest: (command) => scheduler.schedule(Promise.resolve(), command),
      });
      const bucket = new Map<string, string>();
      await scheduler.waitFor(run(fixture, steps, bucket));
      expect(fixture.warnings.filter(({ message }) => message !== 'seed rejected')).toEqual([]);
      await scheduler.waitFor(expectConsistentSite(fixture, bucket));
    }),
    { numRuns: 1000 },
  );
});
