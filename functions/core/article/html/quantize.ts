/** The name of the first limit that a value does not pass: hints are words, not numbers. */
export const quantize = (value: number, limits: readonly number[]): string =>
  `${limits.find((limit) => value <= limit) ?? 'more'}`;
