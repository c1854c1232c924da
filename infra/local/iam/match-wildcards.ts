/**
 * Whether a text fits an IAM pattern, in which `*` is any text and `?` one character. Steps back to the last star only,
 * so that it takes no more steps than the product of the two lengths.
 */
export const matchesWildcards = (pattern: string, text: string): boolean => {
  let at = 0;
  let star: { readonly pattern: number; text: number } | undefined;
  for (let position = 0; position < text.length; ) {
    const expected = pattern[at];
    if (expected === '*') {
      star = { pattern: at, text: position };
      at += 1;
    } else if (expected === '?' || expected === text[position]) {
      at += 1;
      position += 1;
    } else if (star) {
      star.text += 1;
      at = star.pattern + 1;
      position = star.text;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
};
