/** Signs of a title that is made of a text. */
const maxTitleLength = 70;

/** A headline for a text that has none: its first words. */
export const toTitle = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim().toWellFormed();
  if (line.length <= maxTitleLength) return line;
  const cut = line.slice(0, maxTitleLength).lastIndexOf(' ');
  return `${line.slice(0, cut > maxTitleLength / 2 ? cut : maxTitleLength)}…`;
};
