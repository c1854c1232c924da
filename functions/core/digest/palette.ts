/** The colours of the letter by day, which stand in every element; those by night are in `digest.mjml`. */
export const palette = {
  ink: '#26231f',
  quiet: '#6a635a',
  line: '#d9d2c7',
  tint: '#f3efe7',
  accent: '#8c2f1b',
} as const;
