import { UnsupportedTemplateError } from '../template/template.ts';
import { matchesWildcards } from './match-wildcards.ts';

/** What a call tells of itself, by the names of condition keys in lower case. */
export type AccessContext = Readonly<Record<string, readonly string[]>>;

export type PolicyCondition = (context: AccessContext) => boolean;

interface ConditionOperator {
  readonly matches: (expected: string, value: string) => boolean;
  /** Holds when no value of the policy fits, and where the call has no value. */
  readonly isNegated?: boolean;
}

const isEqual = (expected: string, value: string): boolean => expected === value;

const operators: Readonly<Record<string, ConditionOperator>> = {
  ArnEquals: { matches: matchesWildcards },
  ArnLike: { matches: matchesWildcards },
  Bool: { matches: isEqual },
  NumericLessThan: { matches: (limit, value) => Number(value) < Number(limit) },
  StringEquals: { matches: isEqual },
  StringLike: { matches: matchesWildcards },
  StringNotLike: { matches: matchesWildcards, isNegated: true },
};

const quantifiers = ['ForAllValues', 'ForAnyValue'];

/** The condition keys that calls of the local run have a value of, where AWS has one. */
const knownKeys = [
  'aws:securetransport',
  'aws:sourceaccount',
  'aws:sourcearn',
  'dynamodb:leadingkeys',
  's3:tlsversion',
];

/**
 * One entry of a `Condition`.
 * @throws {UnsupportedTemplateError} for a key or an operator that the local run does not know
 */
const compileCondition = (name: string, key: string, expected: readonly string[]): PolicyCondition => {
  const [first = '', ...rest] = name.split(':');
  const [quantifier, operatorName] = rest.length === 0 ? [undefined, first] : [first, rest.join(':')];
  const operator = operators[operatorName];
  const lowerKey = key.toLowerCase();
  if (!operator || !(quantifier === undefined || quantifiers.includes(quantifier)) || !knownKeys.includes(lowerKey))
    throw new UnsupportedTemplateError(`The local run does not know the condition ${name} of ${key} in a policy.`);
  const { matches, isNegated = false } = operator;
  const holds = (value: string): boolean => expected.some((each) => matches(each, value)) !== isNegated;
  return (context) => {
    const values = context[lowerKey] ?? [];
    if (quantifier === 'ForAllValues') return values.every(holds);
    if (quantifier === undefined && values.length === 0) return isNegated;
    return values.some(holds);
  };
};

/**
 * Compiles the `Condition` of a statement: all of its entries have to hold. As in IAM, `ForAllValues` holds for a call
 * without a value.
 * @throws {UnsupportedTemplateError} for a key or an operator that the local run does not know
 */
export const compileConditions = (
  conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
): PolicyCondition => {
  const compiled = Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, expected]) => compileCondition(operator, key, expected)),
  );
  return (context) => compiled.every((holds) => holds(context));
};
