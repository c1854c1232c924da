import { AsyncLocalStorage } from 'node:async_hooks';

const currentId = new AsyncLocalStorage<string>();
const idByError = new WeakMap<Error, string>();

/** Runs work during which `findCorrelationId` gives the id, also across awaits and beside other work. */
export const runWithCorrelationId = <T>(id: string, work: () => Promise<T>): Promise<T> =>
  currentId.run(id, async () => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Error && !idByError.has(error)) idByError.set(error, id);
      throw error;
    }
  });

export const findCorrelationId = (error?: unknown): string | undefined =>
  currentId.getStore() ?? (error instanceof Error ? idByError.get(error) : undefined);
