import type { Queues } from './sqs/queues.ts';

/** Fewer waiting messages than this are no matter for a progress report. */
const worthReporting = 20;

/**
 * Tells once a second how far a queue with much to do has come, and when all is done.
 * Gives a function that ends it.
 */
export const watchProgress = (
  queues: Queues,
  queue: string,
  print: (line: string) => void,
  interval = 1000,
): (() => void) => {
  let most = 0;
  let isReporting = false;
  const look = (): void => {
    const { visible, inFlight } = queues.counts(queue);
    const left = visible + inFlight;
    most = Math.max(most, left);
    isReporting ||= most >= worthReporting;
    if (isReporting && left > 0) print(`Publishing: ${most - left} of ${most}`);
    if (left > 0) return;
    if (isReporting) print(`Publishing: all ${most} done`);
    [most, isReporting] = [0, false];
  };
  const timer = setInterval(look, interval);
  return () => clearInterval(timer);
};
