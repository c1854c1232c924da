import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { RunningFunctions } from '../start-functions.ts';

export interface SettleProps {
  readonly functions: Pick<RunningFunctions, 'isBusy' | 'nextDue'>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Waits until every function is done with its messages.
 * @param patience milliseconds: a message that is due so soon is waited for, too
 * @returns when the next message is due that waits for its time; undefined where none does
 */
export const settle = async (
  { functions, clock }: SettleProps,
  patience: number,
): Promise<Date | undefined> => {
  for (;;) {
    if (!functions.isBusy()) {
      const due = functions.nextDue();
      if (!due || due.getTime() - clock.now().getTime() > patience) return due;
    }
    await sleep(20);
  }
};
