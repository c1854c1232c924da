/** How a formula begins, for one spreadsheet or another: https://owasp.org/www-community/attacks/CSV_Injection */
const formula = /^'*[=+\-@\t\r＝＋－＠]/;

/** A cell that no spreadsheet takes for a formula: with an apostrophe before it, where it begins like one. */
export const shieldCell = (cell: string): string => (formula.test(cell) ? `'${cell}` : cell);

/** What was shielded, as it was. */
export const unshieldCell = (cell: string): string =>
  cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
