import { parse as parseToml, TomlDate, TomlError } from 'smol-toml';
import { parseFrontMatter } from '../../../../functions/core/article/markdown/parse-front-matter.ts';
import { SeedRejected } from '../../../../functions/core/article.ts';

/** A page in two parts. Fields by their names in lower case, scalars as they are written. */
export interface ParsedPage {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Scalars as strings, as our own front matter has them: a date stays as it is written. */
const toStringValues = (value: unknown): unknown => {
  if (value instanceof TomlDate) return value.toISOString().replace(/\.000(?=Z|[+-]|$)/, '');
  if (Array.isArray(value)) return value.map(toStringValues);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, toStringValues(each)]));
  return value === null || value === undefined ? '' : String(value);
};

const toFields = (table: object): ParsedPage['fields'] =>
  Object.fromEntries(Object.entries(table).map(([name, value]) => [name.toLowerCase(), toStringValues(value)]));

const parseTomlFields = (source: string): ParsedPage['fields'] => {
  try {
    return toFields(parseToml(source));
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const [reason = ''] = cause.message.split('\n');
    throw new SeedRejected(`The front matter cannot be read as TOML. ${reason}`, `line ${cause.line + 1}`, { cause });
  }
};

const parseJsonFields = (source: string): ParsedPage['fields'] => {
  try {
    const read: unknown = JSON.parse(source);
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return toFields(read);
  } catch (cause) {
    throw new SeedRejected('The front matter cannot be read as JSON.', 'line 1', { cause });
  }
  throw new SeedRejected('The front matter is not a list of fields.', 'line 1');
};

const tomlFrontMatter = /^\+\+\+[ \t]*\n([\s\S]*?)(?:^|\n)\+\+\+[ \t]*(?:\n|$)/;
const jsonFrontMatter = /^\{[ \t]*\n([\s\S]*?\n)?\}[ \t]*(?:\n|$)/;

export const parsePage = (text: string): ParsedPage => {
  const inToml = tomlFrontMatter.exec(text);
  if (inToml) return { fields: parseTomlFields(inToml[1] ?? ''), body: text.slice(inToml[0].length) };
  const inJson = jsonFrontMatter.exec(text);
  if (inJson) return { fields: parseJsonFields(inJson[0]), body: text.slice(inJson[0].length) };
  if (text.startsWith('+++\n')) throw new SeedRejected('The front matter is not closed by a line of +++.');
  const { fields, body } = parseFrontMatter(text);
  return { fields, body };
};
