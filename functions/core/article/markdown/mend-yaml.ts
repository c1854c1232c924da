import { isKnownFieldName } from './field-table.ts';

/** Fields whose value is prose: a number sign in them begins no comment, a bracket no list. */
const proseNames = new Set('title subtitle summary description excerpt correction place source'.split(' '));

const quote = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

const blockScalar = /^[|>][-+\d]{0,2}(?:[ \t]+#.*)?$/;
/** Obsidian's links, which YAML would take for a list within a list. */
const wikiLink = /^!?\[\[[^[\],]+\]\]$/;
const wholeFlow = /^(?:\[.*\]|\{.*\})[ \t]*(?:#.*)?$/;

/** A quotation mark at the beginning that is closed at the end, or before a comment. */
const quotedValue = { '"': /^"(?:[^"\\]|\\.)*"[ \t]*(?:#.*)?$/, "'": /^'(?:[^']|'')*'[ \t]*(?:#.*)?$/ } as const;

/** The marks at both ends of `"The "Gull" sails"` are around all of it, those of `"Ann" and "Bo"` are not. */
const mendQuotedValue = (value: string, mark: '"' | "'"): string => {
  const rest = value.slice(1);
  if (quotedValue[mark].test(value) || !rest.includes(mark)) return value;
  const inner = rest.slice(0, -1);
  const afterSecond = inner[inner.indexOf(mark) + 1] ?? '';
  return rest.endsWith(mark) && /[\p{L}\p{N}]/u.test(afterSecond) ? quote(inner.replaceAll('\\"', '"')) : quote(value);
};

/** An anchor is one only where something refers to it, and the other way round. */
const isReference = (value: string, marked: ReadonlySet<string>): boolean => {
  const [, mark, name = ''] = /^([&*])([\w-]+)/.exec(value) ?? [];
  return mark !== undefined && marked.has(`${mark === '&' ? '*' : '&'}${name}`);
};

const mendValue = (value: string, isProse: boolean, isContinued: boolean, marked: ReadonlySet<string>): string => {
  const mark = value[0];
  if (mark === '"' || mark === "'") return mendQuotedValue(value, mark);
  if (blockScalar.test(value) || (isContinued && mark !== '@' && mark !== '`')) return value;
  if (/^[@`%]|^#\S/.test(value)) return quote(value);
  if (mark === '&' || mark === '*') return isReference(value, marked) ? value : quote(value);
  if (wikiLink.test(value)) return quote(value);
  if (mark === '[' || mark === '{') {
    const isOpen = !value.includes(mark === '[' ? ']' : '}');
    return !isProse && (isOpen || wholeFlow.test(value)) ? value : quote(value);
  }
  if (/^[-?:](?:\s|$)|^[,\]}|>]/.test(value) || (isProse && mark === '!')) return quote(value);
  if (/:(?:\s|$)/.test(value)) return quote(isProse ? value : value.replace(/\s#.*$/, ''));
  return isProse && /\s#/.test(value) ? quote(value) : value;
};

/** Typographic quotation marks around a value or an item of a list, as word processors set them. */
const straightenMarks = (value: string): string =>
  value
    .replace(/(^|[[,]\s{0,9})[“”„‟]([^“”„‟"\n]*)[“”‟](?=\s{0,9}(?:$|[\],]))/g, '$1"$2"')
    .replace(/(^|[[,]\s{0,9})[‘‚]([^‘’'\n]*)[’‘](?=\s{0,9}(?:$|[\],]))/g, "$1'$2'");

const fieldLine = /^([\p{L}_][\p{L}\p{N}_. -]{0,99}?)[ \t]{0,9}([:：])([ \t]*)(.*)$/u;

const mendLine = (line: string, next: string, marked: ReadonlySet<string>): string => {
  const indented = line.replace(/^[ \t]*\t[ \t]*/, (blanks) => blanks.replaceAll('\t', '  '));
  const [, item, itemText] = /^( *- )([@`%#]\S.*)$/.exec(indented) ?? [];
  if (item !== undefined && itemText !== undefined) return item + quote(itemText.trimEnd());
  const [, linkItem, link] = /^( *- )(\S.*)$/.exec(indented) ?? [];
  if (linkItem !== undefined && link !== undefined && wikiLink.test(link.trimEnd()))
    return linkItem + quote(link.trimEnd());
  const [, name, colon, blanks, value = ''] = fieldLine.exec(indented) ?? [];
  const isTight = blanks === '' && colon === ':' && value !== '';
  if (name === undefined || (isTight && !isKnownFieldName(name))) return indented;
  const isProse = proseNames.has(name.toLowerCase());
  const written = isProse ? value.trimEnd() : straightenMarks(value.trimEnd());
  if (written === '') return `${name}:`;
  const isContinued = /^[ \t]+\S/.test(next);
  return `${name}: ${mendValue(written, isProse, isContinued, marked)}`;
};

/**
 * Puts values that are one line of text in quotation marks where YAML would read a comment, a list or a reference in
 * them, or nothing. Lines keep their numbers.
 */
export const mendYaml = (source: string): string => {
  const lines = source.split('\n');
  const marked = new Set(source.match(/[&*][\w-]+/g));
  return lines.map((line, index) => mendLine(line, lines[index + 1] ?? '', marked)).join('\n');
};
