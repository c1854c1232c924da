import { z } from 'zod';
import { accountId, formatArn } from '../base/aws-account.ts';
import { buildInternalReference } from '../template/references.ts';
import type { ServiceResourceTypes, TemplateResource, TemplateResources } from '../template/resources.ts';
import { type BehaviourPlan, behaviourSchema, originSchema, planBehaviour } from './plan-behaviour.ts';

export const cloudfrontResourceTypes: ServiceResourceTypes = {
  planned: {
    'AWS::CloudFront::Distribution': (name, { siteHost }) => ({
      ref: name,
      attributes: { Id: name, DomainName: siteHost },
    }),
    'AWS::CloudFront::CachePolicy': buildInternalReference,
    'AWS::CloudFront::OriginRequestPolicy': buildInternalReference,
    'AWS::CloudFront::ResponseHeadersPolicy': buildInternalReference,
    'AWS::CloudFront::Function': buildInternalReference,
  },
  ignored: [/^AWS::CloudFront::OriginAccessControl$/],
};

/** How long CloudFront repeats an error without a setting of its own. */
export const defaultErrorSeconds = 10;

export interface ErrorPlan {
  /** That of the origin's response. */
  readonly code: number;
  /** That of the viewer's response. */
  readonly status: number;
  readonly page?: string;
  readonly cachedSeconds: number;
}

export interface DistributionPlan {
  readonly arn: string;
  readonly defaultRootObject: string;
  /** In the order in which they are tried; the last takes every path. */
  readonly behaviours: readonly BehaviourPlan[];
  readonly errors: readonly ErrorPlan[];
}

const distributionSchema = z.object({
  DistributionConfig: z.object({
    DefaultRootObject: z.string().default(''),
    Origins: z.array(originSchema),
    DefaultCacheBehavior: behaviourSchema,
    CacheBehaviors: z.array(behaviourSchema).default([]),
    CustomErrorResponses: z
      .array(
        z.object({
          ErrorCode: z.number(),
          ResponseCode: z.number().optional(),
          ResponsePagePath: z.string().optional(),
          ErrorCachingMinTTL: z.number().default(defaultErrorSeconds),
        }),
      )
      .default([]),
  }),
});

const planDistribution = ({ ref, properties }: TemplateResource, resources: TemplateResources): DistributionPlan => {
  const config = distributionSchema.parse(properties).DistributionConfig;
  return {
    arn: formatArn('cloudfront', `distribution/${ref}`, `:${accountId}`),
    defaultRootObject: config.DefaultRootObject,
    behaviours: [...config.CacheBehaviors, config.DefaultCacheBehavior].map((behaviour) =>
      planBehaviour(behaviour, config.Origins, resources),
    ),
    errors: config.CustomErrorResponses.map(({ ErrorCode, ResponseCode, ResponsePagePath, ErrorCachingMinTTL }) => ({
      code: ErrorCode,
      status: ResponseCode ?? ErrorCode,
      cachedSeconds: ErrorCachingMinTTL,
      ...(ResponsePagePath !== undefined && { page: ResponsePagePath }),
    })),
  };
};

export const planDistributions = (resources: TemplateResources): DistributionPlan[] =>
  resources.planEach('AWS::CloudFront::Distribution', planDistribution);
