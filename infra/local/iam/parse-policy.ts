import { z } from 'zod';
import { compileConditions, type PolicyCondition } from './policy-conditions.ts';

export interface PolicyStatement {
  readonly effect: 'Allow' | 'Deny';
  /** Names of services, or `*` for everybody; a role's own statements have none. */
  readonly principals: readonly string[];
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: PolicyCondition;
}

/** One or several, as several. */
const toListSchema = <T extends z.ZodType>(item: T) => z.union([item.array(), item.transform((one) => [one])]);

const textSchema = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const principalSchema = z.union([
  z.literal('*').transform((everybody) => [everybody]),
  z.strictObject({ AWS: z.literal('*') }).transform(({ AWS }) => [AWS]),
  z.strictObject({ Service: toListSchema(z.string()) }).transform(({ Service }) => Service),
]);

/** Strict: what the local run does not evaluate, such as `NotAction`, is no part of a policy that it takes. */
const statementSchema = z
  .strictObject({
    Sid: z.string().optional(),
    Effect: z.enum(['Allow', 'Deny']),
    Principal: principalSchema.default([]),
    Action: toListSchema(z.string()),
    Resource: toListSchema(z.string()).default(['*']),
    Condition: z.record(z.string(), z.record(z.string(), toListSchema(textSchema))).default({}),
  })
  .transform(
    ({ Effect, Principal, Action, Resource, Condition }): PolicyStatement => ({
      effect: Effect,
      principals: Principal,
      actions: Action,
      resources: Resource,
      condition: compileConditions(Condition),
    }),
  );

/** The statements of a policy document whose intrinsic functions are resolved. */
export const policySchema = z
  .object({ Statement: toListSchema(statementSchema) })
  .transform(({ Statement }) => Statement);
