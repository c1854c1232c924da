import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBatchStore } from '../../functions/adapters/table/batches.ts';
import { createCadenceStateStore } from '../../functions/adapters/table/cadence-states.ts';
import { createSubscriberStore } from '../../functions/adapters/table/subscribers.ts';
import { beginCall, countDeliveryOutcomes } from '../../functions/core/newsletter/delivery/delivery-batch.ts';
import type { DeliveryBatch } from '../../functions/core/newsletter/delivery/delivery-batch-record.ts';
import { eraseSubscriber } from '../../functions/subscriptions/erase-subscriber.ts';
import { createInMemoryTable } from '../in-memory-table.ts';

const at = '2026-11-24T07:00:00.000Z';
const keyOf = (place: number): string => place.toString(16).padStart(32, '0');
const emailOf = (place: number): string => `reader${place}@harbour.example`;

/** Issues with readers 0, 2, 4 …, `size` in a batch, who all wait. */
const createIssueWithReaders = async (names: readonly string[], readers: number, size: number) => {
  const table = createInMemoryTable();
  const erasures = new Map<string, unknown>();
  const services = {
    buckets: {
      internal: {
        put: async (key: string, body: string | Uint8Array) => {
          erasures.set(key, body);
        },
      },
    },
    subscribers: createSubscriberStore(table, () => new Date(at)),
    cadenceStates: createCadenceStateStore(table),
    batches: createBatchStore(table),
  };
  const places = Array.from({ length: readers }, (_, index) => index * 2);
  for (const place of places) {
    const [key, email] = [keyOf(place), emailOf(place)];
    await services.subscribers.apply(key, { kind: 'signUp', key, email, cadence: 'daily', at });
    await services.subscribers.apply(key, { kind: 'confirm', since: at, at });
  }
  for (const issue of names) {
    const count = Math.ceil(readers / size);
    for (let batch = 1; batch <= count + 1; batch += 1) {
      const recipients = places
        .slice((batch - 1) * size, batch * size)
        .map((place) => ({ key: keyOf(place), email: emailOf(place), outcome: 'waiting' as const }));
      await services.batches.add(
        {
          issue,
          batch,
          state: recipients.length > 0 ? 'queued' : 'done',
          attempt: 0,
          recipients,
        },
        at,
      );
    }
    const number = Number(issue.split('-')[1]);
    const open = { number, at: `${at}-${number}`, after: 0, upTo: number };
    await services.cadenceStates.openIssue('daily', await services.cadenceStates.get('daily'), open);
    await services.cadenceStates.markCovered('daily', open);
    await services.cadenceStates.closeIssue('daily', open);
  }
  const all = async (issue: string): Promise<DeliveryBatch[]> => services.batches.listRange(issue, 1, 999);
  return { ...services, table, all };
};

test('the address of an erased reader is removed from every issue that is not sent, and all others stay', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 1, max: 7 }),
      fc.nat(90),
      async (readers, size, who) => {
        const names = ['daily-1', 'daily-2'];
        const services = await createIssueWithReaders(names, readers, size);
        await eraseSubscriber(services, keyOf(who), at);
        const isReader = who % 2 === 0 && who < readers * 2;
        for (const name of names) {
          const batches = await services.all(name);
          const text = JSON.stringify(batches);
          expect(text).not.toContain(`"${emailOf(who)}"`);
          expect(countDeliveryOutcomes(batches)).toMatchObject({
            waiting: readers - (isReader ? 1 : 0),
            suppressed: isReader ? 1 : 0,
          });
        }
        expect((await services.subscribers.get(keyOf(who)))?.state).toBe(isReader ? 'erased' : undefined);
      },
    ),
    { numRuns: 100 },
  );
});

test('a held issue has no batches yet, and does not hide others that are not sent', async () => {
  const services = await createIssueWithReaders(['daily-1'], 3, 2);
  await services.cadenceStates.openIssue('daily', await services.cadenceStates.get('daily'), {
    number: 2,
    at,
    after: 1,
    upTo: 2,
  });
  await eraseSubscriber(services, keyOf(2), at);
  expect(JSON.stringify(await services.all('daily-1'))).not.toContain(emailOf(2));
});

test('a batch that is being called is left to its call', async () => {
  const services = await createIssueWithReaders(['daily-1'], 2, 2);
  const batch = await services.batches.get('daily-1', 1);
  if (!batch) throw new Error('there is no batch');
  const calling = beginCall(batch, { indexes: [0, 1], wanted: new Set([keyOf(0), keyOf(2)]), until: at });
  await services.batches.replace(batch, calling);
  await eraseSubscriber(services, keyOf(2), at);
  expect(await services.batches.get('daily-1', 1)).toMatchObject({ state: 'calling', attempt: 1 });
});
