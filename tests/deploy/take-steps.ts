import { setTimeout as sleep } from 'node:timers/promises';

export interface Step {
  /** What is so, once it is done. */
  readonly name: string;
  readonly act: () => Promise<void>;
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The most minutes for one step. */
const patience = 5;

const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** @throws when a step must not go on: it took too long, or all is to end */
const giveUp = async (signal: AbortSignal): Promise<never> => {
  await sleep(patience * 60_000, undefined, { signal, ref: false });
  throw new Error(`not done after ${patience} minutes`);
};

/**
 * Takes one step after the other, and tells of each. After one that failed the others are skipped, since each builds
 * on those before it.
 */
export const takeSteps = async (steps: readonly Step[], signal: AbortSignal): Promise<Counts> => {
  for (const [index, { name, act }] of steps.entries()) {
    const began = Date.now();
    try {
      await Promise.race([act(), giveUp(signal)]);
    } catch (error) {
      console.log(`failed   ${name} (${seconds(began)})`);
      console.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      for (const missed of steps.slice(index + 1)) console.log(`skipped  ${missed.name}`);
      return { passed: index, failed: 1, skipped: steps.length - index - 1 };
    }
    console.log(`ok       ${name} (${seconds(began)})`);
  }
  return { passed: steps.length, failed: 0, skipped: 0 };
};
