import { z } from 'zod';

export type JsonValue = z.infer<ReturnType<typeof z.json>>;
export type ResourceProperties = Readonly<Record<string, JsonValue>>;

const resourceSchema = z.object({
  Type: z.string(),
  Condition: z.string().optional(),
  Properties: z.record(z.string(), z.json()).default({}),
});

/** The part of a CloudFormation template that the local run reads. */
export const templateSchema = z.object({
  Parameters: z.record(z.string(), z.object({ Default: z.json().optional() })).default({}),
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z.record(z.string(), z.object({ Value: z.json() })).default({}),
});

export type CloudFormationTemplate = z.infer<typeof templateSchema>;

/** The template has something that the local run does not support. */
export class UnsupportedTemplateError extends Error {
  override readonly name = 'UnsupportedTemplateError';
}
