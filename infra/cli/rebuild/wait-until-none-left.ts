import { setTimeout as sleep } from 'node:timers/promises';
import { CliError } from '../output/cli-error.ts';

/** Milliseconds for which nothing may happen. */
const idleTimeoutMs = 300_000;

/**
 * Waits until nothing is left of something.
 * @param pollIntervalMs milliseconds between two looks
 * @param countLeft may count about: only fewer than ever is a step ahead
 * @throws {CliError} when there was no step ahead for five minutes
 */
export const waitUntilNoneLeft = async (
  pollIntervalMs: number,
  countLeft: () => Promise<number>,
): Promise<void> => {
  let lowest = Number.POSITIVE_INFINITY;
  for (
    let since = performance.now();
    performance.now() - since < idleTimeoutMs;
    await sleep(pollIntervalMs)
  ) {
    const left = await countLeft();
    if (left <= 0) return;
    if (left < lowest) since = performance.now();
    lowest = Math.min(lowest, left);
  }
  throw new CliError(
    'Nothing has happened for five minutes: npx seedpress status tells what waits. Run again, it begins anew.',
  );
};
