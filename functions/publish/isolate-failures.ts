import { mapInParallel } from '../platform/concurrency.ts';
import { isServiceFailure } from '../platform/service-failure.ts';

type OnFailure<T> = (item: T, error: unknown) => void;

/** Maps each item by itself. One that fails is reported and left out; a failure of a service is thrown. */
export const mapSeparately = async <T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  onFailure: OnFailure<T>,
  limit?: number,
): Promise<R[]> => {
  const results = await mapInParallel(
    items,
    async (item) => {
      try {
        return [await work(item)];
      } catch (error) {
        if (isServiceFailure(error)) throw error;
        onFailure(item, error);
        return [];
      }
    },
    limit,
  );
  return results.flat();
};

/** Does one piece of work on all items; where that fails, on halves of them, down to the items at fault. */
export const isolateFailures = async <T, R>(
  items: readonly T[],
  work: (items: readonly T[]) => Promise<readonly R[]>,
  onFailure: OnFailure<T>,
): Promise<R[]> => {
  const [first] = items;
  if (first === undefined) return [];
  try {
    return [...(await work(items))];
  } catch (error) {
    if (isServiceFailure(error)) throw error;
    if (items.length === 1) {
      onFailure(first, error);
      return [];
    }
  }
  const middle = Math.ceil(items.length / 2);
  const before = await isolateFailures(items.slice(0, middle), work, onFailure);
  return [...before, ...(await isolateFailures(items.slice(middle), work, onFailure))];
};
