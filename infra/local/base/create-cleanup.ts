export interface Cleanup {
  add(step: () => unknown): void;
  /** Runs the steps, the last one first, each once. */
  unwind(): Promise<void>;
}

export const createCleanup = (): Cleanup => {
  const steps: (() => unknown)[] = [];
  return {
    add: (step) => {
      steps.push(step);
    },
    unwind: async () => {
      for (let step = steps.pop(); step; step = steps.pop()) await step();
    },
  };
};
