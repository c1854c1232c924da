import { parse as parseToml, TomlDate, TomlError } from 'smol-toml';
import { SeedRejected } from '../../article.ts';
import type { ParsedFields } from './parse-yaml-fields.ts';

const maxDepth = 100;

/** Scalars as strings, as in YAML: a date stays as it is written. */
const toStringValues = (value: unknown, firstLine: number, depth = 0): unknown => {
  if (depth > maxDepth)
    throw new SeedRejected(`The front matter has more than ${maxDepth} levels within each other.`, `line ${firstLine}`);
  if (value instanceof TomlDate) return value.toISOString().replace(/\.000(?=Z|[+-]|$)/, '');
  if (Array.isArray(value)) return value.map((each) => toStringValues(each, firstLine, depth + 1));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, toStringValues(each, firstLine, depth + 1)]),
    );
  return value === null || value === undefined ? '' : String(value);
};

const maxQuotedLength = 200;

const describeCure = (line: string): string => {
  const [, name, value] = /^([\w.-]+)\s{0,9}[=:]?(.*)$/.exec(line.slice(0, maxQuotedLength).trim()) ?? [];
  if (name === undefined || !value?.trim() || line.length > maxQuotedLength)
    return 'this is no field: a name, an equals sign and a value in quotation marks, such as title = "…"';
  const text = value
    .trim()
    .replace(/^["']|["']$/g, '')
    .replace(/["\\]/g, '\\$&');
  return `this cannot be read, or the field stands above, too; it may be meant as: ${name} = "${text}"`;
};

const findFieldLines = (source: string, firstLine: number): ReadonlyMap<string, number> => {
  const lines = new Map<string, number>();
  for (const [index, line] of source.split('\n').entries()) {
    const name = /^\s*(?:\[+\s*)?["']?([\w-]+)/.exec(line)?.[1]?.toLowerCase();
    if (name !== undefined && !lines.has(name)) lines.set(name, firstLine + index);
  }
  return lines;
};

/** @throws {SeedRejected} for what is not TOML */
export const parseTomlFields = (source: string, firstLine: number): ParsedFields => {
  try {
    const fields = Object.entries(parseToml(source)).map(([name, value]) => [
      name.toLowerCase(),
      toStringValues(value, firstLine),
    ]);
    return { fields: Object.fromEntries(fields), lines: findFieldLines(source, firstLine) };
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const place = `line ${firstLine + cause.line - 1}`;
    const reason = describeCure(source.split('\n')[cause.line - 1] ?? '');
    throw new SeedRejected(`The front matter cannot be read as TOML. ${place}: ${reason}.`, place, { cause });
  }
};
