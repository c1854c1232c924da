/** How a formula begins, for one spreadsheet or another: https://owasp.org/www-community/attacks/CSV_Injection */
const formulaStart = /^'*[=+\-@\t\r＝＋－＠]/;

export const escapeFormula = (cell: string): string => (formulaStart.test(cell) ? `'${cell}` : cell);

export const unescapeFormula = (cell: string): string =>
  cell.startsWith("'") && formulaStart.test(cell) ? cell.slice(1) : cell;
