import { setTimeout as sleep } from 'node:timers/promises';

interface PollOptions {
  readonly intervalMs: number;
  /** Ends the wait when there was no progress for so long. */
  readonly idleTimeoutMs: number;
}

/** `look` gives the result once there is one, and reports progress before. Undefined after a time without progress. */
export const pollUntil = async <T>(
  { intervalMs, idleTimeoutMs }: PollOptions,
  look: (reportProgress: () => void) => Promise<T | undefined>,
): Promise<T | undefined> => {
  let progressAt = performance.now();
  const reportProgress = (): void => {
    progressAt = performance.now();
  };
  for (;;) {
    const began = performance.now();
    const result = await look(reportProgress);
    if (result !== undefined) return result;
    const now = performance.now();
    if (now - progressAt >= idleTimeoutMs) return undefined;
    // A look at a million items takes a while: it must not be all that the command does.
    await sleep(Math.max(intervalMs, 3 * (now - began)));
  }
};
