import { SeedRejected } from '../../article.ts';
import { isHeaderName } from './field-table.ts';
import { type FrontMatterBlock, isBlank } from './front-matter-block.ts';

const maxHeaderLines = 200;
const fieldLine = /^([\p{L}_][\p{L}\p{N}_ -]{0,60}):(?:\s|$)/u;
const continuedLine = /^(?:\s+\S|- )/;

const countHeaderFields = (content: readonly string[]): number =>
  content.filter((line) => isHeaderName(fieldLine.exec(line)?.[1] ?? '')).length;

const isHeader = (content: readonly string[]): boolean => {
  const told = content.filter((line) => !isBlank(line));
  return told.every((line) => fieldLine.test(line) || continuedLine.test(line)) && countHeaderFields(told) > 0;
};

/** A fence of other marks, with a comment behind it, or of a block of code or a comment around the fields. */
const oddFence = /^(?:([=~*_@`])\1{2,}|={2}|--|-{3,} {1,9}#.*)[ \t]{0,9}(?:ya?ml|md|markdown)?$/i;

const findEnd = (lines: readonly string[], start: number): number => {
  const opener = (lines[start] ?? '').trim();
  if (opener === '<!--') return lines.findIndex((line, index) => index > start && line.trim() === '-->');
  if (!oddFence.test(opener)) return -1;
  const mark = opener[0] ?? '';
  return lines.findIndex((line, index) => {
    const fence = line.trim();
    return (
      index > start + 1 && fence.length > 1 && fence === mark.repeat(fence.length) && !isInner(lines, start, index)
    );
  });
};

/** Within a block of code the fields may stand between lines of dashes; such a line is not the end of the block. */
const isInner = (lines: readonly string[], start: number, index: number): boolean =>
  /^[`~]/.test((lines[start] ?? '').trim()) && /^-+$/.test((lines[index] ?? '').trim());

const isDashes = (line: string | undefined): boolean => /^-{3,}[ \t]*$/.test(line ?? '');

/** A header whose fences are none of those that tools write, and whose fields are beyond doubt. */
export const findOddlyFencedBlock = (lines: readonly string[]): FrontMatterBlock | undefined => {
  const start = lines.findIndex((line) => !isBlank(line));
  const head = lines.slice(0, start + maxHeaderLines);
  const end = start < 0 ? -1 : findEnd(head, start);
  if (end < 0) return undefined;
  const isWrapped = isDashes(lines[start + 1]) && isDashes(lines[end - 1]);
  const [first, last] = isWrapped ? [start + 2, end - 1] : [start + 1, end];
  const content = lines.slice(first, last);
  if (!isHeader(content)) return undefined;
  return { format: 'yaml', source: content.join('\n'), firstLine: first + 1, linesAbove: end + 1 };
};

const decoration = /^\s{0,3}(?:[-*+>]\s+)?(?:\*\*|__)?/;

/** @throws {SeedRejected} for fields in a list, in a quote or in bold: they may be meant as text */
export const checkDecoratedHeader = (lines: readonly string[], start: number): void => {
  const block: string[] = [];
  for (const line of lines.slice(start, start + maxHeaderLines)) {
    if (isBlank(line)) break;
    block.push(line);
  }
  const plain = block.map((line) =>
    line.replace(decoration, '').replace(/^([^:]{1,60})(?:\*\*|__):|^([^:]{1,60}):(?:\*\*|__)/, '$1$2:'),
  );
  const isDecorated = block.some((line, index) => line !== plain[index]);
  const decides = plain.some((line) => /^(?:draft|published|publish|private|hidden|status):/i.test(line));
  if (!isDecorated || !decides || countHeaderFields(plain) < 2 || !plain.every((line) => fieldLine.test(line))) return;
  const place = `line ${start + 1}`;
  throw new SeedRejected(
    `${place}: these lines look like front matter, which stands between two lines of --- and has fields such as "draft: true" without marks before them.`,
    place,
  );
};
