import { setTimeout as sleep } from 'node:timers/promises';
import { buildLeaseSeconds } from '../../../functions/platform/contract.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import type { PublishRequest } from './read-seed-inventory.ts';
import { waitUntilNoneLeft } from './wait-until-none-left.ts';

/** Messages in a request, and about how many wait at once: what is uploaded meanwhile comes behind them. */
const [maxMessagesPerRequest, maxWaitingMessages] = [10, 500];
/** Seeds whose order is kept: as many as are filed in one round. */
const seedsPerRound = 500;

export type PublishRequestServices = Pick<
  CliServices,
  'uploadsQueue' | 'countUploads' | 'seeds' | 'build' | 'now'
> & {
  readonly createId: () => string;
  /** Milliseconds between two looks at what has happened. */
  readonly pollIntervalMs: number;
};

const toUploadEvent = ({ key, sequencer }: PublishRequest): object => ({
  source: 'aws.s3',
  detail: { object: { key, sequencer } },
});

/**
 * Has publish look at keys, as an event of the bucket does.
 * @param show takes how many it was told of by then
 */
export const requestPublish = async (
  { uploadsQueue, countUploads, pollIntervalMs: pause }: PublishRequestServices,
  requests: readonly PublishRequest[],
  show: (count: number) => void,
): Promise<void> => {
  for (let start = 0; start < requests.length; start += maxMessagesPerRequest) {
    if (start % maxWaitingMessages === 0)
      await waitUntilNoneLeft(pause, async () => (await countUploads()) - maxWaitingMessages);
    await uploadsQueue.sendMany(requests.slice(start, start + maxMessagesPerRequest).map(toUploadEvent));
    show(Math.min(requests.length, start + maxMessagesPerRequest));
  }
};

/** Waits until publish has been through all messages. SQS counts about, so it is asked more than once. */
export const waitUntilQueueEmpty = async ({
  countUploads,
  pollIntervalMs: pause,
}: PublishRequestServices): Promise<void> => {
  for (let emptyReads = 0; emptyReads < 3; emptyReads += 1) {
    await waitUntilNoneLeft(pause, countUploads);
    await sleep(pause);
  }
};

/**
 * Has seeds published that no record knows, in their order: builders number a portion as they file it, so none works
 * while it is read. Whoever ends this command in the middle lets builders go on when the lease has run out.
 */
export const requestPublishInOrder = async (
  services: PublishRequestServices,
  requests: readonly PublishRequest[],
  show: (count: number) => void,
): Promise<void> => {
  for (let start = 0; start < requests.length; start += seedsPerRound) {
    const round = requests.slice(start, start + seedsPerRound);
    const keys = round.map(({ key }) => key);
    const holder = await acquireLease(services);
    try {
      await requestPublish(services, round, (count) => show(start + count));
      await waitUntilNoneLeft(
        services.pollIntervalMs,
        async () => keys.length - (await services.seeds.getMany(keys)).length,
      );
    } finally {
      await services.build.releaseLease(holder);
    }
    await services.uploadsQueue.send({ source: 'seedpress.build' });
    await waitUntilNoneLeft(
      services.pollIntervalMs,
      async () => (await services.seeds.listMarked(keys)).length,
    );
  }
};

const acquireLease = async ({
  build,
  createId,
  now,
  pollIntervalMs: pause,
}: PublishRequestServices): Promise<string> => {
  const holder = createId();
  await waitUntilNoneLeft(pause, async () => {
    const seconds = Math.floor(now().getTime() / 1000);
    const lease = { holder, now: seconds, until: seconds + buildLeaseSeconds, since: now().toISOString() };
    return (await build.acquireLease(lease)) ? 0 : 1;
  });
  return holder;
};
