import { z } from 'zod';
import type { TemplateResource, TemplateResources } from './resources.ts';
import type { FunctionPlan, MappingPlan } from './stack-plan.ts';
import { UnsupportedTemplateError } from './template.ts';

const functionSchema = z.object({
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string(),
  Runtime: z.string(),
  Timeout: z.number().default(3),
  MemorySize: z.number().default(128),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }).default({ Variables: {} }),
});

/** Puts what is at hand in the place of what CloudFormation would fetch when it deploys. */
const resolveSecrets = (
  variables: Readonly<Record<string, string>>,
  secrets: TemplateResources['secrets'],
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(variables).map(([name, value]) => {
      if (!value.includes('{{resolve:')) return [name, value];
      const secret = secrets[name];
      if (secret !== undefined) return [name, secret];
      throw new UnsupportedTemplateError(
        `A function needs the secret ${name}, which is not on this machine. Give one: ${name}=… npm start`,
      );
    }),
  );

/** AWS::Lambda::Function */
export const planFunction = (
  { id, name, attributes, properties }: TemplateResource,
  { bundles, secrets }: TemplateResources,
): FunctionPlan => {
  const { Code, Handler, Runtime, Timeout, MemorySize, Environment } = functionSchema.parse(properties);
  if (!Runtime.startsWith('nodejs'))
    throw new UnsupportedTemplateError(
      `The local run runs Node.js functions only, not ${Runtime} (${id} in the template).`,
    );
  const bundle = bundles.get(Code.S3Key);
  if (bundle === undefined)
    throw new UnsupportedTemplateError(`The assembly has no bundle ${Code.S3Key} for ${id}.`);
  return {
    name,
    arn: attributes.Arn ?? name,
    bundle,
    handler: Handler,
    timeout: Timeout,
    memory: MemorySize,
    environment: resolveSecrets(Environment.Variables, secrets),
  };
};

const mappingSchema = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: z.number().default(10),
  MaximumBatchingWindowInSeconds: z.number().default(0),
  ScalingConfig: z.object({ MaximumConcurrency: z.number() }).default({ MaximumConcurrency: 1000 }),
  FunctionResponseTypes: z.array(z.string()).default([]),
});

/** AWS::Lambda::EventSourceMapping, from a queue */
export const planMapping = ({ properties }: TemplateResource, resources: TemplateResources): MappingPlan => {
  const mapping = mappingSchema.parse(properties);
  const queue = resources.find('AWS::SQS::Queue', mapping.EventSourceArn);
  return {
    queue: queue.name,
    queueArn: mapping.EventSourceArn,
    function: resources.find('AWS::Lambda::Function', mapping.FunctionName).name,
    batchSize: mapping.BatchSize,
    batchingWindow: mapping.MaximumBatchingWindowInSeconds,
    maxConcurrency: mapping.ScalingConfig.MaximumConcurrency,
    reportsItemFailures: mapping.FunctionResponseTypes.includes('ReportBatchItemFailures'),
    isInvocation: false,
  };
};
