/** Values that are kept in memory, in the order of their last use: the oldest go first where all are too long. */
export const createKeptValues = <T>(maxLength: number) => {
  const kept = new Map<string, { readonly value: T; readonly length: number }>();
  let keptLength = 0;
  const remove = (name: string): void => {
    keptLength -= kept.get(name)?.length ?? 0;
    kept.delete(name);
  };
  const keep = (name: string, value: T, length: number): void => {
    remove(name);
    kept.set(name, { value, length });
    keptLength += length;
    for (const oldest of kept.keys()) {
      if (keptLength <= maxLength) break;
      remove(oldest);
    }
  };
  return {
    get: (name: string): T | undefined => {
      const found = kept.get(name);
      if (found) keep(name, found.value, found.length);
      return found?.value;
    },
    keep,
    remove,
    clear: (): void => {
      kept.clear();
      keptLength = 0;
    },
  };
};
