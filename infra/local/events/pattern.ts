import { type Json, TemplateRefused } from '../template/template.ts';

type Matcher = (value: Json | undefined) => boolean;
type JsonObject = { [key: string]: Json };

const isObject = (value: Json | undefined): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const refuse = (what: Json): never => {
  throw new TemplateRefused(
    `The local run does not know this part of an event pattern: ${JSON.stringify(what)}.`,
  );
};

const onText =
  (test: (text: string) => boolean): Matcher =>
  (value) =>
    typeof value === 'string' && test(value);

/** Text operators take a string, or `{"equals-ignore-case": string}`. */
const textOperator = (argument: Json, test: (text: string, wanted: string) => boolean): Matcher => {
  if (typeof argument === 'string') return onText((text) => test(text, argument));
  const folded = isObject(argument) ? argument['equals-ignore-case'] : undefined;
  if (typeof folded !== 'string') return refuse(argument);
  return onText((text) => test(text.toLowerCase(), folded.toLowerCase()));
};

const wildcardPattern = (wildcard: string): RegExp =>
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

const numeric = (argument: Json): Matcher => {
  const list = Array.isArray(argument) ? argument : refuse(argument);
  const tests: ((value: number) => boolean)[] = [];
  for (let at = 0; at < list.length; at += 2) {
    const compare = comparisons[String(list[at])] ?? refuse(argument);
    const bound = Number(list[at + 1]);
    tests.push((value) => compare(value, bound));
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
};

const anythingBut = (argument: Json): Matcher => {
  const unwanted = isObject(argument)
    ? [operator(argument)]
    : [argument].flat().map(
        (each): Matcher =>
          (value) =>
            value === each,
      );
  return (value) => value !== undefined && !unwanted.some((matches) => matches(value));
};

const operators: Readonly<Record<string, (argument: Json) => Matcher>> = {
  prefix: (argument) => textOperator(argument, (text, wanted) => text.startsWith(wanted)),
  suffix: (argument) => textOperator(argument, (text, wanted) => text.endsWith(wanted)),
  'equals-ignore-case': (argument) =>
    textOperator({ 'equals-ignore-case': argument }, (text, wanted) => text === wanted),
  wildcard: (argument) => {
    const pattern = wildcardPattern(typeof argument === 'string' ? argument : refuse(argument));
    return onText((text) => pattern.test(text));
  },
  exists: (argument) => (value) => (value !== undefined) === argument,
  numeric,
  'anything-but': anythingBut,
};

const operator = (wanted: JsonObject): Matcher => {
  const [name, argument] = Object.entries(wanted)[0] ?? [];
  const make = name === undefined ? undefined : operators[name];
  return make && argument !== undefined ? make(argument) : refuse(wanted);
};

/** One leaf of a pattern: the value, or a member of it if it is a list, has to match one of the alternatives. */
const leaf = (alternatives: readonly Json[]): Matcher => {
  const matchers = alternatives.map(
    (wanted): Matcher => (isObject(wanted) ? operator(wanted) : (value) => value === wanted),
  );
  return (value) => {
    const candidates = Array.isArray(value) && value.length > 0 ? value : [value];
    return candidates.some((candidate) => matchers.some((matches) => matches(candidate)));
  };
};

const node = (pattern: Json): Matcher => {
  if (Array.isArray(pattern)) return leaf(pattern);
  if (!isObject(pattern)) return refuse(pattern);
  const tests = Object.entries(pattern).map(([name, wanted]): Matcher => {
    if (name === '$or') {
      const choices = (Array.isArray(wanted) ? wanted : refuse(wanted)).map(node);
      return (value) => choices.some((matches) => matches(value));
    }
    const matches = node(wanted);
    return (value) => matches(isObject(value) ? value[name] : undefined);
  });
  return (value) => tests.every((test) => test(value));
};

/** Makes the test of an EventBridge event pattern. @throws {TemplateRefused} for an operator it does not know */
export const compilePattern = (pattern: Json): ((event: Json) => boolean) => node(pattern);

/** Finds out early whether a pattern is understood. @throws {TemplateRefused} */
export const checkPattern = (pattern: Json): void => {
  compilePattern(pattern);
};
