import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recipientShards } from '../../functions/adapters/table/subscribers.ts';
import { tidyReaders } from '../../functions/compose-issue/tidy-readers.ts';
import { eraseSubscriber } from '../../functions/subscriptions/erase-subscriber.ts';
import { createInMemorySubscriptions } from './in-memory-subscriptions.ts';

const dayMs = 24 * 60 * 60 * 1000;
const addresses = ['ana@harbour.example', 'ana@quay.example', 'ana@pier.example'];

const anyAddress = fc.constantFrom(...addresses);
const anyStep = fc.oneof(
  fc.record({ kind: fc.constant('sign up' as const), at: anyAddress }),
  fc.record({ kind: fc.constant('move' as const), at: anyAddress, to: anyAddress, crashAfter: fc.option(fc.nat(6)) }),
  fc.record({ kind: fc.constant('press again' as const) }),
  fc.record({ kind: fc.constantFrom('leave' as const, 'bounce' as const, 'erase' as const), at: anyAddress }),
  fc.record({ kind: fc.constant('old link' as const), index: fc.nat(5) }),
  fc.record({ kind: fc.constant('days' as const), days: fc.constantFrom(1, 8, 399, 400, 401) }),
);
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

/** A person with three addresses, and what they may expect: the addresses at which they are subscribed. */
const liveLife = async (steps: readonly Step[]): Promise<number> => {
  const reader = await createInMemorySubscriptions();
  const { services, mails, clock, post, findToken, table, toKey } = reader;
  const subscribed = new Set<string>();
  const links: { readonly token: string; readonly address: string }[] = [];
  /** Where a subscription went, by the address that it left. */
  const movedTo = new Map<string, string>();
  let unfinished: { readonly link: string; readonly at: string; readonly to: string } | undefined;
  let moves = 0;
  const findActive = async () => {
    const pages = await Promise.all(
      recipientShards.map((shard) => services.subscribers.listRecipients('daily', shard, { limit: 10 })),
    );
    return pages.flat().map((found) => ('email' in found ? (found.email ?? '') : ''));
  };
  const endAt = (address: string): void => {
    const next = movedTo.get(address);
    if (!subscribed.delete(address) && next !== undefined) endAt(next);
  };
  const recordMove = ({ at, to }: { readonly at: string; readonly to: string }): void => {
    unfinished = undefined;
    if (!subscribed.delete(at)) return;
    subscribed.add(to);
    movedTo.set(at, to);
    movedTo.delete(to);
    moves += 1;
  };
  const finishMove = async (): Promise<void> => {
    if (!unfinished) return;
    const move = unfinished;
    unfinished = undefined;
    if ((await post('/address', { token: move.link })) === 200) recordMove(move);
  };

  for (const step of steps) {
    clock.now += 60_000;
    if (step.kind !== 'press again' && step.kind !== 'days') await finishMove();
    if (step.kind === 'sign up') {
      await post('', { email: step.at, cadence: 'daily' });
      const token = findToken('confirm', step.at);
      clock.now += 60_000;
      if (token !== undefined && (await post('/confirm', { token })) === 200) {
        subscribed.add(step.at);
        movedTo.delete(step.at);
        const unsubscribe = findToken('unsubscribe', step.at);
        if (unsubscribe !== undefined) links.push({ token: unsubscribe, address: step.at });
      }
    }
    if (step.kind === 'move' && step.at !== step.to && subscribed.has(step.at)) {
      const sent = mails.length;
      await post('/address', { token: reader.signPreferences(step.at), email: step.to });
      const link = findToken('address', step.to, sent);
      clock.now += 60_000;
      if (link !== undefined) {
        unfinished = { link, at: step.at, to: step.to };
        if (step.crashAfter === null) await finishMove();
        else {
          reader.failAfterWrites(step.crashAfter);
          const status = await post('/address', { token: link });
          reader.failAfterWrites(Number.POSITIVE_INFINITY);
          if (status === 200) await finishMove();
        }
      }
    }
    if (step.kind === 'press again') await finishMove();
    if (step.kind === 'leave' || step.kind === 'bounce') {
      const kind = step.kind === 'leave' ? 'unsubscribe' : 'hardBounce';
      await services.subscribers.apply(toKey(step.at), { kind, at: new Date(clock.now).toISOString() });
      subscribed.delete(step.at);
    }
    if (step.kind === 'erase') {
      await eraseSubscriber(services, toKey(step.at), new Date(clock.now).toISOString());
      subscribed.delete(step.at);
      movedTo.delete(step.at);
    }
    if (step.kind === 'old link') {
      const link = links[step.index];
      if (link) {
        await post('/unsubscribe', { token: link.token });
        endAt(link.address);
      }
    }
    if (step.kind === 'days') {
      clock.now += step.days * dayMs;
      await tidyReaders({ ...services, site: reader.site }, () => 300_000);
      if (unfinished && !(await findActive()).includes(unfinished.at)) recordMove(unfinished);
    }

    const active = await findActive();
    expect(active.length).toBeLessThanOrEqual(subscribed.size);
    if (!unfinished) expect(new Set(active)).toEqual(subscribed);
    for (const [old] of movedTo) if (old !== unfinished?.to) expect(active).not.toContain(old);
    if (step.kind !== 'days') continue;
    for (const address of addresses) {
      const items = [...table.items.values()].filter((item) => JSON.stringify(item).includes(address));
      for (const item of items)
        if (!subscribed.has(address) && item.state !== 'pending')
          expect(Date.parse(String(item.since))).toBeGreaterThanOrEqual(clock.now - 400 * dayMs);
    }
  }
  return moves;
};

test('a person has one active record for each subscription, no mail at an address of before, and no address kept too long', async () => {
  let moves = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 4, maxLength: 12 }), async (steps) => {
      moves += await liveLife([{ kind: 'sign up', at: 'ana@harbour.example' }, ...steps]);
    }),
    { numRuns: 60 },
  );
  expect(moves).toBeGreaterThan(5);
}, 60_000);
