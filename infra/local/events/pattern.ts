import { type JsonValue, UnsupportedTemplateError } from '../template/template.ts';

type Matcher = (value: JsonValue | undefined) => boolean;

const isObject = (value: JsonValue | undefined): value is { [key: string]: JsonValue } =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const refuse = (part: string): never => {
  throw new UnsupportedTemplateError(
    `The local run knows exact values in event patterns only; it does not know ${part}.`,
  );
};

/** The value, or a member of it if it is a list, must equal one of the alternatives. */
const compileAlternatives = (alternatives: readonly JsonValue[]): Matcher => {
  for (const wanted of alternatives) if (isObject(wanted)) refuse(`the operator "${Object.keys(wanted).join(' ')}"`);
  return (value) => {
    const candidates = Array.isArray(value) && value.length > 0 ? value : [value];
    return candidates.some((candidate) => alternatives.some((wanted) => candidate === wanted));
  };
};

const compileNode = (pattern: JsonValue): Matcher => {
  if (Array.isArray(pattern)) return compileAlternatives(pattern);
  if (!isObject(pattern)) return refuse(JSON.stringify(pattern));
  const fields = Object.entries(pattern).map(([name, wanted]) => {
    if (name.startsWith('$')) refuse(`the operator "${name}"`);
    return { name, matches: compileNode(wanted) };
  });
  return (value) => fields.every(({ name, matches }) => matches(isObject(value) ? value[name] : undefined));
};

/**
 * Compiles an EventBridge event pattern. Content filters such as `prefix` are left out: our template has none.
 * @throws {UnsupportedTemplateError} for a content filter
 */
export const compilePattern = (pattern: JsonValue): ((event: JsonValue) => boolean) => compileNode(pattern);
