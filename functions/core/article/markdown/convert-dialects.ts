import type { CutText } from '../../article.ts';
import { findFileType, findImageType } from '../../seed-kind.ts';
import { convertCode, keepCode } from './convert-code-tags.ts';
import { convertAdmonition, convertContainer, findContainerEnds } from './convert-containers.ts';
import { convertGridTable, convertSimpleTable } from './convert-tables.ts';
import { cutDrawer, cutLine } from './cut-dialect-lines.ts';
import type { DialectConverter, DialectLines } from './dialect-lines.ts';

const lineOfBlock = /^\|(?: (\s*)([^|\n]*))?$/;

/** Line blocks of pandoc: verse, whose lines are kept. */
const convertLineBlock: DialectConverter = ({ lines, shown }, index, prefix) => {
  // Its first line decides for all.
  if (lineOfBlock.test(lines[index - 1] ?? '')) return undefined;
  let end = index;
  while (end < lines.length && lineOfBlock.test(lines[end] ?? '')) end += 1;
  if (end - index < 2 || /^\|/.test(lines[end] ?? '') || /^[ \t]*[:|-]+[-|: ]+$/.test(lines[end] ?? ''))
    return undefined;
  for (let at = index; at < end; at += 1) {
    const [, blanks = '', text = ''] = lineOfBlock.exec(lines[at] ?? '') ?? [];
    const isLast = at === end - 1 || /^\|\s*$/.test(lines[at + 1] ?? '');
    shown.push(
      text === ''
        ? prefix.trimEnd()
        : `${prefix}${'\u00a0'.repeat(blanks.length)}${text.trimEnd()}${isLast ? '' : '\\'}`,
    );
  }
  return end;
};

const contentBlock = /^\/([^\s/"][^"\n]{0,300}?\.\w{1,5})(?:\s+["“'(](.{0,300}?)["”')])?\s*$/;

/** iA Writer shows the file that a line names. */
const convertContentBlock: DialectConverter = ({ lines, shown }, index, prefix) => {
  const [, name, title = ''] = contentBlock.exec(lines[index] ?? '') ?? [];
  const isAlone = [lines[index - 1], lines[index + 1]].every((line) => (line ?? '').trim() === '');
  if (name === undefined || !isAlone) return undefined;
  const label = title.replace(/[[\]]/g, '\\$&');
  if (findImageType(name))
    shown.push(`${prefix}![${label}](<${name}>${title === '' ? '' : ` "${title.replaceAll('"', '”')}"`})`);
  else if (findFileType(name)) shown.push(`${prefix}[${label || name}](<${name}>)`);
  else return undefined;
  return index + 1;
};

const rawTag = /(\{%-?\s*(?:end)?(?:raw|verbatim)\s*-?%\})/;

/** What stands between tags for raw text is shown as it is typed. */
const createRawTextReader = (): ((line: string) => string) => {
  let isRaw = false;
  return (line) =>
    line
      .split(rawTag)
      .map((part, index) => {
        if (index % 2 === 0) return isRaw && !part.includes('`') ? part.replaceAll('{%', '{&#37;') : part;
        isRaw = !/^\{%-?\s*end/.test(part);
        return '';
      })
      .join('');
};

const converters: readonly DialectConverter[] = [
  keepCode,
  convertCode,
  convertContainer,
  convertAdmonition,
  convertLineBlock,
  convertContentBlock,
  convertGridTable,
  convertSimpleTable,
  cutDrawer,
  cutLine,
];

const startsConversion =
  /^\s*(?:\[(?:sourcecode|code|php|js|css|html|python|bash)\b|[`~]{3}|[-*+] +[`~]{3}|\{[{%]| {0,3}\[(?:\/\/|_?comment|note)|:{3}|\+[:=-]|\*\[|:LOGBOOK|!!!|\?\?\?|===|\||\/|\[{1,2}_?toc|@\[toc|\$\{toc|\\|import\b|export\b|[\w.-]+:: )/i;

/** Dashes of two columns, or of a whole table. */
const simpleRuler = /^ {0,3}(?:-{2,} +-|-{10,}[ \t]*$)/;

const convertLines = (
  lines: readonly string[],
  { shown, cut, depth }: Pick<DialectLines, 'shown' | 'cut' | 'depth'>,
  prefix: string,
): void => {
  const dialect: DialectLines = {
    lines,
    shown,
    cut,
    depth,
    convertInner: (inner, innerPrefix) => convertLines(inner, { shown, cut, depth: depth + 1 }, innerPrefix),
    containerEnds: findContainerEnds(lines),
    unclosed: new Set(),
  };
  const readRawText = createRawTextReader();
  let index = 0;
  while (index < lines.length) {
    const line = lines[index] ?? '';
    const isStart = startsConversion.test(line) || simpleRuler.test(line) || simpleRuler.test(lines[index + 1] ?? '');
    const end = isStart
      ? converters.reduce<number | undefined>((found, convert) => found ?? convert(dialect, index, prefix), undefined)
      : undefined;
    if (end === undefined) shown.push((prefix + readRawText(line)).replace(/^(?:> )+$/, (marks) => marks.trimEnd()));
    index = end ?? index + 1;
  }
};

const example = /^( {0,3})\(@([\w-]{0,60})\)(?=[ \t])/gm;

/** Examples of pandoc are numbered through the text, and `(@name)` is the number of one. */
const numberExamples = (text: string): string => {
  const numbers = new Map<string, number>();
  let count = 0;
  const numbered = text.replace(example, (_, indent: string, name: string) => {
    count += 1;
    if (name !== '') numbers.set(name, count);
    return `${indent}${count}.`;
  });
  if (numbers.size === 0) return numbered;
  return numbered.replace(/\(@([\w-]{1,60})\)/g, (mark, name: string) => {
    const number = numbers.get(name);
    return number === undefined ? mark : `(${number})`;
  });
};

/**
 * Converts what tools write in lines of their own into CommonMark and callouts of Obsidian: tags for code, containers,
 * admonitions, line blocks. What says nothing to readers is cut: tables of contents, imports of MDX, queries.
 */
export const convertDialects = (text: string): { readonly text: string; readonly cut: readonly CutText[] } => {
  const shown: string[] = [];
  const cut: CutText[] = [];
  convertLines(numberExamples(text).split('\n'), { shown, cut, depth: 0 }, '');
  return { text: shown.join('\n'), cut };
};
