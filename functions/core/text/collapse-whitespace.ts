/** A text on one line: every run of whitespace is one space, with none at the ends. */
export const collapseWhitespace = (text: string): string => text.replace(/\s+/g, ' ').trim();
