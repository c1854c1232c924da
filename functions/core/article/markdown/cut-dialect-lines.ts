import { type DialectConverter, findLine } from './dialect-lines.ts';

const tableOfContents =
  /^\s*(?:\[{1,2}_?toc_?\]{1,2}|@\[toc\](?:\(.{0,100}\))?|\{\{toc\}\}|\\tableofcontents|\$\{toc\}|\{\{[<%]\s*toc\s*[>%]\}\}|\{%-?\s*toc\s*-?%\})\s*$/i;
const pageBreak = /^\s*\\(?:newpage|pagebreak|clearpage)\s*$/;
/** MDX, of Docusaurus and Astro. */
const moduleLine =
  /^(?:import\s(?:[\w*{}\s,$]{1,300}\sfrom\s)?["'][^"'\n]{1,300}["'];?|export\s(?:const|let|default|function)\b.{0,1000}[;}])\s*$/;
/** Logseq keeps them below the text that they are about. */
const noteProperty =
  /^\s*(?:id|collapsed|heading|background-color|logseq\.[\w.-]{1,50}|template|template-including-parent|created-at|updated-at|card-[\w-]{1,50}|query-[\w-]{1,50}|ls-type|hl-[\w-]{1,50}):: .*$/;
/** Of kramdown and Markdown Extra. */
const abbreviation = /^ {0,3}\*\[[^\]]{1,60}\]:.*$/;
/** A definition of a link to nowhere; of several with one name, Markdown would know the first. */
const commentLine = /^ {0,3}\[(?:\/\/|_?comment\d*|note)\]:\s*(?:#|<>)\s*(?:\(.*\)|".*"|'.*')\s*$/i;

const cutLines: readonly (readonly [RegExp, string])[] = [
  [tableOfContents, 'table of contents'],
  [pageBreak, 'page break'],
  [commentLine, 'comment'],
  [abbreviation, 'abbreviation'],
  [moduleLine, 'code of the page'],
  [noteProperty, 'property of a note'],
];

export const cutLine: DialectConverter = ({ lines, shown, cut }, index) => {
  const line = lines[index] ?? '';
  const [, reason] = cutLines.find(([pattern]) => pattern.test(line)) ?? [];
  if (reason === undefined) return undefined;
  cut.push({ text: line.trim(), reason });
  shown.push('');
  return index + 1;
};

const maxDrawerLines = 50;

/** Org drawers in Logseq. */
export const cutDrawer: DialectConverter = ({ lines, cut }, index) => {
  if (!/^\s*:LOGBOOK:\s*$/.test(lines[index] ?? '')) return undefined;
  const end = findLine(lines, index + 1, (line) => /^\s*:END:\s*$/.test(line), index + maxDrawerLines);
  if (end === undefined) return undefined;
  cut.push({
    text: lines
      .slice(index, end + 1)
      .join('\n')
      .trim(),
    reason: 'property of a note',
  });
  return end + 1;
};
