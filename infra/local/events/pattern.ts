import { type JsonValue, UnsupportedTemplateError } from '../template/template.ts';

type Matcher = (value: JsonValue | undefined) => boolean;
type JsonObject = { [key: string]: JsonValue };

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const refuse = (what: JsonValue): never => {
  throw new UnsupportedTemplateError(
    `The local run does not know this part of an event pattern: ${JSON.stringify(what)}.`,
  );
};

const matchText =
  (test: (text: string) => boolean): Matcher =>
  (value) =>
    typeof value === 'string' && test(value);

/** Text operators take a string, or `{"equals-ignore-case": string}`. */
const compileTextOperator = (
  argument: JsonValue,
  test: (text: string, wanted: string) => boolean,
): Matcher => {
  if (typeof argument === 'string') return matchText((text) => test(text, argument));
  const folded = isObject(argument) ? argument['equals-ignore-case'] : undefined;
  if (typeof folded !== 'string') return refuse(argument);
  return matchText((text) => test(text.toLowerCase(), folded.toLowerCase()));
};

const toWildcardRegExp = (wildcard: string): RegExp =>
  new RegExp(
    `^${wildcard
      .split('*')
      .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('.*')}$`,
    's',
  );

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

const numeric = (argument: JsonValue): Matcher => {
  const list = Array.isArray(argument) ? argument : refuse(argument);
  const tests: ((value: number) => boolean)[] = [];
  for (let at = 0; at < list.length; at += 2) {
    const compare = comparisons[String(list[at])] ?? refuse(argument);
    const bound = Number(list[at + 1]);
    tests.push((value) => compare(value, bound));
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
};

const compileAnythingBut = (argument: JsonValue): Matcher => {
  const unwanted = isObject(argument)
    ? [compileOperator(argument)]
    : [argument].flat().map(
        (each): Matcher =>
          (value) =>
            value === each,
      );
  return (value) => value !== undefined && !unwanted.some((matches) => matches(value));
};

const operators: Readonly<Record<string, (argument: JsonValue) => Matcher>> = {
  prefix: (argument) => compileTextOperator(argument, (text, wanted) => text.startsWith(wanted)),
  suffix: (argument) => compileTextOperator(argument, (text, wanted) => text.endsWith(wanted)),
  'equals-ignore-case': (argument) =>
    compileTextOperator({ 'equals-ignore-case': argument }, (text, wanted) => text === wanted),
  wildcard: (argument) => {
    const pattern = toWildcardRegExp(typeof argument === 'string' ? argument : refuse(argument));
    return matchText((text) => pattern.test(text));
  },
  exists: (argument) => (value) => (value !== undefined) === argument,
  numeric,
  'anything-but': compileAnythingBut,
};

const compileOperator = (wanted: JsonObject): Matcher => {
  const [name, argument] = Object.entries(wanted)[0] ?? [];
  const make = name === undefined ? undefined : operators[name];
  return make && argument !== undefined ? make(argument) : refuse(wanted);
};

/** One leaf of a pattern: the value, or a member of it if it is a list, has to match one of the alternatives. */
const compileLeaf = (alternatives: readonly JsonValue[]): Matcher => {
  const matchers = alternatives.map(
    (wanted): Matcher => (isObject(wanted) ? compileOperator(wanted) : (value) => value === wanted),
  );
  return (value) => {
    const candidates = Array.isArray(value) && value.length > 0 ? value : [value];
    return candidates.some((candidate) => matchers.some((matches) => matches(candidate)));
  };
};

const compileNode = (pattern: JsonValue): Matcher => {
  if (Array.isArray(pattern)) return compileLeaf(pattern);
  if (!isObject(pattern)) return refuse(pattern);
  const tests = Object.entries(pattern).map(([name, wanted]): Matcher => {
    if (name === '$or') {
      const choices = (Array.isArray(wanted) ? wanted : refuse(wanted)).map(compileNode);
      return (value) => choices.some((matches) => matches(value));
    }
    const matches = compileNode(wanted);
    return (value) => matches(isObject(value) ? value[name] : undefined);
  });
  return (value) => tests.every((test) => test(value));
};

/** Makes the test of an EventBridge event pattern. @throws {UnsupportedTemplateError} for an operator it does not know */
export const compilePattern = (pattern: JsonValue): ((event: JsonValue) => boolean) => compileNode(pattern);

/** Finds out early whether a pattern is understood. @throws {UnsupportedTemplateError} */
export const checkPattern = (pattern: JsonValue): void => {
  compilePattern(pattern);
};
