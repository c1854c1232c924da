/** Remembers what a pure function gave for each name: Intl's formatters take far longer to make than to use. */
export const memoize = <Made>(make: (...names: string[]) => Made): ((...names: string[]) => Made) => {
  const made = new Map<string, Made>();
  return (...names) => {
    const key = names.join(' ');
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = make(...names);
    made.set(key, fresh);
    return fresh;
  };
};
