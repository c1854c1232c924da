import { afterEach, beforeEach, expect, test } from 'vitest';
import { recipientShards, toSubscriberKey } from '../../functions/adapters/table/subscribers.ts';
import { type SubscriptionsFixture, startSubscriptionsFixture } from './subscriptions-fixture.ts';

let fixture: SubscriptionsFixture;
let failing = '';
beforeEach(async () => {
  failing = '';
  fixture = await startSubscriptionsFixture({
    onRequest: (command) => {
      if (command === failing) throw new Error('the table is away');
    },
  });
});
afterEach(() => fixture.stop());

const at = '2026-11-23T07:00:00.000Z';

const subscribe = async (email: string, cadence: 'daily' | 'weekly' = 'daily'): Promise<string> => {
  const key = toSubscriberKey(email, await fixture.services.tokenKeys.getOrCreate());
  await fixture.services.subscribers.apply(key, { kind: 'signUp', key, email, cadence, at });
  await fixture.services.subscribers.apply(key, { kind: 'confirm', since: at, at });
  return key;
};

test('concurrent first requests for the keys all get the same', async () => {
  const got = await Promise.all(Array.from({ length: 10 }, () => fixture.services.tokenKeys.getOrCreate()));
  expect(new Set(got.map((keyring) => JSON.stringify(keyring))).size).toBe(1);
  expect(got[0]?.keys).toHaveLength(1);
  expect(got[0]?.keys[0]?.id).toMatch(/^[0-9a-f]{8}$/);
  expect(got[0]?.addressSecret).toMatch(/^[0-9a-f]{64}$/);
});

test('of two concurrent rotations one succeeds, and no key is lost', async () => {
  const before = await fixture.services.tokenKeys.getOrCreate();
  const { tokenKeys } = fixture.services;
  const done = await Promise.all([tokenKeys.rotate(), tokenKeys.rotate()]);
  const after = await tokenKeys.getOrCreate();
  expect(after.keys).toHaveLength(1 + done.filter(Boolean).length);
  expect(after.keys).toContainEqual(before.keys[0]);
  expect(after.addressSecret).toBe(before.addressSecret);
});

test('many are read by their keys, consistently; unknown ones are left out', async () => {
  const keys = await Promise.all(
    Array.from({ length: 120 }, (_, place) => subscribe(`reader${place}@harbour.example`)),
  );
  await fixture.services.subscribers.apply(keys[0] ?? '', { kind: 'unsubscribe', at });
  const found = await fixture.services.subscribers.getMany([...keys, 'f'.repeat(32)]);
  expect(found.map(({ key }) => key).toSorted()).toEqual(keys.toSorted());
  expect(found.filter(({ state }) => state !== 'active').map(({ key }) => key)).toEqual([keys[0]]);
});

test('the recipients are the active subscribers who are not paused, once, by cadence, from a key on', async () => {
  const daily = await Promise.all(Array.from({ length: 60 }, (_, place) => subscribe(`d${place}@harbour.example`)));
  const weekly = await subscribe('w@harbour.example', 'weekly');
  const [paused = '', left = ''] = daily;
  await fixture.services.subscribers.apply(paused, {
    kind: 'changePreferences',
    cadence: 'daily',
    paused: true,
  });
  await fixture.services.subscribers.apply(left, { kind: 'complain', at });

  const walk = async (cadence: 'daily' | 'weekly') => {
    const found: string[] = [];
    for (const shard of recipientShards) {
      for (let after: string | undefined; ; ) {
        const page = await fixture.services.subscribers.listRecipients(cadence, shard, { after, limit: 2 });
        found.push(...page.map(({ key }) => key));
        after = page.at(-1)?.key;
        if (page.length < 2) break;
      }
    }
    return found;
  };
  expect(await walk('daily')).toEqual(daily.filter((key) => key !== paused && key !== left).toSorted());
  expect(await walk('weekly')).toEqual([weekly]);
});

test('concurrent changes are decided one after the other: none is lost, and a complaint is not undone', async () => {
  const key = await subscribe('ana@harbour.example');
  const { subscribers } = fixture.services;
  await Promise.all(Array.from({ length: 4 }, () => subscribers.apply(key, { kind: 'softBounce', at })));
  expect(await subscribers.get(key)).toMatchObject({ state: 'active', softBounces: 4 });
  await Promise.all([
    subscribers.apply(key, { kind: 'changePreferences', cadence: 'weekly', paused: true }),
    subscribers.apply(key, { kind: 'complain', at }),
    subscribers.apply(key, { kind: 'unsubscribe', at }),
    subscribers.apply(key, { kind: 'confirm', since: at, at }),
  ]);
  expect(await subscribers.get(key)).toMatchObject({ state: 'complained' });
});

test('a failed write throws', async () => {
  const key = await subscribe('ana@harbour.example');
  failing = 'UpdateItemCommand';
  await expect(fixture.services.subscribers.apply(key, { kind: 'complain', at })).rejects.toThrow('away');
  failing = '';
  expect(await fixture.services.subscribers.get(key)).toMatchObject({ state: 'active' });
});

test('an event for somebody unknown writes nothing', async () => {
  const before = await fixture.listItems();
  const { subscribers } = fixture.services;
  const key = 'f'.repeat(32);
  for (const kind of ['hardBounce', 'complain', 'unsubscribe', 'erase', 'softBounce'] as const)
    expect(await subscribers.apply(key, { kind, at })).toEqual({ before: undefined, after: undefined });
  expect(await fixture.listItems()).toEqual(before);
});
