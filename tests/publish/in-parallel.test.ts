import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { mapInParallel, waitForBoth } from '../../functions/platform/concurrency.ts';

test('results come in the order of the items, whatever ends first', async () => {
  const double = async (delay: number) => {
    await sleep(delay);
    return delay * 2;
  };
  expect(await mapInParallel([30, 1, 15], double)).toEqual([60, 2, 30]);
  expect(await mapInParallel([], double)).toEqual([]);
});

test('no more is under way at once than allowed', async () => {
  let underWay = 0;
  let peak = 0;
  const work = async () => {
    underWay += 1;
    peak = Math.max(peak, underWay);
    await sleep(1);
    underWay -= 1;
  };
  await mapInParallel(Array.from({ length: 20 }), work, 3);
  expect(peak).toBe(3);
});

test('a failure is thrown when nothing is under way any more, and nothing is begun after it', async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const work = async (item: number) => {
    begun.push(item);
    if (item === 2) throw new Error('item 2 failed');
    await sleep(20);
    ended.push(item);
  };
  await expect(mapInParallel([1, 2, 3, 4, 5, 6], work, 3)).rejects.toThrow('item 2 failed');
  expect(begun).toEqual([1, 2, 3]);
  expect(ended).toEqual([1, 3]);
});

test('of two works the one that goes on is waited for when the other fails', async () => {
  let ended = false;
  const slow = sleep(20).then(() => {
    ended = true;
  });
  await expect(waitForBoth(Promise.reject(new Error('the first failed')), slow)).rejects.toThrow('the first failed');
  expect(ended).toBe(true);
});
