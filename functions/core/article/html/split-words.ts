export const splitWords = (text: string): string[] =>
  text
    .toLowerCase()
    .normalize('NFKC')
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** The likeness of two lines by their words: 0 for none in common, 1 for the same words. */
export const compareWords = (one: string, other: string): number => {
  const [a, b] = [new Set(splitWords(one)), new Set(splitWords(other))];
  if (a.size + b.size === 0) return 0;
  return (2 * [...a].filter((word) => b.has(word)).length) / (a.size + b.size);
};
