import type { Queues } from './sqs/queues.ts';

const minReportedMessages = 20;

export interface ReportProgressOptions {
  readonly queue: string;
  readonly label: string;
  readonly print: (line: string) => void;
}

/** Prints the progress of a long queue once a second, and when it is empty. The returned function ends it. */
export const reportProgress = (queues: Queues, { queue, label, print }: ReportProgressOptions): (() => void) => {
  const countRemaining = (): number => {
    const { visible, inFlight } = queues.countMessages(queue);
    return visible + inFlight;
  };
  let total = countRemaining();
  let isReporting = false;
  const stopListening = queues.onMessageDue((name, event) => {
    if (name === queue && event === 'sent') total++;
  });
  const timer = setInterval(() => {
    const left = countRemaining();
    isReporting ||= left >= minReportedMessages;
    if (isReporting) print(left > 0 ? `${label}: ${total - left} of ${total}` : `${label}: all ${total} done`);
    if (left === 0) [total, isReporting] = [0, false];
  }, 1000);
  return () => {
    stopListening();
    clearInterval(timer);
  };
};
