import { isMap, isScalar, LineCounter, parseDocument, visit, type YAMLParseError } from 'yaml';
import { SeedRejected } from '../../article.ts';

export interface ParsedFields {
  /** By name in lower case. Every scalar is a string as written, never a number, date or boolean. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly lines: ReadonlyMap<string, number>;
}

type YamlDocument = ReturnType<typeof parseDocument>;

interface Mistake {
  readonly reason: string;
  readonly offset: number;
}

const maxAliases = 100;

const quote = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

const maxQuotedLength = 200;

const describeCure = (line: string): string => {
  const shown = line.trim().slice(0, maxQuotedLength + 1);
  if (/^- \S/.test(shown))
    return 'this is an item of a list, and a field is meant: remove the hyphen and the blank before it';
  const [, name, value] = /^([^:]{1,60}):\s*(.*)$/.exec(shown) ?? [];
  const isLong = shown.length > maxQuotedLength;
  if (name === undefined) {
    const [, first, rest] = /^(\w+)\s+(.+)$/.exec(shown) ?? [];
    return isLong || first === undefined
      ? 'this is no field: a name, a colon, a blank and a value, such as "title: …"'
      : `this is no field, because a colon is missing; it may be meant as: ${first}: ${rest}`;
  }
  const text = (value ?? '').replace(/^["']|["']$/g, '');
  return isLong || text === ''
    ? 'this cannot be read; put what follows the colon in quotation marks'
    : `this cannot be read; it may be meant as: ${name}: ${quote(text)}`;
};

/** The library's own sentences are about YAML's grammar. */
const describeError = ({ code }: YAMLParseError, line: string): string => {
  if (code === 'TAB_AS_INDENT') return 'a tab stands at the beginning of the line; use blanks';
  if (code === 'BAD_INDENT')
    return 'the line does not begin below those of the same list; remove or add blanks at its beginning';
  if (code === 'MISSING_CHAR' || code === 'BAD_DQ_ESCAPE')
    return `a quotation mark or bracket is not closed, or a backslash stands before the wrong letter; ${describeCure(line)}`;
  if (code === 'BAD_ALIAS') return `an asterisk begins a reference; ${describeCure(line)}`;
  return describeCure(line);
};

/** The library itself compares each key with all others and each alias with all anchors. */
const findMistake = (document: YamlDocument, source: string): Mistake | undefined => {
  const [error] = document.errors;
  if (error) {
    const offset = error.pos[0];
    const end = source.indexOf('\n', offset);
    const line = source.slice(source.lastIndexOf('\n', Math.max(offset - 1, 0)) + 1, end < 0 ? undefined : end);
    return { reason: describeError(error, line), offset };
  }
  let aliases = 0;
  let mistake: Mistake | undefined;
  visit(document, {
    Alias: (_, { range }) => {
      aliases += 1;
      if (aliases <= maxAliases) return undefined;
      mistake = { reason: `There are more than ${maxAliases} aliases`, offset: range?.[0] ?? 0 };
      return visit.BREAK;
    },
    Map: (_, { items }) => {
      const names = new Map<unknown, string>();
      for (const { key, value } of items) {
        if (!isScalar(key)) continue;
        const name = typeof key.value === 'string' ? key.value.trim().toLowerCase() : key.value;
        const text = isScalar(value) ? String(value.value) : '';
        // The same said twice harms nobody.
        if (names.has(name) && (text === '' || names.get(name) !== text))
          mistake ??= {
            reason: `the field "${String(key.value)}" stands above, too; keep one of them`,
            offset: key.range?.[0] ?? 0,
          };
        names.set(name, text);
      }
      return mistake && visit.BREAK;
    },
  });
  return mistake;
};

const toPlainValue = (node: unknown, document: YamlDocument, firstLine: number): unknown => {
  try {
    return document.createNode(node).toJS(document, { maxAliasCount: 50 });
  } catch (cause) {
    throw new SeedRejected('The front matter refers to itself too often.', `line ${firstLine}`, { cause });
  }
};

const parseFields = (source: string, firstLine: number, language: 'YAML' | 'JSON'): ParsedFields => {
  const lineCounter = new LineCounter();
  const lineOf = (offset: number) => lineCounter.linePos(offset).line + firstLine - 1;
  const document = parseDocument(source, { schema: 'failsafe', lineCounter, prettyErrors: false, uniqueKeys: false });
  const mistake = findMistake(document, source);
  if (mistake) {
    const place = `line ${lineOf(mistake.offset)}`;
    throw new SeedRejected(`The front matter cannot be read as ${language}. ${place}: ${mistake.reason}.`, place);
  }
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === '')) return { fields: {}, lines: new Map() };
  if (!isMap(contents))
    throw new SeedRejected(
      `The front matter is not a list of fields such as "title: …". line ${firstLine}: ${describeCure(source.split('\n')[0] ?? '')}.`,
      `line ${firstLine}`,
    );
  const fields = new Map<string, unknown>();
  const lines = new Map<string, number>();
  for (const { key, value } of contents.items) {
    if (!isScalar(key) || typeof key.value !== 'string') continue;
    const name = key.value.trim().toLowerCase();
    lines.set(name, lineOf(key.range?.[0] ?? 0));
    const isNull = language === 'JSON' && isScalar(value) && value.type === 'PLAIN' && value.value === 'null';
    fields.set(name, isNull ? '' : toPlainValue(value, document, firstLine));
  }
  return { fields: Object.fromEntries(fields), lines };
};

/** @throws {SeedRejected} for what is not YAML or has a field twice */
export const parseYamlFields = (source: string, firstLine: number): ParsedFields =>
  parseFields(source, firstLine, 'YAML');

/**
 * JSON is a part of YAML, which also allows a comma after the last field, but no comments by //. Without braces they
 * are meant.
 */
export const parseJsonFields = (source: string, firstLine: number): ParsedFields => {
  const indented = source.replace(/^[ \t]+/gm, (blanks) => blanks.replaceAll('\t', ' ')).replace(/^ *\/\/.*$/gm, '');
  return parseFields(/^\s*(?:\{|$)/.test(indented) ? indented : `{${indented}\n}`, firstLine, 'JSON');
};
