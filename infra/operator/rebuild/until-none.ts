import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from '../failures.ts';

/** Milliseconds for which nothing may happen. */
const patience = 300_000;

/**
 * Waits until nothing is left of something.
 * @param pause milliseconds between two looks
 * @param countLeft may count about: only fewer than ever is a step ahead
 * @throws {OperatorError} when there was no step ahead for five minutes
 */
export const untilNone = async (pause: number, countLeft: () => Promise<number>): Promise<void> => {
  let least = Number.POSITIVE_INFINITY;
  for (let since = performance.now(); performance.now() - since < patience; await sleep(pause)) {
    const left = await countLeft();
    if (left <= 0) return;
    if (left < least) since = performance.now();
    least = Math.min(least, left);
  }
  throw new OperatorError(
    'Nothing has happened for five minutes: npx seedpress status tells what waits. Run again, it begins anew.',
  );
};
