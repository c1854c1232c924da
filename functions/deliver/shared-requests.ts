import type { Keyring } from '../adapters/table/token-keys.ts';
import type { DeliveryBatch } from '../core/newsletter/delivery/delivery-batch-record.ts';
import type { Subscriber } from '../core/newsletter/subscriber/subscriber-record.ts';
import { waitForBoth } from '../platform/concurrency.ts';
import { joinCalls } from '../platform/join-calls.ts';
import { reserveSendSlots, type SendSlot, type SlotRequest } from './reserve-send-slots.ts';
import type { BatchName, DeliverServices } from './services.ts';

interface DelayedBatch {
  readonly name: BatchName;
  readonly seconds: number;
}

/** Who a call is for, as they are now, and the keys that sign their links. */
export interface CallReaders {
  readonly subscribers: ReadonlyMap<string, Subscriber>;
  readonly keys: Keyring['keys'];
}

interface ReadersRequest {
  readonly keys: readonly string[];
  /** When the round of the call begins: they are read then. */
  readonly roundAt: number;
}

/** What the batches of one invocation ask for together, so that ten of them cost hardly more requests than one. */
export interface SharedRequests {
  getBatch(name: BatchName): Promise<DeliveryBatch | undefined>;
  reserveSlot(request: SlotRequest): Promise<SendSlot>;
  readReaders(request: ReadersRequest): Promise<CallReaders>;
  /** Queues a batch again. */
  delay(batch: DelayedBatch): Promise<void>;
  /** Sent mails are counted with the next reservation, or when all messages are handled. */
  noteSent(count: number): void;
  countSent(): Promise<void>;
}

/** The services of one function instance, whose batches share requests. */
export interface Delivery extends DeliverServices {
  readonly shared: SharedRequests;
}

export const createSharedRequests = (services: DeliverServices): SharedRequests => {
  const { batches, dayCounts, deliveriesQueue, now, sleep, subscribers, tokenKeys } = services;
  let sent = 0;

  const countSent = async (): Promise<void> => {
    if (sent === 0) return;
    const counted = sent;
    sent = 0;
    await dayCounts.add(now().toISOString().slice(0, 10), 'sent', counted);
  };

  const readRound = async (requests: readonly ReadersRequest[], at: number): Promise<CallReaders> => {
    await sleep(Math.max(0, at - now().getTime()));
    // A batch that is queued twice has the same readers.
    const readers = new Set(requests.flatMap(({ keys, roundAt }) => (roundAt === at ? keys : [])));
    const [found, { keys }] = await waitForBoth(subscribers.getMany([...readers]), tokenKeys.getOrCreate());
    return { subscribers: new Map(found.map((subscriber) => [subscriber.key, subscriber])), keys };
  };

  return {
    getBatch: joinCalls(async (names: readonly BatchName[]) => {
      const found = await batches.getMany(names);
      return ({ issue, batch }) => found.find((each) => each.issue === issue && each.batch === batch);
    }),

    reserveSlot: joinCalls(async (requests: readonly SlotRequest[]) => {
      await countSent();
      return reserveSendSlots(services, requests);
    }),

    readReaders: joinCalls(async (requests: readonly ReadersRequest[]) => {
      const starts = [...new Set(requests.map(({ roundAt }) => roundAt))];
      const rounds = new Map(starts.map((roundAt) => [roundAt, readRound(requests, roundAt)]));
      return async ({ roundAt }) => rounds.get(roundAt) ?? readRound(requests, roundAt);
    }),

    delay: joinCalls(async (delayed: readonly DelayedBatch[]) => {
      for (const seconds of new Set(delayed.map((each) => each.seconds))) {
        const names = delayed.flatMap((each) => (each.seconds === seconds ? [each.name] : []));
        await deliveriesQueue.sendMany(names, seconds);
      }
      return () => undefined;
    }),

    noteSent: (count) => {
      sent += count;
    },
    countSent,
  };
};
