import Handlebars from 'handlebars';

/** A mistake in a template, with its line. */
export interface TemplateMistake {
  readonly line: number;
  readonly message: string;
}

/** What a template may use: the one that it replaces, and the shared parts. */
export interface KnownTemplates {
  readonly sources: readonly string[];
  /** Names of partials. */
  readonly partials: readonly string[];
}

interface UsedName {
  readonly name: string;
  readonly line: number;
}

const blockHelpers = ['if', 'unless', 'each', 'with'];
const callableHelpers = [...blockHelpers, 'lookup', 'log'];
const names = [...callableHelpers, 'else', 'this', '@index', '@first', '@last', '@key', '@root'];

const toName = (path: hbs.AST.Expression): string =>
  'original' in path && typeof path.original === 'string' ? path.original : '';

/** The last part of a path: `authors` of `../lead.authors`. */
const toLastName = (path: hbs.AST.Expression): string => /[^./]*$/.exec(toName(path))?.[0] ?? '';

/** Collects what a template asks for by name, such as `title`, and `author.name` as both. */
class NameCollector extends Handlebars.Visitor {
  readonly values: UsedName[] = [];
  readonly partials: UsedName[] = [];
  /** What `each` goes through. */
  readonly lists: UsedName[] = [];
  /** What is shown as text. */
  readonly texts: UsedName[] = [];
  readonly mistakes: TemplateMistake[] = [];

  override PathExpression(path: hbs.AST.PathExpression): void {
    const { line } = path.loc.start;
    for (const name of path.original.split(/[./]/).filter((each) => each !== '')) this.values.push({ name, line });
  }

  override PartialStatement(partial: hbs.AST.PartialStatement): void {
    this.collectPartial(partial);
  }

  override PartialBlockStatement(partial: hbs.AST.PartialBlockStatement): void {
    this.collectPartial(partial);
    this.accept(partial.program);
  }

  override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
    this.checkCall(mustache);
    const name = toLastName(mustache.path);
    if (mustache.params.length === 0) this.texts.push({ name, line: mustache.loc.start.line });
    super.MustacheStatement(mustache);
  }

  override BlockStatement(block: hbs.AST.BlockStatement): void {
    this.checkCall(block);
    const [list] = block.params;
    if (toName(block.path) === 'each' && list) this.lists.push({ name: toLastName(list), line: block.loc.start.line });
    super.BlockStatement(block);
  }

  override SubExpression(call: hbs.AST.SubExpression): void {
    this.checkCall(call);
    super.SubExpression(call);
  }

  private collectPartial({ name, params, hash, loc }: hbs.AST.PartialStatement | hbs.AST.PartialBlockStatement): void {
    if (name.type === 'PathExpression') this.partials.push({ name: toName(name), line: loc.start.line });
    else this.accept(name);
    this.acceptArray(params);
    if (hash) this.accept(hash);
  }

  private checkCall({ path, params, loc }: hbs.AST.MustacheStatement | hbs.AST.BlockStatement | hbs.AST.SubExpression) {
    const [name, { line }] = [toName(path), loc.start];
    if (params.length > 0 && !callableHelpers.includes(name))
      this.mistakes.push({
        line,
        message: `there is no helper {{${name}}}. Helpers are ${callableHelpers.join(', ')}`,
      });
    if (blockHelpers.includes(name) && params.length !== 1)
      this.mistakes.push({ line, message: `{{#${name}}} needs one value` });
  }
}

const collectNames = (source: string): NameCollector => {
  const collector = new NameCollector();
  collector.accept(Handlebars.parse(source));
  return collector;
};

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
 * Finds a mistake in a template that replaces another: syntax, a helper or shared part that is not there, a loop over
 * what the replaced one shows as text, or a value that neither it nor the shared parts know. Such a value has none when
 * the page is made, and the page would fail.
 */
export const findTemplateMistake = (
  source: string,
  { sources, partials }: KnownTemplates,
): TemplateMistake | undefined => {
  const syntax = findSyntaxMistake(source);
  if (syntax) return syntax;
  const known = sources.map(collectNames);
  const used = collectNames(source);
  const list = (kind: 'values' | 'lists' | 'texts') =>
    new Set(known.flatMap((each) => each[kind].map(({ name }) => name)));
  const [values, lists, texts] = [list('values'), list('lists'), list('texts')];
  const find = (some: readonly UsedName[], isMistake: (name: string) => boolean, say: (name: string) => string) =>
    some.filter(({ name }) => isMistake(name)).map(({ name, line }) => ({ line, message: say(name) }));
  const mistakes = [
    ...used.mistakes,
    ...find(
      used.values,
      (name) => !names.includes(name) && !values.has(name),
      (name) => `there is no value {{${name}}} here`,
    ),
    ...find(
      used.partials,
      (name) => !partials.includes(name) && name !== '@partial-block',
      (name) => `there is no partial {{> ${name}}}. Partials are ${partials.join(', ')}`,
    ),
    ...find(
      used.lists,
      (name) => texts.has(name) && !lists.has(name) && !names.includes(name),
      (name) => `{{#each ${name}}} goes through a list, and {{${name}}} is a text`,
    ),
  ];
  return mistakes.sort((a, b) => a.line - b.line)[0];
};
