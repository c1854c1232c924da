/** Orders by UTF-16 code units, for `sort`: the same on every machine and in every language. */
export const compareStrings = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
