import { CliError } from '../output/cli-error.ts';
import { pollUntil } from '../output/poll-until.ts';

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
