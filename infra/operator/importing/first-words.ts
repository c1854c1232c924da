/** Signs of a title that is made of a text. */
const longest = 70;

/** A headline for a text that has none: its first words. */
export const firstWords = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim().toWellFormed();
  if (line.length <= longest) return line;
  const cut = line.slice(0, longest).lastIndexOf(' ');
  return `${line.slice(0, cut > longest / 2 ? cut : longest)}…`;
};
