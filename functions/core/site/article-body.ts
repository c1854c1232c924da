import { escapeAttribute } from '../text/escape-markup.ts';

/** Words for what a reader who cannot see it would otherwise not be told. */
interface ScrollLabels {
  readonly table: string;
  readonly code: string;
}

/** By patterns: sanitized markup is well-formed, and its texts and attributes hold no `<` or `>`. */
const countWidestRow = (table: string): number =>
  Math.max(0, ...table.split(/<tr[\s>]/).map((row) => row.split(/<t[hd][\s>]/).length - 1));

/** Long tables and long lines of code scroll by themselves, and the keyboard reaches those that may have to. */
const maxPhoneTableColumns = 3;
const maxPhoneCodeColumns = 34;

/** Each table gets a frame of its own, so that tables within tables keep their nesting. */
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

/**
 * Readies a sanitized body for its page: wide tables and code that scroll inside
 * the page, images that load when they come near.
 */
export const renderArticleBody = (html: string, labels: ScrollLabels): string =>
  wrapTables(html, escapeAttribute(labels.table))
    .replace(/<pre[\s>][\s\S]*?<\/pre>/g, (code) => labelWideCode(code, escapeAttribute(labels.code)))
    .replace(/<img(?![^>]*\sloading=)(?=[\s>/])/g, '<img loading="lazy"');
