import { z } from 'zod';
import type { SynthesizedResource, SynthesizedStack } from './synthesize-stack.ts';

/** One or several, as policies have it, as several. */
const toArraySchema = <T extends z.ZodType>(item: T) => z.union([item.array(), item.transform((one) => [one])]);

const statementSchema = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.json().optional(),
  Action: toArraySchema(z.string()),
  Resource: toArraySchema(z.json()).default([]),
  Condition: z.json().optional(),
});
const policySchema = z.object({ PolicyDocument: z.object({ Statement: statementSchema.array() }) });

export interface PolicyResource {
  readonly name: string;
  readonly properties: SynthesizedResource['Properties'];
  readonly statements: z.infer<typeof statementSchema>[];
}

/** The policies of a type such as `AWS::IAM::Policy`. */
export const listPolicies = (stack: Pick<SynthesizedStack, 'listByType'>, type: string): PolicyResource[] =>
  stack.listByType(type).map(([name, properties]) => ({
    name,
    properties,
    statements: policySchema.parse(properties).PolicyDocument.Statement,
  }));

/** Names of what the policies of a type shut, by a condition, to all who meet it. */
export const listDenied = (
  policies: readonly PolicyResource[],
  target: string,
  condition: Readonly<Record<string, unknown>>,
): string[] =>
  policies
    .filter(({ statements }) =>
      statements.some(
        ({ Effect, Condition }) => Effect === 'Deny' && JSON.stringify(Condition) === JSON.stringify(condition),
      ),
    )
    .flatMap(({ properties }) => toArraySchema(z.object({ Ref: z.string() })).parse(properties[target]))
    .map(({ Ref }) => Ref)
    .sort();
