import { escapeAttribute } from '../text/escape-markup.ts';

interface ScrollLabels {
  readonly table: string;
  readonly code: string;
}

/** Regular expressions suffice: sanitized markup is well-formed, and its texts and attributes contain no `<` or `>`. */
const countWidestRow = (table: string): number =>
  Math.max(0, ...table.split(/<tr[\s>]/).map((row) => row.split(/<t[hd][\s>]/).length - 1));

/** Wider tables and code scroll on a phone, so they can be focused by keyboard. */
const maxPhoneTableColumns = 3;
const maxPhoneCodeColumns = 34;

/** Opening and closing tags are replaced separately, so that nested tables stay nested. */
const wrapTables = (html: string, label: string): string =>
  html.replace(/<table(?=[\s>])|<\/table>/g, (tag, offset: number) => {
    if (tag === '</table>') return '</table></div>';
    const wide = countWidestRow(html.slice(offset, html.indexOf('</table>', offset))) > maxPhoneTableColumns;
    return wide
      ? `<div class="scroll" role="group" tabindex="0" aria-label="${label}"><table`
      : '<div class="scroll"><table';
  });

const countCharacters = (line: string): number => line.replace(/<[^>]*>|&[^;]+;/g, ' ').trimEnd().length;

const labelWideCode = (code: string, label: string): string =>
  code.split('\n').some((line) => countCharacters(line) > maxPhoneCodeColumns)
    ? code.replace(/^<pre/, `<pre role="group" tabindex="0" aria-label="${label}"`)
    : code;

export const renderArticleBody = (html: string, labels: ScrollLabels): string =>
  wrapTables(html, escapeAttribute(labels.table))
    .replace(/<pre[\s>][\s\S]*?<\/pre>/g, (code) => labelWideCode(code, escapeAttribute(labels.code)))
    .replace(/<img(?![^>]*\sloading=)(?=[\s>/])/g, '<img loading="lazy"');
