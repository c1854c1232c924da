import { accountId, region } from '../base/aws-account.ts';
import type { ResourceReference } from './references.ts';
import { type JsonValue, UnsupportedTemplateError } from './template.ts';

export interface ResolveScope {
  readonly references: ReadonlyMap<string, ResourceReference>;
  readonly parameters: Readonly<Record<string, JsonValue>>;
}

const pseudoParameters: Readonly<Record<string, string>> = {
  'AWS::Region': region,
  'AWS::AccountId': accountId,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': 'Seedpress',
  'AWS::StackId': `arn:aws:cloudformation:${region}:${accountId}:stack/Seedpress/local`,
};

const toText = (value: JsonValue): string => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new UnsupportedTemplateError(`The template needs text where there is ${JSON.stringify(value)}.`);
};

const toList = (value: JsonValue): JsonValue[] => {
  if (Array.isArray(value)) return value;
  throw new UnsupportedTemplateError(`The template needs a list where there is ${JSON.stringify(value)}.`);
};

const resolveRef = (name: string, { references, parameters }: ResolveScope): JsonValue => {
  const found = pseudoParameters[name] ?? references.get(name)?.ref ?? parameters[name];
  if (found === undefined)
    throw new UnsupportedTemplateError(`The template refers to ${name}, which it does not have.`);
  return found;
};

const resolveAttribute = (path: string, { references }: ResolveScope): string => {
  const [id = '', ...rest] = path.split('.');
  const reference = references.get(id);
  if (!reference) throw new UnsupportedTemplateError(`The template refers to ${id}, which it does not have.`);
  // An attribute of an ignored resource, such as an alarm.
  return reference.attributes[rest.join('.')] ?? `local:${path}`;
};

type Intrinsic = (argument: JsonValue, scope: ResolveScope) => JsonValue;

const substitute: Intrinsic = (argument, scope) => {
  const [pattern, given] = Array.isArray(argument) ? argument : [argument, {}];
  const values = given !== null && typeof given === 'object' && !Array.isArray(given) ? given : {};
  return toText(pattern ?? '').replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal, name: string) => {
    if (literal) return `\${${name}}`;
    const value = values[name];
    if (value !== undefined) return toText(resolveIntrinsics(value, scope));
    return name.includes('.') ? resolveAttribute(name, scope) : toText(resolveRef(name, scope));
  });
};

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, scope) => resolveRef(toText(name), scope),
  'Fn::GetAtt': (path, scope) =>
    resolveAttribute(Array.isArray(path) ? path.map(toText).join('.') : toText(path), scope),
  'Fn::Join': (argument, scope) => {
    const [separator = '', parts = []] = toList(argument);
    return toList(resolveIntrinsics(parts, scope)).map(toText).join(toText(separator));
  },
  'Fn::Sub': substitute,
  'Fn::Select': (argument, scope) => {
    const [index = 0, choices = []] = toList(argument);
    return toList(resolveIntrinsics(choices, scope))[Number(toText(resolveIntrinsics(index, scope)))] ?? '';
  },
  'Fn::Split': (argument, scope) => {
    const [separator = '', whole = ''] = toList(argument);
    return toText(resolveIntrinsics(whole, scope)).split(toText(separator));
  },
};

/** Replaces intrinsic functions by their values. @throws {UnsupportedTemplateError} for an unknown function or name */
export const resolveIntrinsics = (value: JsonValue, scope: ResolveScope): JsonValue => {
  if (Array.isArray(value))
    return value.filter((each) => !isNoValue(each)).map((each) => resolveIntrinsics(each, scope));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (entries.length === 1 && name !== undefined && argument !== undefined) {
    const intrinsic = intrinsics[name];
    if (intrinsic) return intrinsic(argument, scope);
    if (name.startsWith('Fn::')) throw new UnsupportedTemplateError(`The local run does not know ${name}.`);
  }
  const properties = entries.filter(([, each]) => !isNoValue(each));
  return Object.fromEntries(properties.map(([key, each]) => [key, resolveIntrinsics(each, scope)]));
};

const isNoValue = (value: JsonValue): boolean =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && value.Ref === 'AWS::NoValue';
