import type { Queues } from './sqs/queues.ts';

/** Fewer messages than this are no matter for a progress report. */
const minReportedMessages = 20;

/**
 * Tells once a second how far a queue with much to do has come, and when all is done.
 * Gives a function that ends it.
 */
export const reportProgress = (
  queues: Queues,
  { queue, what: label }: { readonly queue: string; readonly what: string },
  print: (line: string) => void,
  intervalMs = 1000,
): (() => void) => {
  const countRemaining = (): number => {
    const { visible, inFlight } = queues.countMessages(queue);
    return visible + inFlight;
  };
  let total = countRemaining();
  let isReporting = false;
  const stopListening = queues.onMessageDue((name, happened) => {
    if (name === queue && happened === 'sent') total++;
  });
  const timer = setInterval(() => {
    const left = countRemaining();
    isReporting ||= left >= minReportedMessages;
    if (isReporting)
      print(left > 0 ? `${label}: ${total - left} of ${total}` : `${label}: all ${total} done`);
    if (left === 0) [total, isReporting] = [0, false];
  }, intervalMs);
  return () => {
    stopListening();
    clearInterval(timer);
  };
};
