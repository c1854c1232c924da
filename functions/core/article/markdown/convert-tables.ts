import type { MarkdownIt } from 'markdown-it';
import type { DialectConverter } from './dialect-lines.ts';

const maxTableLines = 2000;
const gridBorder = /^\+(?:[:=-]+\+)+\s*$/;
const gridHeaderBorder = /^\+(?:[:=]+\+)+\s*$/;
const ruler = /^ {0,3}-{2,}(?: +-{2,})*[ \t]*$/;
/** A definition has more blanks behind its colon, or stands right below its term. */
const caption = /^(?:Table:[ \t]+|: {1,2})(\S.*)$/;

const isBlank = (line: string | undefined): boolean => (line ?? '').trim() === '';

const formatRow = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.trim().replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |`;

interface TextTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Of columns, as the second row of a table of Markdown has them. */
  readonly alignments: readonly string[];
}

const formatTable = ({ header, rows, alignments }: TextTable): string[] => [
  formatRow(header),
  formatRow(alignments),
  ...rows.map(formatRow),
];

/** Lines of one cell: items of a list stay in lines of their own. */
const joinCell = (lines: readonly string[]): string =>
  lines
    .map((line) => line.trim())
    .filter(Boolean)
    .reduce((cell, line) => (cell === '' ? line : cell + (/^[-*+] |^\d+[.)] /.test(line) ? '<br>' : ' ') + line), '')
    .replace(/(^|<br>)[-*+] /g, '$1• ');

const splitAt = (line: string, columns: readonly (readonly [start: number, end: number])[]): string[] =>
  columns.map(([start, end]) => line.slice(start, end));

const joinRows = (lines: readonly (readonly string[])[], count: number): string[] =>
  Array.from({ length: count }, (_, column) => joinCell(lines.map((cells) => cells[column] ?? '')));

const findAlignment = (border: string): string =>
  `${border.startsWith(':') ? ':' : '-'}--${border.endsWith(':') ? ':' : '-'}`;

/** Tables of pandoc and reStructuredText whose cells are drawn with `+---+`. Cells over several columns are none. */
export const convertGridTable: DialectConverter = ({ lines, shown }, index, prefix) => {
  const border = (lines[index] ?? '').trimEnd();
  if (!gridBorder.test(border)) return undefined;
  let end = index + 1;
  while (end < lines.length && end - index < maxTableLines && /^[+|]/.test(lines[end] ?? '')) end += 1;
  const found = lines.slice(index, end).map((line) => line.trimEnd());
  if (found.length < 3 || !gridBorder.test(found.at(-1) ?? '')) return undefined;
  const marks = Array.from(border.matchAll(/\+/g), ({ index: at }) => at);
  const columns = marks.slice(1).map((at, column): [number, number] => [(marks[column] ?? 0) + 1, at]);
  const isAligned = found.every((line) => marks.every((at) => line.charAt(at) === '+' || line.charAt(at) === '|'));
  if (!isAligned) return undefined;
  const groups: string[][][] = [[]];
  let headerGroups = 0;
  let alignedBy = border;
  for (const line of found.slice(1)) {
    if (!gridBorder.test(line)) groups.at(-1)?.push(splitAt(line, columns));
    else {
      if (gridHeaderBorder.test(line)) {
        headerGroups = groups.length;
        alignedBy = line;
      }
      groups.push([]);
    }
  }
  const rows = groups.filter((group) => group.length > 0).map((group) => joinRows(group, columns.length));
  const header = headerGroups === 1 ? rows.shift() : undefined;
  const alignments = splitAt(alignedBy, columns).map(findAlignment);
  return showTable({ lines, shown }, [index, end], prefix, {
    header: header ?? columns.map(() => ''),
    rows,
    alignments,
  });
};

/** Shows a table, and the caption of pandoc above or below it. */
const showTable = (
  { lines, shown }: { readonly lines: readonly string[]; readonly shown: string[] },
  [start, end]: readonly [number, number],
  prefix: string,
  table: TextTable,
): number => {
  const [before, above, last] = [-3, -2, -1].map((at) => (shown.at(at) ?? '').slice(prefix.length));
  const isOwnParagraph = start > 1 && isBlank(last) && isBlank(before);
  const [, captionAbove] = isOwnParagraph ? (caption.exec(above ?? '') ?? []) : [];
  const below = isBlank(lines[end]) ? end + 1 : end;
  const [, captionBelow] = captionAbove === undefined ? (caption.exec(lines[below] ?? '') ?? []) : [];
  if (captionAbove !== undefined) shown.splice(-2, 2, `${prefix}${captionAbove}`);
  shown.push(prefix.trimEnd(), ...formatTable(table).map((line) => prefix + line), prefix.trimEnd());
  if (captionBelow === undefined) return end;
  shown.push(prefix + captionBelow, prefix.trimEnd());
  return below + 1;
};

const findColumns = (line: string): [number, number][] =>
  Array.from(line.matchAll(/-+/g), ({ index, 0: dashes }): [number, number] => [index, index + dashes.length]);

/** Text that begins where the dashes do and ends before them is at the left, and the other way round. */
const findColumnAlignment = (header: string, [start, end]: readonly [number, number]): string => {
  const isLeft = header.charAt(start).trim() !== '';
  const isRight = header.charAt(end - 1).trim() !== '';
  return !isLeft && isRight ? '--:' : '---';
};

/** What stands beyond the dashes belongs to the column, too, up to the next one. */
const widen = (columns: readonly (readonly [number, number])[]): [number, number][] =>
  columns.map(([start], at): [number, number] => [
    at === 0 ? 0 : start,
    columns[at + 1]?.[0] ?? Number.POSITIVE_INFINITY,
  ]);

/** Simple tables of pandoc, whose columns are told by dashes below the header or around the rows. */
export const convertSimpleTable: DialectConverter = ({ lines, shown }, index, prefix) => {
  const first = lines[index] ?? '';
  const isFramed = ruler.test(first);
  const isWhole = isFramed && !/- +-/.test(first);
  const rulerIndex = isWhole ? findRuler(lines, index + 1) : isFramed ? index : index + 1;
  const dashes = lines[rulerIndex] ?? '';
  const columns = findColumns(dashes);
  if (!isBlank(lines[index - 1]) || !ruler.test(dashes) || columns.length < 2) return undefined;
  const headerLines = lines.slice(isWhole ? index + 1 : index, rulerIndex);
  if (headerLines.some(isBlank) || (!isFramed && headerLines.length !== 1)) return undefined;
  let end = rulerIndex + 1;
  while (
    end < lines.length &&
    end - index < maxTableLines &&
    (isFramed ? !ruler.test(lines[end] ?? '') : !isBlank(lines[end]) && !ruler.test(lines[end] ?? ''))
  )
    end += 1;
  const isClosed = ruler.test(lines[end] ?? '');
  if (isFramed && !isClosed) return undefined;
  const content = lines.slice(rulerIndex + 1, end);
  const wide = widen(columns);
  const isFitting = (line: string) => wide.slice(1).every(([start]) => line.charAt(start - 1).trim() === '');
  if (content.every(isBlank) || ![...headerLines, ...content].every(isFitting)) return undefined;
  // Rows of several lines are parted by empty ones.
  const isParted = isFramed && content.some(isBlank);
  const groups: string[][] = [[]];
  for (const line of content) {
    if (isBlank(line)) groups.push([]);
    else if (isParted) groups.at(-1)?.push(line);
    else groups.push([line]);
  }
  const rows = groups
    .filter((group) => group.length > 0)
    .map((group) =>
      joinRows(
        group.map((line) => splitAt(line, wide)),
        columns.length,
      ),
    );
  const header = joinRows(
    headerLines.map((line) => splitAt(line, wide)),
    columns.length,
  );
  const model = headerLines.at(-1) ?? content.find((line) => !isBlank(line)) ?? '';
  const alignments = columns.map((column) => findColumnAlignment(model, column));
  return showTable({ lines, shown }, [index, isClosed ? end + 1 : end], prefix, { header, rows, alignments });
};

const maxHeaderLines = 10;

const findRuler = (lines: readonly string[], from: number): number => {
  let index = from;
  while (index < from + maxHeaderLines && !isBlank(lines[index]) && !ruler.test(lines[index] ?? '')) index += 1;
  return index;
};

/** Tables without a header are written with an empty one. */
export const removeEmptyHeaders = (markdown: MarkdownIt): void => {
  markdown.core.ruler.after('block', 'empty_headers', ({ tokens }) => {
    for (let start = tokens.length - 1; start >= 0; start -= 1) {
      if (tokens[start]?.type !== 'thead_open') continue;
      const end = tokens.findIndex(({ type }, index) => index > start && type === 'thead_close');
      const isEmpty = tokens.slice(start, end).every(({ type, content }) => type !== 'inline' || content.trim() === '');
      if (isEmpty) tokens.splice(start, end + 1 - start);
    }
  });
};
