import { setTimeout as sleep } from 'node:timers/promises';
import { buildLease } from '../../../functions/runtime/contract.ts';
import type { Seeds } from '../seeds/open-seeds.ts';
import type { Told } from './take-stock.ts';
import { untilNone } from './until-none.ts';

/** Messages in a request, and about how many wait at once: what is uploaded meanwhile comes behind them. */
const [together, mostWaiting] = [10, 500];
/** Seeds whose order is kept: as many as are filed in one round. */
const portion = 500;

export type Telling = Pick<Seeds, 'uploads' | 'countUploads' | 'seeds' | 'build' | 'now'> & {
  readonly newId: () => string;
  /** Milliseconds between two looks at what has happened. */
  readonly pause: number;
};

const messageOf = ({ key, sequencer }: Told): object => ({
  source: 'aws.s3',
  detail: { object: { key, sequencer } },
});

/**
 * Has publish look at keys, as an event of the bucket does.
 * @param show takes how many it was told of by then
 */
export const tellPublish = async (
  { uploads, countUploads, pause }: Telling,
  told: readonly Told[],
  show: (count: number) => void,
): Promise<void> => {
  for (let start = 0; start < told.length; start += together) {
    if (start % mostWaiting === 0) await untilNone(pause, async () => (await countUploads()) - mostWaiting);
    await uploads.sendMany(told.slice(start, start + together).map(messageOf));
    show(Math.min(told.length, start + together));
  }
};

/** Waits until publish has been through all messages. SQS counts about, so it is asked more than once. */
export const untilNoneWaits = async ({ countUploads, pause }: Telling): Promise<void> => {
  for (let none = 0; none < 3; none += 1) {
    await untilNone(pause, countUploads);
    await sleep(pause);
  }
};

/**
 * Has seeds published that no record knows, in their order: builders number a portion as they file it, so none works
 * while it is read. Whoever ends this command in the middle lets builders go on when the lease has run out.
 */
export const tellInOrder = async (
  on: Telling,
  told: readonly Told[],
  show: (count: number) => void,
): Promise<void> => {
  for (let start = 0; start < told.length; start += portion) {
    const some = told.slice(start, start + portion);
    const keys = some.map(({ key }) => key);
    const holder = await takeLease(on);
    try {
      await tellPublish(on, some, (count) => show(start + count));
      await untilNone(on.pause, async () => keys.length - (await on.seeds.getMany(keys)).length);
    } finally {
      await on.build.abandon(holder);
    }
    await on.uploads.send({ source: 'seedpress.build' });
    await untilNone(on.pause, async () => (await on.seeds.marked(keys)).length);
  }
};

const takeLease = async ({ build, newId, now, pause }: Telling): Promise<string> => {
  const holder = newId();
  await untilNone(pause, async () => {
    const seconds = Math.floor(now().getTime() / 1000);
    const lease = { holder, now: seconds, until: seconds + buildLease, since: now().toISOString() };
    return (await build.acquire(lease)) ? 0 : 1;
  });
  return holder;
};
