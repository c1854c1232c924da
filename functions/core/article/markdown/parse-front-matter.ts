import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
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

const parseFields = (source: string): Pick<FrontMatter, 'fields' | 'lines'> => {
  const lineCounter = new LineCounter();
  const lineOf = (offset: number) => lineCounter.linePos(offset).line + firstFieldLine - 1;
  const document = parseDocument(source, { schema: 'failsafe', lineCounter, prettyErrors: false });
  const mistakes = document.errors.map(({ message, pos }) => `${formatPlace(lineOf(pos[0]))}: ${message}`);
  if (mistakes.length > 0) {
    const line = lineOf(document.errors[0]?.pos[0] ?? 0);
    throw new SeedRejected(`The front matter cannot be read as YAML. ${mistakes.join('; ')}`, formatPlace(line));
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
