import { cloudfrontResourceTypes, type DistributionPlan, planDistributions } from '../cloudfront/plan-distributions.ts';
import { dynamodbResourceTypes, planTables, type TablePlan } from '../dynamodb/plan-tables.ts';
import { eventsResourceTypes, planRules, type RulePlan } from '../events/plan-rules.ts';
import { planSchedules, type SchedulePlan } from '../events/plan-schedules.ts';
import { type ApiPlan, httpApiResourceTypes, planApis } from '../http-api/plan-apis.ts';
import { type FunctionPlan, lambdaResourceTypes, planFunctions } from '../lambda/plan-functions.ts';
import { type MappingPlan, planInvocations, planMappings } from '../lambda/plan-mappings.ts';
import { type BucketPlan, planBuckets, s3ResourceTypes } from '../s3/plan-buckets.ts';
import { sesResourceTypes } from '../ses/start-ses.ts';
import { planQueues, sqsResourceTypes } from '../sqs/plan-queues.ts';
import type { QueueSettings } from '../sqs/queues.ts';
import type { CloudAssemblyFiles } from '../template/read-assembly.ts';
import type { LocalEndpoints } from '../template/references.ts';
import { resolveResources, type ServiceResourceTypes } from '../template/resources.ts';

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
}

/** Types without a local server: permissions, alarms, logs, and names that no DNS server has to know. */
const otherResourceTypes: ServiceResourceTypes = {
  planned: {},
  ignored: [
    /^AWS::IAM::/,
    /^AWS::CloudWatch::/,
    /^AWS::Logs::/,
    /^AWS::SNS::/,
    /^AWS::CDK::Metadata$/,
    /^AWS::Route53::RecordSet$/,
    /^AWS::CertificateManager::/,
  ],
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
  };
};
