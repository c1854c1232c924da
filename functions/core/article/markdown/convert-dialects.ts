import type { CutText } from '../../article.ts';
import { findFileType, findImageType } from '../../seed-kind.ts';

/** Markdown as CommonMark and Obsidian have it, made from what other tools write in lines of their own. */
interface Conversion {
  readonly lines: readonly string[];
  readonly shown: string[];
  readonly cut: CutText[];
  /** Where the container that begins in a line ends. */
  readonly containerEnds: ReadonlyMap<number, number>;
  /** Tags whose end is in none of the lines below. */
  readonly unclosed: Set<string>;
}

/** Converts lines from one on, where they are its kind. @returns the index of the first line behind them */
type Converter = (conversion: Conversion, index: number, prefix: string) => number | undefined;

const tableOfContents =
  /^\s*(?:\[{1,2}_?toc_?\]{1,2}|@\[toc\](?:\(.{0,100}\))?|\{\{toc\}\}|\\tableofcontents|\$\{toc\}|\{\{[<%]\s*toc\s*[>%]\}\}|\{%-?\s*toc\s*-?%\})\s*$/i;
const pageBreak = /^\s*\\(?:newpage|pagebreak|clearpage)\s*$/;
/** MDX, of Docusaurus and Astro. */
const moduleLine =
  /^(?:import\s(?:[\w*{}\s,$]{1,300}\sfrom\s)?["'][^"'\n]{1,300}["'];?|export\s(?:const|let|default|function)\b.{0,1000}[;}])\s*$/;
/** Logseq keeps them below the text that they are about. */
const noteProperty =
  /^\s*(?:id|collapsed|heading|background-color|logseq\.[\w.-]{1,50}|template|template-including-parent|created-at|updated-at|card-[\w-]{1,50}|query-[\w-]{1,50}|ls-type|hl-[\w-]{1,50}):: .*$/;
const rawTag = /\{%-?\s*(?:end)?(?:raw|verbatim)\s*-?%\}/g;

