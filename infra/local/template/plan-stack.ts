import { z } from 'zod';
import { planApi } from './plan-api.ts';
import { planDistribution } from './plan-distribution.ts';
import { planFunction, planMapping } from './plan-lambda.ts';
import { planRule } from './plan-rule.ts';
import { planSchedule } from './plan-schedule.ts';
import { planBucket, planQueue, planTable } from './plan-storage.ts';
import { planInvocations } from './plan-target.ts';
import type { CloudAssemblyFiles } from './read-assembly.ts';
import type { LocalEndpoints } from './references.ts';
import { resolveResources, type TemplateResource, type TemplateResources } from './resources.ts';
import type { StackPlan } from './stack-plan.ts';
import { UnsupportedTemplateError } from './template.ts';

/**
 * Turns a synthesized template into what the local servers are to make.
 * @throws {UnsupportedTemplateError} for what it does not know: a resource type, a function, a kind of target
 */
export const planStack = (assembly: CloudAssemblyFiles, places: LocalEndpoints): StackPlan => {
  const resources = resolveResources(assembly, places);
  const plan = <T>(
    types: readonly string[],
    make: (each: TemplateResource, among: TemplateResources) => T,
  ): T[] =>
    resources.listByType(...types).map((each) => {
      try {
        return make(each, resources);
      } catch (error) {
        if (!(error instanceof z.ZodError)) throw error;
        const problem = `The local run does not understand ${each.id} (${each.type}): ${z.prettifyError(error)}`;
        throw new UnsupportedTemplateError(problem, { cause: error });
      }
    });
  const rules = plan(['AWS::Events::Rule'], planRule).flat();
  const schedules = plan(['AWS::Scheduler::Schedule'], planSchedule).flat();
  const targets = [...rules.flatMap((rule) => rule.targets), ...schedules.map(({ target }) => target)];
  const invocations = planInvocations(targets, resources);
  return {
    buckets: plan(['AWS::S3::Bucket'], planBucket),
    tables: plan(['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'], planTable),
    queues: [...plan(['AWS::SQS::Queue'], planQueue), ...invocations.queues],
    rules,
    schedules,
    functions: plan(['AWS::Lambda::Function'], planFunction),
    mappings: [...plan(['AWS::Lambda::EventSourceMapping'], planMapping), ...invocations.mappings],
    apis: plan(['AWS::ApiGatewayV2::Api'], planApi),
    distributions: plan(['AWS::CloudFront::Distribution'], planDistribution),
  };
};
