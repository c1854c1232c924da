/** Features are words, not numbers: a value goes by the first limit that it does not exceed, or by `beyond`. */
export const quantize = (value: number, limits: readonly number[], beyond = 'more'): string =>
  `${limits.find((limit) => value <= limit) ?? beyond}`;
