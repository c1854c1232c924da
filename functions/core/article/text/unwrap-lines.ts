/** Characters: mail programs and old editors break lines at widths between these. */
const minFullLineLength = 55;
const maxLineLength = 100;

/** Joins the lines of each paragraph of a text that was broken at a fixed width. Other texts stay as they are. */
export const unwrapLines = (text: string): string => {
  const rows = text.split('\n');
  if (!isWrapped(rows)) return text;
  const joined: string[] = [];
  for (const [index, row] of rows.entries()) {
    const previous = rows[index - 1]?.trimEnd() ?? '';
    if (isContinuation(previous, row)) joined[joined.length - 1] += ` ${row.trim()}`;
    else joined.push(row);
  }
  return joined.join('\n');
};

/** The previous row is full, and this one does not begin a list item. */
const isContinuation = (previous: string, row: string): boolean =>
  previous.length >= minFullLineLength && row.trim() !== '' && !/^\s*(?:[-*•>#]|\d{1,3}[.)])\s/u.test(row);

/** Most lines with another right below are full, none is longer, and some break within a sentence. */
const isWrapped = (rows: readonly string[]): boolean => {
  let [followed, full, broken] = [0, 0, 0];
  for (const [index, row] of rows.entries()) {
    const length = row.trimEnd().length;
    if (length > maxLineLength) return false;
    const next = rows[index + 1]?.trim() ?? '';
    if (length === 0 || next === '') continue;
    followed += 1;
    if (length >= minFullLineLength) full += 1;
    if (length >= minFullLineLength && /[\p{L},]$/u.test(row.trimEnd()) && /^\p{Ll}/u.test(next)) broken += 1;
  }
  return followed > 0 && full >= followed * 0.8 && broken >= followed * 0.4;
};
