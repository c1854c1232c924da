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

const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/**
 * Takes one step after the other, and tells of each. After one that failed the others are skipped, since each builds
 * on those before it.
 */
export const takeSteps = async (steps: readonly Step[], print: (line: string) => void): Promise<Counts> => {
  for (const [index, { name, act }] of steps.entries()) {
    const began = Date.now();
    try {
      await act();
    } catch (error) {
      print(`failed   ${name} (${seconds(began)})`);
      print(error instanceof Error ? (error.stack ?? error.message) : String(error));
      for (const missed of steps.slice(index + 1)) print(`skipped  ${missed.name}`);
      return { passed: index, failed: 1, skipped: steps.length - index - 1 };
    }
    print(`ok       ${name} (${seconds(began)})`);
  }
  return { passed: steps.length, failed: 0, skipped: 0 };
};
