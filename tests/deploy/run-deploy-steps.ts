import { setTimeout as sleep } from 'node:timers/promises';

export interface DeployStep {
  /** What is so, once it is done. */
  readonly name: string;
  readonly run: () => Promise<void>;
}

export interface StepCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The most minutes for one step. */
const maxStepMinutes = 5;

const formatSeconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** @throws when a step must not go on: it took too long, or all is to end */
const failAfterTimeout = async (signal: AbortSignal): Promise<never> => {
  await sleep(maxStepMinutes * 60_000, undefined, { signal, ref: false });
  throw new Error(`not done after ${maxStepMinutes} minutes`);
};

/**
 * Takes one step after the other, and tells of each. After one that failed the others are skipped, since each builds
 * on those before it.
 */
export const runDeploySteps = async (steps: readonly DeployStep[], signal: AbortSignal): Promise<StepCounts> => {
  for (const [index, { name, run }] of steps.entries()) {
    const began = Date.now();
    try {
      await Promise.race([run(), failAfterTimeout(signal)]);
    } catch (error) {
      console.log(`failed   ${name} (${formatSeconds(began)})`);
      console.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      for (const skipped of steps.slice(index + 1)) console.log(`skipped  ${skipped.name}`);
      return { passed: index, failed: 1, skipped: steps.length - index - 1 };
    }
    console.log(`ok       ${name} (${formatSeconds(began)})`);
  }
  return { passed: steps.length, failed: 0, skipped: 0 };
};
