import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../base/clock.ts';
import type { Bus } from '../events/start-bus.ts';
import type { RunningFunctions } from '../lambda/start-functions.ts';
import type { ControlRequest, LocalRunDescription } from './control-protocol.ts';

/** The parts of a local run that only the run itself can reach. */
export interface ControlledRun {
  readonly clock: Pick<Clock, 'now' | 'advanceTo' | 'offsetMs'>;
  readonly bus: Pick<Bus, 'catchUp' | 'tick' | 'findNextFiring'>;
  readonly functions: Pick<RunningFunctions, 'isBusy' | 'findNextDueTime'>;
  readonly connection: Pick<LocalRunDescription, 'environment' | 'queues' | 'inbox'>;
}

export const handleControlRequest = async (run: ControlledRun, request: ControlRequest): Promise<unknown> => {
  switch (request.action) {
    case 'describe':
      return describeRun(run);
    case 'waitUntilIdle':
      return waitUntilIdle(run);
    case 'advanceClock':
      return { now: (await advanceClock(run, new Date(request.until))).toISOString() };
  }
};

const describeRun = ({ connection, clock, bus }: ControlledRun): LocalRunDescription => {
  const nextFiring = bus.findNextFiring(clock.now())?.toISOString();
  return { ...connection, clockOffsetMs: clock.offsetMs[0] ?? 0, ...(nextFiring !== undefined && { nextFiring }) };
};

/** Waits until every function is done with its messages; those that are due later are not waited for. */
const waitUntilIdle = async ({ functions, clock }: Pick<ControlledRun, 'functions' | 'clock'>): Promise<void> => {
  const isIdle = (): boolean => {
    const due = functions.findNextDueTime();
    return !functions.isBusy() && (!due || due.getTime() > clock.now().getTime());
  };
  while (!isIdle()) await sleep(20);
};

const advanceClock = async (run: ControlledRun, until: Date): Promise<Date> => {
  const { bus, clock, functions } = run;
  await waitUntilIdle(run);
  const firing = bus.findNextFiring(clock.now())?.getTime() ?? Number.POSITIVE_INFINITY;
  const due = functions.findNextDueTime()?.getTime() ?? Number.POSITIVE_INFINITY;
  const next = Math.min(firing, due, until.getTime());
  clock.advanceTo(new Date(next));
  // Articles of this time are published first, so that an issue of the same instant contains them.
  if (next === firing || next === until.getTime()) bus.catchUp();
  await waitUntilIdle(run);
  if (next === firing) {
    bus.tick(new Date(next));
    await waitUntilIdle(run);
  }
  return new Date(next);
};
