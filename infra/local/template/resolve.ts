import { account, type Reference, region } from './references.ts';
import { type Json, TemplateRefused } from './template.ts';

/** What names in a template stand for. */
export interface Scope {
  readonly references: ReadonlyMap<string, Reference>;
  readonly parameters: Readonly<Record<string, Json>>;
}

const pseudoParameters: Readonly<Record<string, string>> = {
  'AWS::Region': region,
  'AWS::AccountId': account,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': 'Seedpress',
  'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/Seedpress/local`,
};

const text = (value: Json): string => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  throw new TemplateRefused(`The template needs text where there is ${JSON.stringify(value)}.`);
};

const list = (value: Json): Json[] => {
  if (Array.isArray(value)) return value;
  throw new TemplateRefused(`The template needs a list where there is ${JSON.stringify(value)}.`);
};

const refTo = (name: string, { references, parameters }: Scope): Json => {
  const found = pseudoParameters[name] ?? references.get(name)?.ref ?? parameters[name];
  if (found === undefined)
    throw new TemplateRefused(`The template refers to ${name}, which it does not have.`);
  return found;
};

const attributeOf = (path: string, { references }: Scope): string => {
  const [id = '', ...rest] = path.split('.');
  const reference = references.get(id);
  if (!reference) throw new TemplateRefused(`The template refers to ${id}, which it does not have.`);
  // Attributes of resources without effect here (an identity, an alarm) go nowhere.
  return reference.attributes[rest.join('.')] ?? `local:${path}`;
};

type Intrinsic = (argument: Json, scope: Scope) => Json;

const substitute: Intrinsic = (argument, scope) => {
  const [pattern, given] = Array.isArray(argument) ? argument : [argument, {}];
  const values = given !== null && typeof given === 'object' && !Array.isArray(given) ? given : {};
  return text(pattern ?? '').replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal, name: string) => {
    if (literal) return `\${${name}}`;
    const value = values[name];
    if (value !== undefined) return text(resolve(value, scope));
    return name.includes('.') ? attributeOf(name, scope) : text(refTo(name, scope));
  });
};

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, scope) => refTo(text(name), scope),
  'Fn::GetAtt': (path, scope) =>
    attributeOf(Array.isArray(path) ? path.map(text).join('.') : text(path), scope),
  'Fn::Join': (argument, scope) => {
    const [separator = '', parts = []] = list(argument);
    return list(resolve(parts, scope)).map(text).join(text(separator));
  },
  'Fn::Sub': substitute,
  'Fn::Select': (argument, scope) => {
    const [index = 0, choices = []] = list(argument);
    return list(resolve(choices, scope))[Number(text(resolve(index, scope)))] ?? '';
  },
  'Fn::Split': (argument, scope) => {
    const [separator = '', whole = ''] = list(argument);
    return text(resolve(whole, scope)).split(text(separator));
  },
};

/**
 * Puts values in the place of a template's intrinsic functions.
 * @throws {TemplateRefused} for a function it does not know
 */
export const resolve = (value: Json, scope: Scope): Json => {
  if (Array.isArray(value))
    return value.filter((each) => !isNoValue(each)).map((each) => resolve(each, scope));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (entries.length === 1 && name !== undefined && argument !== undefined) {
    const intrinsic = intrinsics[name];
    if (intrinsic) return intrinsic(argument, scope);
    if (name.startsWith('Fn::')) throw new TemplateRefused(`The local run does not know ${name}.`);
  }
  const stated = entries.filter(([, each]) => !isNoValue(each));
  return Object.fromEntries(stated.map(([key, each]) => [key, resolve(each, scope)]));
};

const isNoValue = (value: Json): boolean =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && value.Ref === 'AWS::NoValue';
