import { SeedRejected } from '../../article.ts';
import { type FieldName, findField } from './field-table.ts';
import { checkSecondBlock, findFrontMatter } from './find-front-matter.ts';
import type { FrontMatterFormat } from './front-matter-block.ts';
import { mendYaml } from './mend-yaml.ts';
import { parseTomlFields } from './parse-toml-fields.ts';
import { type ParsedFields, parseJsonFields, parseYamlFields } from './parse-yaml-fields.ts';

/** The fields at the top of a seed, and the body below. */
export interface FrontMatter extends ParsedFields {
  /** Names of fields that stand in another, such as `tags` in Zola's `[taxonomies]`. */
  readonly nested: ReadonlySet<string>;
  readonly body: string;
  readonly linesAbove: number;
  /** Without fences; what stands in YAML is quoted where it has to be. */
  readonly source: string;
  /** Absent: there is no front matter. */
  readonly format?: FrontMatterFormat;
}

/** Ten times the longest fields that are published, all together. */
const maxFrontMatterLength = 100_000;

const parsePandocFields = (source: string, firstLine: number): ParsedFields => {
  const values: { line: number; text: string[] }[] = [];
  for (const [index, line] of source.split('\n').entries()) {
    if (line.startsWith('%')) values.push({ line: firstLine + index, text: [line.slice(1).trim()] });
    else values.at(-1)?.text.push(line.trim());
  }
  const [title, authors, date] = values;
  const split = authors?.text.flatMap((line) => line.split(';')).map((name) => name.trim());
  return {
    fields: {
      title: title?.text.join(' ').trim() ?? '',
      ...(split?.some(Boolean) && { authors: split.filter(Boolean) }),
      ...(date && { date: date.text.join(' ').trim() }),
    },
    lines: new Map([
      ['title', title?.line ?? firstLine],
      ['authors', authors?.line ?? firstLine],
      ['date', date?.line ?? firstLine],
    ]),
  };
};

const readers: Readonly<Record<FrontMatterFormat, (source: string, firstLine: number) => ParsedFields>> = {
  yaml: parseYamlFields,
  toml: parseTomlFields,
  json: parseJsonFields,
  pandoc: parsePandocFields,
};

const checkLength = ({ length }: string): void => {
  if (length > maxFrontMatterLength)
    throw new SeedRejected(
      `The front matter has ${length} characters; at most ${maxFrontMatterLength} can be read.`,
      'line 1',
    );
};

const skipLines = (text: string, count: number): string => {
  let at = 0;
  for (let line = 0; line < count; line += 1) {
    const end = text.indexOf('\n', at);
    if (end < 0) return '';
    at = end + 1;
  }
  return text.slice(at);
};

/** Where Zola, Hugo and some themes have fields that others have at the top. */
const lastUpdate = 'last_update';
/** `date: { created: … }` (MkDocs) and `last_update: { date: … }` (Docusaurus). */
const dateContainers = new Set(['date', lastUpdate]);
const dateFields = new Set<FieldName | undefined>(['date', 'publishDate', 'updated']);
const containers = ['taxonomies', 'extra', 'params', ...dateContainers];

/** Brings up the fields that mean something here, unless the same stands at the top. */
const liftNestedFields = ({ fields: written, lines }: ParsedFields): ParsedFields & Pick<FrontMatter, 'nested'> => {
  const fields = { ...written };
  const nested = containers.flatMap((container) => {
    const value = fields[container];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
    if (dateContainers.has(container)) delete fields[container];
    return Object.entries(value)
      .map(([name, each]): [string, unknown] => [
        container === lastUpdate && name === 'date' ? 'updated' : name.toLowerCase(),
        each,
      ])
      .filter(([name]) => findField(name) !== undefined && !Object.hasOwn(fields, name))
      .filter(([name]) => !dateContainers.has(container) || dateFields.has(findField(name)))
      .map(([name, each]) => ({ name, each, line: lines.get(name) ?? lines.get(container) ?? 1 }));
  });
  return {
    fields: { ...Object.fromEntries(nested.map(({ name, each }) => [name, each])), ...fields },
    lines: new Map([...nested.map(({ name, line }): [string, number] => [name, line]), ...lines]),
    nested: new Set(nested.map(({ name }) => name)),
  };
};

/**
 * Splits a seed into front matter and body.
 * @throws {SeedRejected} for front matter that has mistakes, a field twice, or is never closed
 */
export const parseFrontMatter = (text: string): FrontMatter => {
  const block = findFrontMatter(text);
  if (!block) return { fields: {}, lines: new Map(), nested: new Set(), body: text, linesAbove: 0, source: '' };
  const { format, firstLine, linesAbove, heading } = block;
  checkLength(block.source);
  checkSecondBlock(text, block);
  const source = format === 'yaml' ? mendYaml(block.source) : block.source;
  const read = liftNestedFields(readers[format](source, firstLine));
  return {
    ...read,
    body: (heading === undefined ? '' : `${heading}\n\n`) + skipLines(text, linesAbove),
    linesAbove,
    source,
    format,
  };
};
