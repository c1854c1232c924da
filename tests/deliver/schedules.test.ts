import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DeliveriesMessage } from './deliver-fixture.ts';
import { expectLedgerAddsUp } from './expect-ledger-adds-up.ts';
import { createInMemoryDeliverFixture } from './in-memory-deliver-fixture.ts';

const names = ['ana', 'ben', 'busy-1', 'bad address', 'eva', 'rejected', 'ida', 'kai', 'lou', 'mia'];
const emails = names.map((name) => `${name}@example.com`);

const fault = fc.record({
  at: fc.integer({ min: 1, max: 40 }),
  when: fc.constantFrom('before' as const, 'after' as const),
  how: fc.constantFrom('once' as const, 'killed' as const),
});

/** One thing that happens: messages are delivered, perhaps again or two at once, perhaps in vain; or something else. */
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('deliver' as const),
      pick: fc.nat(20),
      /** Messages that one invocation gets. */
      together: fc.constantFrom(1, 2, 10),
      times: fc.constantFrom(1, 1, 1, 2),
      late: fc.boolean(),
      fault: fc.option(fault, { nil: undefined }),
    }),
  },
  fc.record({ act: fc.constant('leave' as const), reader: fc.nat(names.length - 1) }),
  fc.record({ act: fc.constant('erase' as const), reader: fc.nat(names.length - 1) }),
  fc.record({ act: fc.constant('pause' as const) }),
  fc.record({ act: fc.constant('resume' as const) }),
  fc.record({ act: fc.constant('pass' as const), seconds: fc.constantFrom(1, 30, 100, 1000, 90_000) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const visibilityTimeoutSeconds = 360;

const run = async (steps: readonly Step[], sizes: readonly number[], perSecond: number) => {
  const fixture = await createInMemoryDeliverFixture({ perSecond });
  for (const email of emails) await fixture.addReader(email);
  const [first = 1, second = 0] = sizes;
  const batches = [emails.slice(0, first), emails.slice(first, first + second)].filter((all) => all.length > 0);
  const planned = batches.flat();
  await fixture.queueIssue('daily-1', batches);
  await fixture.queueIssue('daily-2', [planned]);
  const received: DeliveriesMessage[] = [];
  for (const taken of steps) {
    const at = fixture.now().toISOString();
    if (taken.act === 'pass') fixture.advanceClock(taken.seconds);
    else if (taken.act === 'pause') await fixture.services.rateLimit.pause(at, 'a test');
    else if (taken.act === 'resume') await fixture.services.rateLimit.resume();
    else if (taken.act === 'leave' || taken.act === 'erase') {
      const key = fixture.toSubscriberKey(emails[taken.reader] ?? '');
      await fixture.subscribers.apply(key, { kind: taken.act === 'leave' ? 'unsubscribe' : 'erase', at });
    } else {
      // A message that was done with may come again; one that is not yet due never comes.
      const due = fixture.pending.filter((message) => message.due <= fixture.now().getTime());
      const from = taken.late ? received : due;
      const first = taken.pick % Math.max(1, from.length);
      const messages = from.slice(first, first + taken.together);
      for (const message of messages)
        if (fixture.pending.includes(message)) fixture.pending.splice(fixture.pending.indexOf(message), 1);
      const outcomes = await Promise.all(
        Array.from({ length: taken.times }, () => fixture.deliver(messages, taken.fault)),
      );
      received.push(...messages);
      for (const message of new Set(outcomes.flatMap(({ lost }) => lost)))
        fixture.pending.push({ ...message, due: fixture.now().getTime() + visibilityTimeoutSeconds * 1000 });
    }
  }
  await fixture.services.rateLimit.resume();
  await fixture.deliverAll();
  await expectLedgerAddsUp(fixture, 'daily-1', planned);
  await expectLedgerAddsUp(fixture, 'daily-2', planned);
  return fixture;
};

test('a thousand schedules of crashes, repeats, leaves and pauses: every issue adds up', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 2, maxLength: 16 }),
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 2 }),
      fc.constantFrom(1, 3, 100),
      async (steps, sizes, perSecond) => {
        const fixture = await run(steps, sizes, perSecond);
        for (const { recipients } of await fixture.readLedger('daily-1'))
          for (const { outcome } of recipients) seen.add(outcome);
      },
    ),
    { numRuns: 1000 },
  );
  // Had the schedules been too tame, they would have shown nothing.
  expect([...seen].sort()).toEqual(['failed', 'sent', 'suppressed', 'uncertain']);
});
