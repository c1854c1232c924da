/** The words of a text in lower case, letters and digits of any script. */
export const splitWords = (text: string): string[] =>
  text
    .toLowerCase()
    .normalize('NFKC')
    .match(/[\p{L}\p{N}]{1,1000}/gu) ?? [];

/** The likeness of two sets of words: 0 for none in common, 1 for the same words. */
export const compareWordSets = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  let shared = 0;
  for (const word of a) if (b.has(word)) shared += 1;
  return a.size + b.size === 0 ? 0 : (2 * shared) / (a.size + b.size);
};

export const compareWords = (one: string, other: string): number =>
  compareWordSets(new Set(splitWords(one)), new Set(splitWords(other)));
