import { expect, test } from 'vitest';
import { tidyReaders } from '../../functions/compose-issue/tidy-readers.ts';
import { listLeftPartitions } from '../../functions/core/newsletter/subscriber/address-retention.ts';
import { countChoices } from '../../infra/cli/connection/count-readers.ts';
import { createInMemorySubscriptions } from '../subscriptions/in-memory-subscriptions.ts';

const dayMs = 24 * 60 * 60 * 1000;
const time = () => 300_000;

test('the address of those who left goes after the days of the settings, and the hash keeps them off', async () => {
  const { clock, services, site, toKey, table } = await createInMemorySubscriptions();
  const start = clock.now;
  const leave = async (name: string, days: number, state: 'unsubscribed' | 'bounced' | 'complained') => {
    const email = `${name}@reader.example`;
    const at = new Date(start - days * dayMs).toISOString();
    const event = { kind: 'importInactive', key: toKey(email), email, cadence: 'daily', at, state } as const;
    await services.subscribers.apply(event.key, event);
  };
  await leave('ana', 4000, 'unsubscribed');
  await leave('ben', 401, 'bounced');
  await leave('cem', 399, 'complained');
  await leave('dov', 1, 'unsubscribed');
  const listKept = () =>
    ['ana', 'ben', 'cem', 'dov'].filter((name) => JSON.stringify([...table.items.values()]).includes(`${name}@`));
  const settings = (addressRetentionDays: number) => ({
    ...services,
    site,
    publication: { ...services.publication, newsletter: { ...services.publication.newsletter, addressRetentionDays } },
  });
  expect(await tidyReaders(settings(400), time)).toBe('tidy');
  expect(listKept()).toEqual(['cem', 'dov']);
  expect(await services.subscribers.get(toKey('ben@reader.example'))).toEqual({
    state: 'bounced',
    key: toKey('ben@reader.example'),
    since: new Date(start - 401 * dayMs).toISOString(),
  });
  expect([...table.items.values()].filter(({ recipientShard }) => recipientShard !== undefined)).toHaveLength(2);
  clock.now = start + 2 * dayMs;
  await tidyReaders(settings(400), time);
  expect(listKept()).toEqual(['dov']);
  await tidyReaders(settings(2), time);
  expect(listKept()).toEqual([]);

  const email = 'ben@reader.example';
  const at = new Date(clock.now).toISOString();
  const again = {
    kind: 'import',
    key: toKey(email),
    email,
    cadence: 'daily',
    at,
    consent: 'Old list',
    paused: false,
  } as const;
  expect((await services.subscribers.apply(again.key, again)).after?.state).toBe('bounced');
  expect(listKept()).toEqual([]);
});

test('it goes on in another message where time runs out, and asks the index for each month once', async () => {
  const { clock, services, site, toKey } = await createInMemorySubscriptions();
  for (let index = 0; index < 501; index += 1) {
    const email = `reader${index}@reader.example`;
    const at = new Date(clock.now - 500 * dayMs).toISOString();
    const key = toKey(email);
    await services.subscribers.apply(key, {
      kind: 'importInactive',
      key,
      email,
      cadence: 'daily',
      at,
      state: 'bounced',
    });
  }
  const messages: object[] = [];
  const issuesQueue = { send: async (message: object) => void messages.push(message) };
  expect(await tidyReaders({ ...services, site, issuesQueue }, () => 1000)).toBe('later');
  expect(messages).toEqual([{ readers: 'tidy' }]);
  expect(await tidyReaders({ ...services, site, issuesQueue }, time)).toBe('tidy');
  expect(await services.subscribers.listPartition('left#earlier', { limit: 10 })).toEqual([]);
  expect(listLeftPartitions('2026-03-05T00:00:00.000Z')).toEqual([
    'left#earlier',
    'left#2026-01',
    'left#2026-02',
    'left#2026-03',
  ]);
  expect(listLeftPartitions('2025-10-20T00:00:00.000Z')).toEqual(['left#earlier']);
  expect(listLeftPartitions('2028-02-01T00:00:00.000Z')).toHaveLength(27);
});

test('a change of address that was interrupted is completed, and the old address told', async () => {
  const { clock, services, site, toKey, mails } = await createInMemorySubscriptions();
  const [email, next] = ['ana@harbour.example', 'ana@quay.example'];
  const [key, to] = [toKey(email), { key: toKey(next), email: next }];
  const at = new Date(clock.now).toISOString();
  await services.subscribers.apply(key, {
    kind: 'import',
    key,
    email,
    cadence: 'weekly',
    at,
    consent: 'x',
    paused: true,
  });
  await services.subscribers.apply(key, { kind: 'startMove', to, requestedAt: at, at });
  await tidyReaders({ ...services, site }, time);
  expect(await services.subscribers.get(to.key)).toMatchObject({
    state: 'active',
    email: next,
    cadence: 'weekly',
    paused: true,
  });
  expect(await services.subscribers.get(key)).toEqual({ state: 'unsubscribed', key, since: at, movedTo: to.key });
  expect(mails.map((mail) => [mail.to, mail.subject])).toEqual([[email, 'Your address at Test Gazette has changed']]);
});

test('readers of a cadence that is not offered any more get the next quieter one, and choose again when they like', async () => {
  const { services, site, toKey, clock } = await createInMemorySubscriptions();
  const at = new Date(clock.now).toISOString();
  const key = toKey('ana@reader.example');
  await services.subscribers.apply(key, { kind: 'signUp', key, email: 'ana@reader.example', cadence: 'daily', at });
  await services.subscribers.apply(key, { kind: 'confirm', since: at, at });
  const tidy = (digest: typeof services.publication.digest) =>
    tidyReaders({ ...services, site, publication: { ...services.publication, digest } }, time);
  const count = async (digest: typeof services.publication.digest) =>
    (await countChoices(services.subscribers, { ...services.publication, digest })).formerCadences;
  await tidy({ immediately: { afterMinutes: 5 } });
  expect(await count({ immediately: { afterMinutes: 5 } })).toEqual([
    { chosen: 'daily', cadence: undefined, readers: 1 },
  ]);
  expect(await services.subscribers.get(key)).toMatchObject({ state: 'active', cadence: 'daily' });
  await tidy({ weekly: { day: 'monday', hour: 7 }, monthly: { day: 'last', hour: 7 } });
  expect(await services.subscribers.get(key)).toMatchObject({ cadence: 'weekly', chosenCadence: 'daily' });
  await tidy({ monthly: { day: 'last', hour: 7 } });
  expect(await services.subscribers.get(key)).toMatchObject({ cadence: 'monthly', chosenCadence: 'daily' });
  expect(await count({ monthly: { day: 'last', hour: 7 } })).toEqual([
    { chosen: 'daily', cadence: 'monthly', readers: 1 },
  ]);
  await services.subscribers.apply(key, { kind: 'changePreferences', cadence: 'monthly', paused: false });
  expect(await services.subscribers.get(key)).not.toHaveProperty('chosenCadence');
});
