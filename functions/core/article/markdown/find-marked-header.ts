import { isKnownFieldName } from './field-table.ts';
import { type FrontMatterBlock, isBlank } from './front-matter-block.ts';

const skipBlankLines = (lines: readonly string[], start: number): number => {
  let index = start;
  while (index < lines.length && isBlank(lines[index])) index += 1;
  return index;
};

/** Marks that make a line a field: Org's "#+TITLE: …", Nikola's ".. title: …", Logseq's "title:: …". */
const markedFields = [
  /^#\+([\w-]{1,100}):[ \t]*(.*)$/,
  /^\.\. ([\w-]{1,100}):(?:[ \t]+(.*))?$/,
  /^([\w-]{1,100})::[ \t]+(.*)$/,
];

/** Every line of it has the same mark. Nikola's may stand in a comment. */
export const findMarkedHeader = (lines: readonly string[]): FrontMatterBlock | undefined => {
  const first = skipBlankLines(lines, 0);
  const isInComment = lines[first]?.trim() === '<!--';
  const start = isInComment ? first + 1 : first;
  const mark = markedFields.find((pattern) => pattern.test(lines[start] ?? ''));
  if (mark === undefined) return undefined;
  const fields: string[] = [];
  let isKnown = false;
  for (const line of lines.slice(start)) {
    const [, name, value = ''] = mark.exec(line) ?? [];
    if (name === undefined && !(isInComment && isBlank(line))) break;
    isKnown ||= name !== undefined && isKnownFieldName(name);
    fields.push(name === undefined ? '' : `${name}: ${value}`);
  }
  const end = start + fields.length;
  if (!isKnown || (isInComment && lines[end]?.trim() !== '-->')) return undefined;
  return { format: 'yaml', source: fields.join('\n'), firstLine: start + 1, linesAbove: isInComment ? end + 1 : end };
};

const propertyPattern = /^(\p{L}[\p{L} ]{0,60}): \S/u;
/** Names that Notion gives to properties by itself, or that nobody writes into a text. */
const propertyNames = new Set(
  'created|created time|created by|last edited time|last edited by|edited|status|tags|published|draft|slug|publish date'.split(
    '|',
  ),
);
const hashtag = /#(?:[^\s#]+(?: [^\s#]+){1,9}#(?=\s|$)|[^\s#]+#?)/g;
/** A field of Dataview. */
const dataviewField = /^(?:\*\*|_)?([\p{L}][\p{L}\p{N} _-]{0,60}?)(?:\*\*|_)?:: ?(.*)$/u;
const maxTagLineLength = 1000;

/**
 * What stands below a headline and is no text: the properties of a page of Notion, fields of Dataview, or a line of hashtags (Bear).
 * @param start of the headline
 */
export const findHeaderBelowHeadline = (lines: readonly string[], start: number): FrontMatterBlock | undefined => {
  const heading = lines[start] ?? '';
  if (!/^#[ \t]+\S/.test(heading)) return undefined;
  const first = skipBlankLines(lines, start + 1);
  let end = first;
  while (end < lines.length && !isBlank(lines[end])) end += 1;
  const found = lines.slice(first, end);
  const block = { format: 'yaml', firstLine: first + 1, heading } as const;
  const names = found.map((line) => propertyPattern.exec(line)?.[1]?.toLowerCase());
  if (names.length > 1 && !names.includes(undefined) && names.some((name) => propertyNames.has(name ?? '')))
    return { ...block, source: found.join('\n'), linesAbove: end };
  const dataview = found.map((each) => dataviewField.exec(each));
  if (dataview.length > 0 && !dataview.includes(null) && dataview.some((field) => isKnownFieldName(field?.[1] ?? '')))
    return { ...block, source: dataview.map((field) => `${field?.[1]}: ${field?.[2]}`).join('\n'), linesAbove: end };
  const line = (found[0] ?? '').slice(0, maxTagLineLength + 1).trim();
  const tags = line.match(hashtag);
  if (tags === null || line.length > maxTagLineLength || line.replace(hashtag, '').trim() !== '') return undefined;
  const topics = tags.map((tag) => JSON.stringify(tag.replace(/^#|#$/g, '')));
  return { ...block, source: `tags: [${topics.join(', ')}]`, linesAbove: first + 1 };
};
