/** How a formula begins, for one spreadsheet or another: https://owasp.org/www-community/attacks/CSV_Injection */
const formulaStart = /^'*[=+\-@\t\r＝＋－＠]/;

/** A cell that no spreadsheet takes for a formula: with an apostrophe before it, where it begins like one. */
export const escapeFormula = (cell: string): string => (formulaStart.test(cell) ? `'${cell}` : cell);

/** What was shielded, as it was. */
export const unescapeFormula = (cell: string): string =>
  cell.startsWith("'") && formulaStart.test(cell) ? cell.slice(1) : cell;
