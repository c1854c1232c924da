import { z } from 'zod';
import { formatArn } from '../base/aws-account.ts';
import { buildInternalReference } from '../template/references.ts';
import type { ServiceResourceTypes, TemplateResources } from '../template/resources.ts';
import { UnsupportedTemplateError } from '../template/template.ts';

export const lambdaResourceTypes: ServiceResourceTypes = {
  planned: {
    'AWS::Lambda::Function': (name) => ({
      ref: name,
      attributes: { Arn: formatArn('lambda', `function:${name}`) },
    }),
    'AWS::Lambda::EventSourceMapping': buildInternalReference,
    'AWS::Lambda::EventInvokeConfig': buildInternalReference,
  },
};

export interface FunctionPlan {
  readonly name: string;
  readonly arn: string;
  readonly bundle: string;
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Whether messages that it sends may lead back to it any number of times. */
  readonly allowsLoops: boolean;
  readonly role: string;
  /** The ARN of the log group that the template gives it. */
  readonly logGroupArn: string | undefined;
  readonly isTraced: boolean;
}

const functionSchema = z.object({
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string(),
  Runtime: z.string(),
  Timeout: z.number().default(3),
  MemorySize: z.number().default(128),
  RecursiveLoop: z.enum(['Allow', 'Terminate']).default('Terminate'),
  Role: z.string(),
  LoggingConfig: z.object({ LogGroup: z.string() }).optional(),
  TracingConfig: z.object({ Mode: z.string() }).optional(),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }).default({ Variables: {} }),
});

/** Fills in the secrets that CloudFormation would fetch when it deploys. */
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
        `A function needs the secret ${name}, which is not on this machine. Set it: ${name}=… npm start`,
      );
    }),
  );

export const planFunctions = (resources: TemplateResources): FunctionPlan[] =>
  resources.planEach('AWS::Lambda::Function', ({ id, name, attributes, properties }) => {
    const definition = functionSchema.parse(properties);
    const { Code, Handler, Runtime, Timeout, MemorySize, Environment, RecursiveLoop } = definition;
    if (!Runtime.startsWith('nodejs'))
      throw new UnsupportedTemplateError(
        `The local run supports Node.js functions only, not ${Runtime} (${id} in the template).`,
      );
    const bundle = resources.bundles.get(Code.S3Key);
    if (bundle === undefined) throw new UnsupportedTemplateError(`The assembly has no bundle ${Code.S3Key} for ${id}.`);
    return {
      name,
      arn: attributes.Arn ?? name,
      bundle,
      handler: Handler,
      timeoutSeconds: Timeout,
      memoryMb: MemorySize,
      allowsLoops: RecursiveLoop === 'Allow',
      role: resources.find('AWS::IAM::Role', definition.Role).name,
      logGroupArn:
        definition.LoggingConfig &&
        resources.find('AWS::Logs::LogGroup', definition.LoggingConfig.LogGroup).attributes.Arn,
      isTraced: definition.TracingConfig?.Mode === 'Active',
      environment: resolveSecrets(Environment.Variables, resources.secrets),
    };
  });
