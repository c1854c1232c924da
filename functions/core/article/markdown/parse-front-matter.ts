import { isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { SeedRejected } from '../../article.ts';

/** The fields between the `---` lines at the top of a seed, and the body below. */
export interface FrontMatter {
  /** By name in lower case. Every scalar is a string as written, never a number, date or boolean. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly lines: ReadonlyMap<string, number>;
  readonly body: string;
  readonly linesAbove: number;
}

const frontMatterPattern = /^---[ \t]*\n(?:([\s\S]*?)\n)??(?:---|\.\.\.)[ \t]*(?:\n|$)/;

const formatPlace = (line: number): string => `line ${line}`;

const firstFieldLine = 2;

/** Ten times the longest fields that are published, all together. */
const maxFrontMatterLength = 100_000;
const maxAliases = 100;

/**
 * The first thing that is wrong with the YAML, and where it begins. The library itself compares each key with all others
 * and each alias with all anchors.
 */
const findMistake = (document: ReturnType<typeof parseDocument>): { message: string; offset: number } | undefined => {
  const [error] = document.errors;
  if (error) return { message: error.message, offset: error.pos[0] };
  let aliases = 0;
  let mistake: ReturnType<typeof findMistake>;
  visit(document, {
    Alias: (_, { range }) => {
      aliases += 1;
      if (aliases <= maxAliases) return undefined;
      mistake = { message: `There are more than ${maxAliases} aliases`, offset: range?.[0] ?? 0 };
      return visit.BREAK;
    },
    Map: (_, { items }) => {
      const names = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (names.has(key.value)) mistake ??= { message: 'Map keys must be unique', offset: key.range?.[0] ?? 0 };
        names.add(key.value);
      }
      return mistake && visit.BREAK;
    },
  });
  return mistake;
};

const parseFields = (source: string): Pick<FrontMatter, 'fields' | 'lines'> => {
  if (source.length > maxFrontMatterLength)
    throw new SeedRejected(
      `The front matter has ${source.length} characters; at most ${maxFrontMatterLength} can be read.`,
      formatPlace(1),
    );
  const lineCounter = new LineCounter();
  const lineOf = (offset: number) => lineCounter.linePos(offset).line + firstFieldLine - 1;
  const document = parseDocument(source, { schema: 'failsafe', lineCounter, prettyErrors: false, uniqueKeys: false });
  const mistake = findMistake(document);
  if (mistake) {
    const place = formatPlace(lineOf(mistake.offset));
    throw new SeedRejected(`The front matter cannot be read as YAML. ${place}: ${mistake.message}`, place);
  }
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === '')) return { fields: {}, lines: new Map() };
  if (!isMap(contents))
    throw new SeedRejected('The front matter is not a list of fields such as "title: …".', formatPlace(firstFieldLine));
  const fields = new Map<string, unknown>();
  const lines = new Map<string, number>();
  for (const { key, value } of contents.items) {
    if (!isScalar(key) || typeof key.value !== 'string') continue;
    const name = key.value.trim().toLowerCase();
    lines.set(name, lineOf(key.range?.[0] ?? 0));
    fields.set(name, toPlainValue(value, document));
  }
  return { fields: Object.fromEntries(fields), lines };
};

const toPlainValue = (node: unknown, document: ReturnType<typeof parseDocument>): unknown => {
  try {
    return document.createNode(node).toJS(document, { maxAliasCount: 50 });
  } catch (error) {
    throw new SeedRejected('The front matter refers to itself too often.', formatPlace(firstFieldLine), {
      cause: error,
    });
  }
};

/**
 * Splits a Markdown seed into front matter and body.
 * @throws {SeedRejected} for front matter that is not YAML, has a field twice, or is never closed
 */
export const parseFrontMatter = (text: string): FrontMatter => {
  if (/^\+\+\+[ \t]*\n/.test(text))
    throw new SeedRejected(
      'The front matter is in TOML (+++); write it in YAML, between two lines of ---.',
      formatPlace(1),
    );
  const found = frontMatterPattern.exec(text);
  if (!found) {
    if (/^---[ \t]*\n\s*[\w-]+[ \t]*:/.test(text))
      throw new SeedRejected(
        'The front matter is never closed: a line of --- is missing below its fields.',
        formatPlace(1),
      );
    return { fields: {}, lines: new Map(), body: text, linesAbove: 0 };
  }
  return {
    ...parseFields(found[1] ?? ''),
    body: text.slice(found[0].length),
    linesAbove: found[0].split('\n').length - 1,
  };
};
