import { setTimeout as sleep } from 'node:timers/promises';
import { buildLeaseSeconds } from '../../../functions/platform/contract.ts';
import { splitIntoChunks } from '../../../functions/platform/split-into-chunks.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { CliError } from '../output/cli-error.ts';
import { pollUntil } from '../output/poll-until.ts';
import type { PublishRequest } from './read-seed-inventory.ts';

/** Uploads in the meantime come after this many messages at most. */
const maxWaitingMessages = 500;
/** Seeds whose order is kept: as many as publish handles in one build. */
const seedsPerRound = 500;

export type PublishRequestServices = Pick<
  CliServices,
  'uploadsQueue' | 'countUploads' | 'seeds' | 'build' | 'now' | 'pollIntervalMs'
> & { readonly createId: () => string };

const toUploadEvent = ({ key, sequencer }: PublishRequest): object => ({
  source: 'aws.s3',
  detail: { object: { key, sequencer } },
});

export const requestPublish = async (
  { uploadsQueue, countUploads, pollIntervalMs }: PublishRequestServices,
  requests: readonly PublishRequest[],
  show: (count: number) => void,
): Promise<void> => {
  let requested = 0;
  for (const portion of splitIntoChunks(requests, maxWaitingMessages)) {
    await waitUntilNoneLeft(pollIntervalMs, async () => (await countUploads()) - maxWaitingMessages);
    await uploadsQueue.sendMany(portion.map(toUploadEvent));
    requested += portion.length;
    show(requested);
  }
};

/** Waits until publish has handled all messages. SQS's counts are approximate, so it is asked more than once. */
export const waitUntilQueueEmpty = async ({ countUploads, pollIntervalMs }: PublishRequestServices): Promise<void> => {
  for (let emptyReads = 0; emptyReads < 3; emptyReads += 1) {
    await waitUntilNoneLeft(pollIntervalMs, countUploads);
    await sleep(pollIntervalMs);
  }
};

/**
 * Publishes seeds without a record in their order. Builders number seeds as they find them, so the build lease is held
 * while a round of them is read. If the command is interrupted, building continues when the lease expires.
 */
export const requestPublishInOrder = async (
  services: PublishRequestServices,
  requests: readonly PublishRequest[],
  show: (count: number) => void,
): Promise<void> => {
  let requested = 0;
  for (const round of splitIntoChunks(requests, seedsPerRound)) {
    const keys = round.map(({ key }) => key);
    const holder = await acquireLease(services);
    try {
      await requestPublish(services, round, (count) => show(requested + count));
      await waitUntilNoneLeft(
        services.pollIntervalMs,
        async () => keys.length - (await services.seeds.getMany(keys)).length,
      );
    } finally {
      await services.build.releaseLease(holder);
    }
    requested += round.length;
    await services.uploadsQueue.send({ source: 'seedpress.build' });
    await waitUntilNoneLeft(services.pollIntervalMs, async () => (await services.seeds.listMarked(keys)).length);
  }
};

const acquireLease = async ({ build, createId, now, pollIntervalMs }: PublishRequestServices): Promise<string> => {
  const holder = createId();
  await waitUntilNoneLeft(pollIntervalMs, async () => {
    const seconds = Math.floor(now().getTime() / 1000);
    const lease = { holder, now: seconds, until: seconds + buildLeaseSeconds, since: now().toISOString() };
    return (await build.acquireLease(lease)) ? 0 : 1;
  });
  return holder;
};

const idleTimeoutMs = 300_000;

/** A count may be approximate: only a new lowest one is progress. */
export const waitUntilNoneLeft = async (intervalMs: number, countLeft: () => Promise<number>): Promise<void> => {
  let lowest = Number.POSITIVE_INFINITY;
  const isDone = await pollUntil({ intervalMs, idleTimeoutMs }, async (reportProgress) => {
    const left = await countLeft();
    if (left <= 0) return true;
    if (left < lowest) reportProgress();
    lowest = Math.min(lowest, left);
    return undefined;
  });
  if (!isDone)
    throw new CliError(
      'Nothing has changed for five minutes: npx seedpress status shows what is waiting. You can run this again.',
    );
};
