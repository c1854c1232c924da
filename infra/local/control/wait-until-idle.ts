import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../base/clock.ts';
import type { RunningFunctions } from '../lambda/start-functions.ts';

export interface WaitUntilIdleProps {
  readonly functions: Pick<RunningFunctions, 'isBusy' | 'findNextDueTime'>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Waits until every function is done with its messages.
 * @param maxWaitMs milliseconds: a message that is due so soon is waited for, too
 * @returns when the next message is due that waits for its time; undefined where none does
 */
export const waitUntilIdle = async (
  { functions, clock }: WaitUntilIdleProps,
  maxWaitMs: number,
): Promise<Date | undefined> => {
  for (;;) {
    if (!functions.isBusy()) {
      const due = functions.findNextDueTime();
      if (!due || due.getTime() - clock.now().getTime() > maxWaitMs) return due;
    }
    await sleep(20);
  }
};
