import Handlebars from 'handlebars';

/** A mistake in a template, with its line. */
export interface TemplateMistake {
  readonly line: number;
  readonly message: string;
}

interface UsedName {
  readonly name: string;
  readonly line: number;
}

/** Collects the values that a template asks for by name, such as `title`, `author.name` as both, and `@first`. */
class NameCollector extends Handlebars.Visitor {
  readonly names: UsedName[] = [];

  override PathExpression(path: hbs.AST.PathExpression): void {
    const { line } = path.loc.start;
    for (const part of path.original.split(/[./]/).filter((each) => each !== '')) this.names.push({ name: part, line });
  }
}

const collectNames = (source: string): readonly UsedName[] => {
  const collector = new NameCollector();
  collector.accept(Handlebars.parse(source));
  return collector.names;
};

const helpers = [
  'if',
  'unless',
  'each',
  'with',
  'lookup',
  'else',
  'this',
  'log',
  '@index',
  '@first',
  '@last',
  '@key',
  '@root',
];

const findSyntaxMistake = (source: string): TemplateMistake | undefined => {
  try {
    Handlebars.parse(source);
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // The parser's message draws the place over several lines, and ends with what it expected.
    const line = Number(/line (\d+)/.exec(message)?.[1] ?? /- (\d+):\d+$/.exec(message)?.[1] ?? 1);
    const [reason = ''] = message.split('\n').toReversed();
    return { line, message: reason };
  }
};

/**
 * Finds a mistake in a template that replaces another: syntax, or a value that neither the replaced one nor the shared
 * parts know. Such a value has none when the page is made, and the page would fail.
 * @param known the template that is replaced, and all partials
 */
export const findTemplateMistake = (source: string, known: readonly string[]): TemplateMistake | undefined => {
  const syntax = findSyntaxMistake(source);
  if (syntax) return syntax;
  const names = new Set([...helpers, ...known.flatMap(collectNames).map(({ name }) => name)]);
  const unknown = collectNames(source).find(({ name }) => !names.has(name));
  return unknown && { line: unknown.line, message: `there is no value {{${unknown.name}}} here` };
};
