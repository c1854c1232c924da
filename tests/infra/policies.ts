import { z } from 'zod';
import type { Resource, Synthesized } from './synthesized.ts';

/** One or several, as policies have it, as several. */
const listed = <T extends z.ZodType>(item: T) => z.union([item.array(), item.transform((one) => [one])]);

const statement = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.json().optional(),
  Action: listed(z.string()),
  Resource: listed(z.json()).default([]),
  Condition: z.json().optional(),
});
const policy = z.object({ PolicyDocument: z.object({ Statement: statement.array() }) });

export interface Policy {
  readonly name: string;
  readonly properties: Resource['Properties'];
  readonly statements: z.infer<typeof statement>[];
}

/** The policies of a type such as `AWS::IAM::Policy`. */
export const policiesOf = (stack: Pick<Synthesized, 'ofType'>, type: string): Policy[] =>
  stack.ofType(type).map(([name, properties]) => ({
    name,
    properties,
    statements: policy.parse(properties).PolicyDocument.Statement,
  }));

/** Names of what the policies of a type shut, by a condition, to all who meet it. */
export const shutTo = (
  policies: readonly Policy[],
  target: string,
  condition: Readonly<Record<string, unknown>>,
): string[] =>
  policies
    .filter(({ statements }) =>
      statements.some(
        ({ Effect, Condition }) =>
          Effect === 'Deny' && JSON.stringify(Condition) === JSON.stringify(condition),
      ),
    )
    .flatMap(({ properties }) => listed(z.object({ Ref: z.string() })).parse(properties[target]))
    .map(({ Ref }) => Ref)
    .sort();
