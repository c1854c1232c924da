/**
 * Computes a pure function once for each list of arguments: Intl's formatters take far longer to create than to use.
 */
export const memoize = <Args extends readonly string[], Result>(
  compute: (...args: Args) => Result,
): ((...args: Args) => Result) => {
  const results = new Map<string, Result>();
  return (...args) => {
    const key = args.join(' ');
    const known = results.get(key);
    if (known !== undefined) return known;
    const result = compute(...args);
    results.set(key, result);
    return result;
  };
};
