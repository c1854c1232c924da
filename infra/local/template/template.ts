import { z } from 'zod';

export type JsonValue = z.infer<ReturnType<typeof z.json>>;
export type ResourceProperties = Readonly<Record<string, JsonValue>>;

const resourceSchema = z.object({
  Type: z.string(),
  Condition: z.string().optional(),
  Properties: z.record(z.string(), z.json()).default({}),
});

/** As much of a CloudFormation template as the local run reads. */
export const templateSchema = z.object({
  Parameters: z.record(z.string(), z.object({ Default: z.json().optional() })).default({}),
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z.record(z.string(), z.object({ Value: z.json() })).default({}),
});

export type CloudFormationTemplate = z.infer<typeof templateSchema>;

/** The template has something that the local run cannot do; the message says what, for whoever wrote it. */
export class UnsupportedTemplateError extends Error {
  override readonly name = 'UnsupportedTemplateError';
}
