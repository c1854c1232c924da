/** The site's colours by day, as article bodies need them in every element. Those by night are in `digest.mjml`. */
export const emailPalette = {
  soft: '#5d574e',
  rule: '#d9d2c4',
  tint: '#f1ede3',
  accent: '#8a2420',
} as const;
