import type { Queues } from './sqs/queues.ts';

/** Fewer messages than this are no matter for a progress report. */
const worthReporting = 20;

/**
 * Tells once a second how far a queue with much to do has come, and when all is done.
 * Gives a function that ends it.
 */
export const watchProgress = (
  queues: Queues,
  { queue, what }: { readonly queue: string; readonly what: string },
  print: (line: string) => void,
  interval = 1000,
): (() => void) => {
  const countLeft = (): number => {
    const { visible, inFlight } = queues.counts(queue);
    return visible + inFlight;
  };
  let total = countLeft();
  let isReporting = false;
  const stopListening = queues.onWork((name, happened) => {
    if (name === queue && happened === 'sent') total++;
  });
  const timer = setInterval(() => {
    const left = countLeft();
    isReporting ||= left >= worthReporting;
    if (isReporting) print(left > 0 ? `${what}: ${total - left} of ${total}` : `${what}: all ${total} done`);
    if (left === 0) [total, isReporting] = [0, false];
  }, interval);
  return () => {
    stopListening();
    clearInterval(timer);
  };
};
