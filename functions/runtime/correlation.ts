import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<string>();
const ended = new WeakMap<Error, string>();

/** Runs work to which `correlationId` then gives the id, also where it goes on later, and beside other work. */
export const correlate = <T>(id: string, work: () => Promise<T>): Promise<T> =>
  current.run(id, async () => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Error && !ended.has(error)) ended.set(error, id);
      throw error;
    }
  });

/** The id of the work that runs here, or else of the work that the error ended. */
export const correlationId = (error?: unknown): string | undefined =>
  current.getStore() ?? (error instanceof Error ? ended.get(error) : undefined);
