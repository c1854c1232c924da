import type { CutText } from '../../article.ts';
import { findFileType, findImageType } from '../../seed-kind.ts';
import { convertCode, keepCode } from './convert-code-tags.ts';
import { convertAdmonition, convertContainer, findContainerEnds } from './convert-containers.ts';
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

const rawTag = /\{%-?\s*(?:end)?(?:raw|verbatim)\s*-?%\}/g;

const converters: readonly DialectConverter[] = [
  keepCode,
  convertCode,
  convertContainer,
  convertAdmonition,
  convertLineBlock,
  convertContentBlock,
  cutDrawer,
  cutLine,
];

const startsConversion =
  /^\s*(?:[`~]{3}|[-*+] +[`~]{3}|\{[{%]| {0,3}\[(?:\/\/|_?comment|note)|:{3}|:LOGBOOK|!!!|\?\?\?|===|\||\/|\[{1,2}_?toc|@\[toc|\$\{toc|\\|import\b|export\b|[\w.-]+:: )/i;

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
  let index = 0;
  while (index < lines.length) {
    const line = lines[index] ?? '';
    const end = startsConversion.test(line)
      ? converters.reduce<number | undefined>((found, convert) => found ?? convert(dialect, index, prefix), undefined)
      : undefined;
    if (end === undefined)
      shown.push((prefix + line.replace(rawTag, '')).replace(/^(?:> )+$/, (marks) => marks.trimEnd()));
    index = end ?? index + 1;
  }
};

/**
 * Converts what tools write in lines of their own into CommonMark and callouts of Obsidian: tags for code, containers,
 * admonitions, line blocks. What says nothing to readers is cut: tables of contents, imports of MDX, queries.
 */
export const convertDialects = (text: string): { readonly text: string; readonly cut: readonly CutText[] } => {
  const shown: string[] = [];
  const cut: CutText[] = [];
  convertLines(text.split('\n'), { shown, cut, depth: 0 }, '');
  return { text: shown.join('\n'), cut };
};
