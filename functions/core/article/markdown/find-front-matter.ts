import { SeedRejected } from '../../article.ts';
import { isHeaderName, isKnownFieldName } from './field-table.ts';
import { findHeaderBelowHeadline, findMarkedHeader } from './find-marked-header.ts';
import { checkDecoratedHeader, findOddlyFencedBlock } from './find-odd-header.ts';
import { type FrontMatterBlock, type FrontMatterFormat, isBlank } from './front-matter-block.ts';

const formatLine = (index: number): string => `line ${index + 1}`;

const maxNameLength = 100;
const fieldPattern = /^["']?([\p{L}_][\p{L}\p{N}_.-]*(?: [\p{L}\p{N}_.-]+){0,3})["']?[ \t]*[:：](?:\s|$)/u;
const tightFieldPattern = /^(\w+)[:：]/;
const tomlFieldPattern = /^["']?([\w.-]+)["']?[ \t]*=/;

/** The name of the field that a line of YAML begins; without a blank after the colon only where it is a known one. */
const findFieldName = (line: string): string | undefined => {
  const head = line.slice(0, maxNameLength);
  const tight = tightFieldPattern.exec(head)?.[1];
  return fieldPattern.exec(head)?.[1] ?? (tight !== undefined && isHeaderName(tight) ? tight : undefined);
};

const isYamlField = (line: string | undefined): boolean => findFieldName((line ?? '').trimStart()) !== undefined;
const isKnownField = (line: string): boolean => isKnownFieldName(findFieldName(line.trimStart()) ?? '');
const isContinued = (line: string): boolean => /^(?:\s+\S|[-\]}#])/.test(line);
const isTomlField = (line: string): boolean => tomlFieldPattern.test(line.trimStart()) || /^\s*\[/.test(line);

const isComment = (line: string): boolean => /^\s*#/.test(line);

/** Empty lines and comments of HTML above a header say nothing. */
const skipCommentsAbove = (lines: readonly string[]): number => {
  let index = 0;
  while (index < lines.length) {
    const line = (lines[index] ?? '').trim();
    if (line === '') index += 1;
    else if (line.startsWith('<!--')) {
      let end = index;
      while (end < lines.length && !lines[end]?.includes('-->')) end += 1;
      if (!lines[end]?.trimEnd().endsWith('-->')) return index;
      index = end + 1;
    } else return index;
  }
  return index;
};

interface Fence {
  readonly format: FrontMatterFormat;
  readonly lower: RegExp;
  /** The line as it should be. */
  readonly written: string;
}

const dashes = /^(?:-{3,}|\.{3}|[–—]{1,3}-?)[ \t]*$/;
const pluses = /^\+{3,}[ \t]*$/;
const semicolons = /^;{3,}[ \t]*$/;

const parseUpperFence = (line: string): Fence | undefined => {
  const fence = line.trim();
  if (/^(?:-{3,}|[–—]{1,3}-?)(?: ?ya?ml)?$/i.test(fence)) return { format: 'yaml', lower: dashes, written: '---' };
  if (/^\+{3,}(?: ?toml)?$/i.test(fence)) return { format: 'toml', lower: pluses, written: '+++' };
  if (/^-{3,} ?toml$/i.test(fence)) return { format: 'toml', lower: dashes, written: '---' };
  if (/^;{3,}(?: ?json)?$/i.test(fence)) return { format: 'json', lower: semicolons, written: ';;;' };
  return /^-{3,} ?json5?$/i.test(fence) ? { format: 'json', lower: dashes, written: '---' } : undefined;
};

/** A thematic break has an empty line below it, and then prose. */
const isFrontMatter = (fence: Fence, upper: string, content: readonly string[], isAtTop: boolean): boolean => {
  if (fence.format === 'json') return true;
  const told = content.filter((line) => !isBlank(line) && !isComment(line));
  const [first] = told;
  if (fence.format === 'toml') return first === undefined || isTomlField(first) || isYamlField(first);
  const isSpaced = content.some(isBlank);
  if (first === undefined) return content.every(isBlank) || !isSpaced;
  if (isYamlField(first) || isTomlField(first))
    return !isSpaced || isKnownField(first) || told.every((line) => isYamlField(line) || isContinued(line));
  return isAtTop && upper.trimEnd() === '---' && !isSpaced;
};

const findFencedBlock = (lines: readonly string[], start: number): FrontMatterBlock | undefined => {
  const upper = lines[start] ?? '';
  const fence = parseUpperFence(upper);
  if (fence === undefined) return undefined;
  const firstIndex = start + 1;
  const isIndented = /^\s/.test(upper);
  const end = lines.findIndex((line, index) => index > start && fence.lower.test(isIndented ? line.trim() : line));
  if (end < 0) return checkLowerFence(lines, start, fence);
  const content = lines.slice(firstIndex, end);
  if (!isFrontMatter(fence, upper, content, start === 0)) return undefined;
  const block = { source: content.join('\n'), firstLine: firstIndex + 1, linesAbove: end + 1 };
  return { ...block, format: toWrittenFormat(fence.format, content) };
};

/** TOML between dashes and YAML between pluses have one meaning. */
const toWrittenFormat = (format: FrontMatterFormat, content: readonly string[]): FrontMatterFormat => {
  const first = content.find((line) => !isBlank(line) && !isComment(line)) ?? '';
  if (format === 'yaml' && tomlFieldPattern.test(first) && !isYamlField(first)) return 'toml';
  return format === 'toml' && isYamlField(first) ? 'yaml' : format;
};

const checkLowerFence = (lines: readonly string[], start: number, fence: Fence): undefined => {
  const isField = fence.format === 'toml' ? isTomlField : isYamlField;
  const first = lines.findIndex((line, index) => index > start && !isBlank(line) && !isComment(line));
  const line = lines[first] ?? '';
  const isMeant =
    fence.format === 'json' ? /^\s*["{]/.test(line) : isField(line) && (first === start + 1 || isKnownField(line));
  if (!isMeant) return;
  let end = first + 1;
  while (end < lines.length && !isBlank(lines[end]) && (isField(lines[end] ?? '') || isContinued(lines[end] ?? '')))
    end += 1;
  throw new SeedRejected(
    `The front matter is never closed: a line of ${fence.written} is missing below its fields. ${formatLine(end)} should be: ${fence.written}`,
    formatLine(start),
  );
};

/** "---js" and the like are programs, which are not run. */
const checkProgram = (lines: readonly string[], start: number): void => {
  const language = /^-{3,} ?([a-z]\w*)[ \t]*$/i.exec(lines[start] ?? '')?.[1];
  if (language === undefined || !lines.some((line, index) => index > start && dashes.test(line))) return;
  throw new SeedRejected(
    `The front matter is in "${language}", which is not read here. ${formatLine(start)} should be: --- and each line below it a field such as "title: …".`,
    formatLine(start),
  );
};

/** Fields without an upper fence: above a lower one, or as MultiMarkdown has them, above an empty line. */
const findOpenBlock = (lines: readonly string[], start: number): FrontMatterBlock | undefined => {
  const first = lines[start] ?? '';
  const tomlName = tomlFieldPattern.exec(first)?.[1];
  const format = tomlName === undefined ? 'yaml' : 'toml';
  const name = tomlName ?? findFieldName(first);
  if (name === undefined || !isKnownFieldName(name)) return undefined;
  const [isField, lower] = format === 'toml' ? [isTomlField, pluses] : [isYamlField, dashes];
  const isPart = (line: string) => isField(line) || isContinued(line);
  const toBlock = (end: number, linesAbove: number) =>
    ({
      format: format,
      source: lines.slice(start, end).join('\n'),
      firstLine: start + 1,
      linesAbove,
    }) as const;
  let fence = start;
  while (
    fence < lines.length &&
    (isBlank(lines[fence]) || isPart(lines[fence] ?? '')) &&
    !lower.test(lines[fence] ?? '')
  )
    fence += 1;
  const isFenced = lower.test(lines[fence] ?? '');
  if (isFenced && (isHeaderName(name) || format === 'toml')) return toBlock(fence, fence + 1);
  if (format === 'toml') return undefined;
  let end = start;
  while (end < lines.length && !isBlank(lines[end]) && isPart(lines[end] ?? '') && !/^#/.test(lines[end] ?? ''))
    end += 1;
  const known = lines.slice(start, end).filter(isKnownField).length;
  if (!isHeaderName(name) && known < 2) return undefined;
  if (isBlank(lines[end]) || /^#/.test(lines[end] ?? '')) return toBlock(end, end);
  if (known < 2 && !/^(?:title|draft)$/i.test(name)) return undefined;
  throw new SeedRejected(
    `The lines at the top are fields, and the text begins right below them: ${formatLine(end)} should be empty, and the text should begin on the next one.`,
    formatLine(end),
  );
};

/** Pandoc: "% title", "% authors", "% date", each with indented lines below it. */
const findPandocBlock = (lines: readonly string[], start: number): FrontMatterBlock | undefined => {
  let end = start;
  let fields = 0;
  while (/^%(?:\s|$)/.test(lines[end] ?? '') || (end > start && /^\s+\S/.test(lines[end] ?? ''))) {
    if (lines[end]?.startsWith('%')) fields += 1;
    end += 1;
  }
  if (fields === 0 || fields > 3 || !isBlank(lines[end])) return undefined;
  return { format: 'pandoc', source: lines.slice(start, end).join('\n'), firstLine: start + 1, linesAbove: end };
};

/** The line on which the brace that opens on the first is closed again. */
const findClosingBrace = (lines: readonly string[], start: number): number | undefined => {
  let depth = 0;
  let isQuoted = false;
  for (let index = start; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    for (let at = 0; at < line.length; at += 1) {
      const mark = line[at];
      if (isQuoted && mark === '\\') at += 1;
      else if (mark === '"') isQuoted = !isQuoted;
      else if (!isQuoted && mark === '{') depth += 1;
      else if (!isQuoted && mark === '}') depth -= 1;
    }
    isQuoted = false;
    if (depth <= 0) return index;
  }
  return undefined;
};

const findBracedBlock = (lines: readonly string[], start: number): FrontMatterBlock | undefined => {
  const first = lines
    .slice(start, start + 9)
    .filter((line) => !/^\s*\/\//.test(line))
    .join('\n')
    .trim();
  const name = /^\{\s*(?:"[^"\n]*"|'?(\w+)'?)\s*:/.exec(first);
  if (name === null || (name[1] !== undefined && !isKnownFieldName(name[1]))) return undefined;
  const end = findClosingBrace(lines, start);
  if (end === undefined)
    throw new SeedRejected('The front matter is never closed: a } is missing below its fields.', formatLine(start));
  const after = (lines[end] ?? '').slice((lines[end] ?? '').lastIndexOf('}') + 1);
  if (after.trim() !== '')
    throw new SeedRejected(
      `The front matter ends in the midst of ${formatLine(end)}: what follows the } should stand on a line of its own.`,
      formatLine(end),
    );
  return { format: 'json', source: lines.slice(start, end + 1).join('\n'), firstLine: start + 1, linesAbove: end + 1 };
};

/** A fenced header whose fields are beyond doubt, where a line of dashes might be a thematic break. */
const findCertainBlock = (lines: readonly string[], start: number): FrontMatterBlock | undefined => {
  const fence = parseUpperFence(lines[start] ?? '');
  if (fence === undefined || !lines.some((line, index) => index > start && fence.lower.test(line))) return undefined;
  const block = findFencedBlock(lines, start);
  const told = block?.source.split('\n').filter((line) => !isBlank(line) && !isComment(line)) ?? [];
  const isSure =
    block?.format === 'json' ||
    (told.every((line) => isYamlField(line) || isTomlField(line) || isContinued(line)) &&
      told.some((line) => isHeaderName(findFieldName(line) ?? tomlFieldPattern.exec(line)?.[1] ?? '')));
  return isSure ? block : undefined;
};

const findBlockBelowHeadline = (lines: readonly string[], start: number): FrontMatterBlock | undefined => {
  const heading = lines[start] ?? '';
  if (!/^#[ \t]+\S/.test(heading)) return undefined;
  const first = lines.findIndex((line, index) => index > start && !isBlank(line));
  const block = findCertainBlock(lines, first);
  return block ? { ...block, heading } : findHeaderBelowHeadline(lines, start);
};

/**
 * Finds the header of a text: YAML, TOML or JSON, fenced or not, or in the manner of MultiMarkdown, pandoc, Org,
 * Nikola, Logseq, Notion or Bear. A thematic break at the top begins none.
 * @throws {SeedRejected} for one that has more than one meaning: never closed, or a program
 */
export const findFrontMatter = (text: string): FrontMatterBlock | undefined => {
  const lines = text.split('\n');
  const start = skipCommentsAbove(lines);
  if (parseUpperFence(lines[start] ?? '') === undefined) checkProgram(lines, start);
  const found =
    findMarkedHeader(lines) ??
    findFencedBlock(lines, start) ??
    findBracedBlock(lines, start) ??
    findPandocBlock(lines, start) ??
    findBlockBelowHeadline(lines, start) ??
    findOpenBlock(lines, start) ??
    findOddlyFencedBlock(lines);
  if (found === undefined) checkDecoratedHeader(lines, start);
  return found;
};

/** @throws {SeedRejected} for a second header below the first, of which nobody would know that it is ignored */
export const checkSecondBlock = (text: string, { linesAbove }: FrontMatterBlock): void => {
  const lines = text.split('\n');
  const start = lines.findIndex((line, index) => index >= linesAbove && !isBlank(line));
  if (!findCertainBlock(lines, start)) return;
  throw new SeedRejected(
    `${formatLine(start)}: a second front matter begins here; put its fields into the first one, and remove these lines.`,
    formatLine(start),
  );
};
