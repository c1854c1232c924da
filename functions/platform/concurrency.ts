/** Requests under way at once, unless said otherwise. */
const defaultConcurrency = 24;

/**
 * Does work for every item, some of it at once, and gives the results in the items' order.
 *
 * Once one fails no other is begun, and the failure is thrown only when none is under way any more: the builder gives
 * its lease back then, and must not have a write on its way that lands after the next builder's.
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

/** Waits for two works that do not depend on each other, and throws a failure only when neither is under way. */
export const waitForBoth = async <A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> => {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
};