/** A definition of a link to nowhere; of several with one name, Markdown would know the first. */
const commentLine = /^ {0,3}\[(?:\/\/|_?comment\d*|note)\]:\s*(?:#|<>)\s*(?:\(.*\)|".*"|'.*')\s*$/i;

const cutLines: readonly (readonly [RegExp, string])[] = [
  [tableOfContents, 'table of contents'],
  [pageBreak, 'page break'],
  [commentLine, 'comment'],
  [moduleLine, 'code of the page'],
  [noteProperty, 'property of a note'],
];

const cutLine: Converter = ({ lines, shown, cut }, index) => {
  const line = lines[index] ?? '';
  const [, reason] = cutLines.find(([pattern]) => pattern.test(line)) ?? [];
  if (reason === undefined) return undefined;
  cut.push({ text: line.trim(), reason });
  shown.push('');
  return index + 1;
};

const findLine = (
  lines: readonly string[],
  from: number,
  fits: (line: string) => boolean,
  end = lines.length,
): number | undefined => {
  for (let index = from; index < Math.min(end, lines.length); index += 1) if (fits(lines[index] ?? '')) return index;
  return undefined;
};

const maxDrawerLines = 50;

/** Org drawers in Logseq. */
const cutDrawer: Converter = ({ lines, cut }, index) => {
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

const codeTag =
  /^(\s*)(?:\{%-?\s*(highlight|codeblock|code)\b([^%]{0,200})%\}|\{\{[<%]\s*(highlight|code)\b([^>%]{0,200})[>%]\}\})\s*$/;

const findCodeLanguage = (written: string): string =>
  /(?:^|\s)(?:lang(?:uage)?[:=]["']?)?([\w+#-]{1,30})/.exec(written.replace(/["']/g, ''))?.[1] ?? '';

/** Jekyll's `highlight`, Hexo's `codeblock` and the like become fenced code. */
const convertCode: Converter = ({ lines, shown, unclosed }, index, prefix) => {
  const [whole, indent = '', liquid, liquidRest, hugo, hugoRest] = codeTag.exec(lines[index] ?? '') ?? [];
  const name = liquid ?? hugo;
  if (whole === undefined || name === undefined) return undefined;
  const closing = new RegExp(String.raw`^\s*\{(?:%-?\s*end${name}\s*-?%\}|\{[<%]\s*/\s*${name}\s*[>%]\}\})\s*$`);
  const end = unclosed.has(name) ? undefined : findLine(lines, index + 1, (line) => closing.test(line));
  if (end === undefined) {
    unclosed.add(name);
    return undefined;
  }
  const code = lines.slice(index + 1, end);
  const fence = '`'.repeat(Math.max(3, ...code.map((line) => (/^\s*(`{3,})/.exec(line)?.[1]?.length ?? 0) + 1)));
  const language = findCodeLanguage(liquidRest ?? hugoRest ?? '');
  shown.push(
    ...[`${fence}${language}`, ...code, fence].map(
      (line, at) => prefix + (at > 0 && at <= code.length ? '' : indent) + line,
    ),
  );
  return end + 1;
};

const openingFence = /^\s{0,20}(?:[-*+]\s+)?(`{3,}|~{3,})(.*)$/;
const queryLanguage = /^\s*(?:dataview(?:js)?|tasks|query|button|base|datacards?|meta-bind[\w-]*)\s*$/;
const chunk = /^\s*\{([\w-]{1,20})\b([^}]*)\}/;
const hiddenOption = /\b(?:echo|include)\s*=\s*(?:FALSE|F)\b/;
const hiddenLine = /^\s*(?:#|%%|\/\/)\|\s*(?:echo|include):\s*false\s*$/;

/** Code stays as it is, but for that which its tool runs and does not show: chunks of Quarto, queries of Obsidian. */
const keepCode: Converter = ({ lines, shown, cut }, index, prefix) => {
  const [, fence, info = ''] = openingFence.exec(lines[index] ?? '') ?? [];
  if (fence === undefined || (fence.startsWith('`') && info.includes('`'))) return undefined;
  let end = index + 1;
  while (
    end < lines.length &&
    !((lines[end] ?? '').trim().startsWith(fence) && /^\s*([`~])\1*\s*$/.test(lines[end] ?? ''))
  )
    end += 1;
  const block = lines.slice(index, end + 1);
  const [, , options] = chunk.exec(info) ?? [];
  const isHidden =
    options !== undefined && (hiddenOption.test(options) || block.slice(1, 20).some((line) => hiddenLine.test(line)));
  if (isHidden || queryLanguage.test(info)) {
    cut.push({
      text: block.join('\n').trim(),
      reason: isHidden ? 'code that its tool does not show' : 'query of a note program',
    });
    shown.push(prefix.trimEnd());
  } else shown.push(...block.map((line) => prefix + line));
  return end + 1;
};

const calloutKinds =
  /^(?:callout-)?(note|notes|tip|info|warning|warn|danger|caution|important|success|question|example|quote|abstract|summary|hint|attention|error|bug|failure|todo|details|notice|check|seealso|tldr)$/i;

interface Callout {
  readonly kind: string;
  readonly title: string;
}

/** What `tip[My tip]`, `warning My title`, `{.callout-note title="Mind"}` and `note "Mind"` say. */
const parseCallout = (written: string): Callout | undefined => {
  const attributes = /\{([^{}]*)\}\s*$/.exec(written)?.[1] ?? '';
  const bare = written.replace(/\{[^{}]*\}\s*$/, '').trim();
  const classes = Array.from(attributes.matchAll(/\.([\w-]+)/g), ([, name = '']) => name);
  const stated = /\btitle=(?:"([^"]*)"|'([^']*)')/.exec(attributes);
  const [, first = '', rest = ''] = /^([\w-]+)(.*)$/.exec(bare) ?? [];
  const kind = [first, ...classes].map((name) => calloutKinds.exec(name)?.[1]).find(Boolean);
  if (kind === undefined) return undefined;
  const title = stated?.[1] ?? stated?.[2] ?? rest.trim().replace(/^\[(.*)\]$|^"(.*)"$/, '$1$2');
  return { kind: kind.toLowerCase(), title };
};

const formatCallout = ({ kind, title }: Callout, isFolded: boolean): string =>
  `[!${kind}]${isFolded || kind === 'details' ? '-' : ''}${title === '' ? '' : ` ${title}`}`;

const containerMark = /^ {0,3}(:{3,})\s{0,9}(.{0,500}?)\s*:*\s*$/;

/** Each line of colons alone closes the innermost container. */
const findContainerEnds = (lines: readonly string[]): ReadonlyMap<number, number> => {
  const ends = new Map<number, number>();
  const open: number[] = [];
  let fence: string | undefined;
  for (const [index, line] of lines.entries()) {
    const [, ticks] = openingFence.exec(line) ?? [];
    if (ticks !== undefined && (fence === undefined || ticks.startsWith(fence)))
      fence = fence === undefined ? ticks : undefined;
    if (fence !== undefined) continue;
    const [mark, , content] = line.includes(':::') ? (containerMark.exec(line) ?? []) : [];
    if (mark === undefined) continue;
    if (content !== '') open.push(index);
    else {
      const start = open.pop();
      if (start !== undefined) ends.set(start, index);
    }
  }
  return ends;
};

const maxDepth = 10;

/** `:::` of Docusaurus, VuePress, Quarto and pandoc: callouts of those that are one, and the text of others. */
const convertContainer: Converter = (conversion, index, prefix) => {
  const { lines, shown, cut, containerEnds } = conversion;
  const [, , written = ''] = containerMark.exec(lines[index] ?? '') ?? [];
  if (written === '' || prefix.length / 2 >= maxDepth) return undefined;
  const end = containerEnds.get(index);
  if (end === undefined) return undefined;
  const callout = parseCallout(written);
  const content = lines.slice(index + 1, end);
  const heading = content.findIndex((line) => line.trim() !== '');
  // Quarto takes a heading at the beginning as the title.
  const [, headed] = callout?.title === '' ? (/^#{1,6}\s+(.+)$/.exec(content[heading] ?? '') ?? []) : [];
  const inner = headed === undefined ? content : content.slice(heading + 1);
  const innerPrefix = callout ? `${prefix}> ` : prefix;
  if (callout)
    shown.push(prefix.trimEnd(), innerPrefix + formatCallout({ ...callout, title: headed ?? callout.title }, false));
  else shown.push(prefix.trimEnd());
  convertLines(inner, { shown, cut }, innerPrefix);
  shown.push(prefix.trimEnd());
  return end + 1;
};

const admonition = /^(!!!|\?\?\?\+?|===)\s+(?:([\w-]{1,40})(?:\s[\w\s-]{0,60})?)?\s{0,9}(?:"([^"\n]{0,300})")?\s*$/;
const indented = /^(?: {4}|\t)/;

/** `!!! note "Title"` of MkDocs and Python-Markdown, with indented lines below, and `=== "Tab"`. */
const convertAdmonition: Converter = ({ lines, shown, cut }, index, prefix) => {
  const [, mark, kind = '', title = ''] = admonition.exec(lines[index] ?? '') ?? [];
  if (mark === undefined || prefix.length / 2 >= maxDepth || (mark === '===' ? title === '' : kind === ''))
    return undefined;
  const first = findLine(lines, index + 1, (line) => line.trim() !== '');
  if (first === undefined || !indented.test(lines[first] ?? '')) return undefined;
  let end = first;
  while (end < lines.length && (indented.test(lines[end] ?? '') || (lines[end] ?? '').trim() === '')) end += 1;
  const inner = lines.slice(first, end).map((line) => line.replace(indented, ''));
  const innerPrefix = mark === '===' ? prefix : `${prefix}> `;
  shown.push(
    prefix.trimEnd(),
    mark === '===' ? `${prefix}**${title}**` : innerPrefix + formatCallout({ kind, title }, mark === '???'),
  );
  if (mark === '===') shown.push(prefix.trimEnd());
  convertLines(inner, { shown, cut }, innerPrefix);
  shown.push(prefix.trimEnd());
  return end;
};

const lineOfBlock = /^\|(?: (\s*)([^|\n]*))?$/;

/** Line blocks of pandoc: verse, whose lines are kept. */
const convertLineBlock: Converter = ({ lines, shown }, index, prefix) => {
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
const convertContentBlock: Converter = ({ lines, shown }, index, prefix) => {
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

const converters: readonly Converter[] = [
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
  { shown, cut }: Pick<Conversion, 'shown' | 'cut'>,
  prefix: string,
): void => {
  const conversion = { lines, shown, cut, containerEnds: findContainerEnds(lines), unclosed: new Set<string>() };
  let index = 0;
  while (index < lines.length) {
    const line = lines[index] ?? '';
    const end = startsConversion.test(line)
      ? converters.reduce<number | undefined>(
          (found, convert) => found ?? convert(conversion, index, prefix),
          undefined,
        )
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
  convertLines(text.split('\n'), { shown, cut }, '');
  return { text: shown.join('\n'), cut };
};
