import { z } from 'zod';
import { formatArn } from '../base/aws-account.ts';
import { cloudfrontResourceTypes, type DistributionPlan, planDistributions } from '../cloudfront/plan-distributions.ts';
import { dynamodbResourceTypes, planTables, type TablePlan } from '../dynamodb/plan-tables.ts';
import { eventsResourceTypes, planRules, type RulePlan } from '../events/plan-rules.ts';
import { planSchedules, type SchedulePlan } from '../events/plan-schedules.ts';
import { type ApiPlan, httpApiResourceTypes, planApis } from '../http-api/plan-apis.ts';
import type { AccessPolicies } from '../iam/decide-access.ts';
import { iamResourceTypes, planPolicies } from '../iam/plan-policies.ts';
import { type FunctionPlan, lambdaResourceTypes, planFunctions } from '../lambda/plan-functions.ts';
import { type MappingPlan, planInvocations, planMappings } from '../lambda/plan-mappings.ts';
import { type BucketPlan, planBuckets, s3ResourceTypes } from '../s3/plan-buckets.ts';
import { sesResourceTypes } from '../ses/start-ses.ts';
import { planQueues, sqsResourceTypes } from '../sqs/plan-queues.ts';
import type { QueueSettings } from '../sqs/queues.ts';
import type { CloudAssemblyFiles } from '../template/read-assembly.ts';
import type { LocalEndpoints } from '../template/references.ts';
import { resolveResources, type ServiceResourceTypes, type TemplateResources } from '../template/resources.ts';

export interface AlarmPlan {
  readonly arn: string;
  /** ARNs of the template's topics that it notifies. */
  readonly topics: readonly string[];
}

export interface StackPlan {
  readonly buckets: readonly BucketPlan[];
  readonly tables: readonly TablePlan[];
  readonly queues: readonly QueueSettings[];
  readonly rules: readonly RulePlan[];
  readonly schedules: readonly SchedulePlan[];
  readonly functions: readonly FunctionPlan[];
  readonly mappings: readonly MappingPlan[];
  readonly apis: readonly ApiPlan[];
  readonly distributions: readonly DistributionPlan[];
  readonly policies: AccessPolicies;
  /** Addresses and domains that the template verifies. */
  readonly identities: readonly string[];
  readonly alarms: readonly AlarmPlan[];
}

/** Types without a local server: alarms, logs, and names that no DNS server has to know. */
const otherResourceTypes: ServiceResourceTypes = {
  planned: {
    'AWS::CloudWatch::Alarm': (name) => ({ ref: name, attributes: { Arn: formatArn('cloudwatch', `alarm:${name}`) } }),
    'AWS::Logs::LogGroup': (name) => ({ ref: name, attributes: { Arn: formatArn('logs', `log-group:${name}:*`) } }),
    'AWS::SNS::Topic': (name) => ({ ref: formatArn('sns', name), attributes: { Arn: formatArn('sns', name) } }),
  },
  ignored: [
    /^AWS::CloudWatch::(?!Alarm$)/,
    /^AWS::Logs::(?!LogGroup$)/,
    /^AWS::SNS::Subscription$/,
    /^AWS::CDK::Metadata$/,
    /^AWS::Route53::RecordSet$/,
    /^AWS::CertificateManager::/,
  ],
};

const alarmSchema = z.object({
  AlarmActions: z.array(z.string()).default([]),
  OKActions: z.array(z.string()).default([]),
  InsufficientDataActions: z.array(z.string()).default([]),
});

/** Alarms never go off here, but they have to be able to. */
const planAlarms = (resources: TemplateResources): AlarmPlan[] => {
  const topics = new Set(resources.listByType('AWS::SNS::Topic').map(({ ref }) => ref));
  return resources.planEach('AWS::CloudWatch::Alarm', ({ attributes, properties }) => {
    const { AlarmActions, OKActions, InsufficientDataActions } = alarmSchema.parse(properties);
    const actions = [...AlarmActions, ...OKActions, ...InsufficientDataActions];
    return { arn: attributes.Arn ?? '', topics: [...new Set(actions)].filter((action) => topics.has(action)) };
  });
};

/**
 * Plans the resources of a synthesized template.
 * @throws {UnsupportedTemplateError} for a resource type, a function or a target that it does not support
 */
export const planStack = (assembly: CloudAssemblyFiles, endpoints: LocalEndpoints): StackPlan => {
  const resources = resolveResources(assembly, endpoints, [
    s3ResourceTypes,
    dynamodbResourceTypes,
    sqsResourceTypes,
    eventsResourceTypes,
    lambdaResourceTypes,
    httpApiResourceTypes,
    cloudfrontResourceTypes,
    sesResourceTypes,
    iamResourceTypes,
    otherResourceTypes,
  ]);
  const rules = planRules(resources);
  const schedules = planSchedules(resources);
  const targets = [...rules.flatMap((rule) => rule.targets), ...schedules.map(({ target }) => target)];
  const invoked = new Set(targets.flatMap((target) => target.function ?? []));
  const invocations = planInvocations([...invoked], resources);
  return {
    buckets: planBuckets(resources),
    tables: planTables(resources),
    queues: [...planQueues(resources), ...invocations.queues],
    rules,
    schedules,
    functions: planFunctions(resources),
    mappings: [...planMappings(resources), ...invocations.mappings],
    apis: planApis(resources),
    distributions: planDistributions(resources),
    policies: planPolicies(resources),
    identities: resources.listByType('AWS::SES::EmailIdentity').map(({ ref }) => ref),
    alarms: planAlarms(resources),
  };
};
