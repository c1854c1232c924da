const defaultConcurrency = 24;

/**
 * Maps items by asynchronous work, a limited number at once. A failure is thrown only once all running work has ended:
 * the builder then gives its lease back, and none of its writes may land after the next builder's.
 */
export const mapInParallel = async <T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  limit = defaultConcurrency,
): Promise<R[]> => {
  const results: R[] = [];
  const failures: unknown[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (failures.length > 0) return;
      try {
        results[index] = await work(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
};

/** Waits for two independent promises, and throws a failure only once both have ended. */
export const waitForBoth = async <A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> => {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
};

/**
 * Limits the sum of the sizes of what runs at once, such as bytes in memory. What is larger than the limit runs alone.
 * Work within the limit must not wait for the same limit.
 */
export const createSizeLimit = (limit: number) => {
  let used = 0;
  const waiting: (() => void)[] = [];
  return async <T>(size: number, work: () => Promise<T>): Promise<T> => {
    while (used > 0 && used + size > limit) await new Promise<void>((resume) => waiting.push(resume));
    used += size;
    try {
      return await work();
    } finally {
      used -= size;
      for (const resume of waiting.splice(0)) resume();
    }
  };
};

export type SizeLimit = ReturnType<typeof createSizeLimit>;
