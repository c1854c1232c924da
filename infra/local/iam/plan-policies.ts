import { z } from 'zod';
import { accountId, formatArn } from '../base/aws-account.ts';
import { buildInternalReference } from '../template/references.ts';
import type { ServiceResourceTypes, TemplateResource, TemplateResources } from '../template/resources.ts';
import type { AccessPolicies, ResourcePolicy } from './decide-access.ts';
import { type PolicyStatement, policySchema } from './parse-policy.ts';

export const iamResourceTypes: ServiceResourceTypes = {
  planned: {
    'AWS::IAM::Role': (name) => ({ ref: name, attributes: { Arn: formatArn('iam', `role/${name}`, `:${accountId}`) } }),
    'AWS::IAM::Policy': buildInternalReference,
    'AWS::S3::BucketPolicy': buildInternalReference,
    'AWS::SQS::QueuePolicy': buildInternalReference,
    'AWS::SNS::TopicPolicy': buildInternalReference,
    'AWS::Lambda::Permission': buildInternalReference,
  },
};

const roleSchema = z.object({
  AssumeRolePolicyDocument: policySchema,
  Policies: z.array(z.object({ PolicyDocument: policySchema })).default([]),
  // The local run does not know the policies that AWS manages.
  ManagedPolicyArns: z.array(z.string()).max(0).default([]),
});
const rolePolicySchema = z.object({ PolicyDocument: policySchema, Roles: z.array(z.string()) });

const planRoles = (resources: TemplateResources): AccessPolicies['roles'] => {
  const roles = new Map(
    resources.planEach('AWS::IAM::Role', ({ ref, properties }): [string, PolicyStatement[]] => [
      ref,
      roleSchema.parse(properties).Policies.flatMap(({ PolicyDocument }) => PolicyDocument),
    ]),
  );
  for (const { PolicyDocument, Roles } of resources.planEach('AWS::IAM::Policy', ({ properties }) =>
    rolePolicySchema.parse(properties),
  ))
    for (const role of Roles) roles.get(role)?.push(...PolicyDocument);
  return roles;
};

const documentSchema = z.object({ PolicyDocument: policySchema });

/** Types of resource policies, with the type of what they are attached to and the property that names it. */
const policyTargets = [
  ['AWS::S3::BucketPolicy', 'AWS::S3::Bucket', 'Bucket'],
  ['AWS::SQS::QueuePolicy', 'AWS::SQS::Queue', 'Queues'],
  ['AWS::SNS::TopicPolicy', 'AWS::SNS::Topic', 'Topics'],
] as const;

const permissionSchema = z
  .object({ Action: z.string(), FunctionName: z.string(), Principal: z.string(), SourceArn: z.string().optional() })
  .transform(({ Action, Principal, SourceArn, FunctionName }) => ({
    function: FunctionName,
    statements: policySchema.parse({
      Statement: {
        Effect: 'Allow',
        Principal: { Service: Principal },
        Action,
        ...(SourceArn !== undefined && { Condition: { ArnLike: { 'aws:SourceArn': SourceArn } } }),
      },
    }),
  }));

const planPermission = ({ properties }: TemplateResource, resources: TemplateResources): ResourcePolicy => {
  const { function: name, statements } = permissionSchema.parse(properties);
  return { attachedTo: [resources.find('AWS::Lambda::Function', name).attributes.Arn ?? name], statements };
};

const planResourcePolicies = (resources: TemplateResources): ResourcePolicy[] => [
  ...resources.planEach('AWS::IAM::Role', ({ ref, attributes, properties }) => ({
    attachedTo: [attributes.Arn ?? ref],
    statements: roleSchema.parse(properties).AssumeRolePolicyDocument,
  })),
  ...policyTargets.flatMap(([type, targetType, property]) =>
    resources.planEach(type, ({ properties }): ResourcePolicy => {
      const targets = z.union([z.string(), z.array(z.string())]).parse(properties[property]);
      return {
        attachedTo: [targets].flat().map((target) => resources.find(targetType, target).attributes.Arn ?? target),
        statements: documentSchema.parse(properties).PolicyDocument,
      };
    }),
  ),
  ...resources.planEach('AWS::Lambda::Permission', planPermission),
];

/** @throws {UnsupportedTemplateError} for a policy with something that the local run does not evaluate */
export const planPolicies = (resources: TemplateResources): AccessPolicies => ({
  roles: planRoles(resources),
  resources: planResourcePolicies(resources),
});
