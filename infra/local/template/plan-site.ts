import { z } from 'zod';
import type { Resource, Resources } from './make-plan.ts';
import type { BehaviourPlan, SitePlan } from './plan.ts';
import { planHeaders } from './plan-headers.ts';
import { TemplateRefused } from './template.ts';

const behaviour = z.object({
  TargetOriginId: z.string(),
  PathPattern: z.string().default('*'),
  Compress: z.boolean().default(false),
  AllowedMethods: z.array(z.string()).default(['GET', 'HEAD']),
  CachePolicyId: z.string().optional(),
  ResponseHeadersPolicyId: z.string().optional(),
  FunctionAssociations: z.array(z.object({ EventType: z.string(), FunctionARN: z.string() })).default([]),
});

const distribution = z.object({
  DistributionConfig: z.object({
    DefaultRootObject: z.string().default(''),
    Origins: z.array(
      z.object({ Id: z.string(), DomainName: z.string(), OriginPath: z.string().default('') }),
    ),
    DefaultCacheBehavior: behaviour,
    CacheBehaviors: z.array(behaviour).default([]),
    CustomErrorResponses: z
      .array(
        z.object({
          ErrorCode: z.number(),
          ResponseCode: z.number().optional(),
          ResponsePagePath: z.string().optional(),
        }),
      )
      .default([]),
  }),
});

const cachePolicy = z.object({
  CachePolicyConfig: z.object({
    ParametersInCacheKeyAndForwardedToOrigin: z.object({
      EnableAcceptEncodingGzip: z.boolean().default(false),
      EnableAcceptEncodingBrotli: z.boolean().default(false),
    }),
  }),
});
const edgeFunction = z.object({ FunctionCode: z.string() });
const edgeEvent = z.enum(['viewer-request', 'viewer-response']);

/** CloudFront's own policy "CachingOptimized". */
const cachingOptimized = '658327ea-f89d-4fab-a63d-7e88639e58f6';

/** The encodings that CloudFront may compress to; it prefers the first. */
const encodingsOf = (policyId: string | undefined, resources: Resources): BehaviourPlan['encodings'] => {
  if (policyId === undefined) return [];
  if (policyId === cachingOptimized) return ['br', 'gzip'];
  const { properties } = resources.find('AWS::CloudFront::CachePolicy', policyId);
  const asked = cachePolicy.parse(properties).CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin;
  return [
    ...(asked.EnableAcceptEncodingBrotli ? (['br'] as const) : []),
    ...(asked.EnableAcceptEncodingGzip ? (['gzip'] as const) : []),
  ];
};

const planBehaviour = (asked: z.infer<typeof behaviour>, resources: Resources): BehaviourPlan => ({
  pathPattern: asked.PathPattern,
  methods: asked.AllowedMethods,
  encodings: asked.Compress ? encodingsOf(asked.CachePolicyId, resources) : [],
  headers: planHeaders(asked.ResponseHeadersPolicyId, resources),
  functions: asked.FunctionAssociations.map(({ EventType, FunctionARN }) => {
    const { properties } = resources.find('AWS::CloudFront::Function', FunctionARN);
    return { event: edgeEvent.parse(EventType), code: edgeFunction.parse(properties).FunctionCode };
  }),
});

/** AWS::CloudFront::Distribution, over one bucket */
export const planSite = ({ id, properties }: Resource, resources: Resources): SitePlan => {
  const config = distribution.parse(properties).DistributionConfig;
  const [origin, ...others] = config.Origins;
  if (!origin || others.length > 0)
    throw new TemplateRefused(
      `The local run serves distributions of one origin only (${id} in the template).`,
    );
  return {
    bucket: resources.find('AWS::S3::Bucket', origin.DomainName).name,
    originPath: origin.OriginPath,
    defaultRootObject: config.DefaultRootObject,
    behaviours: [...config.CacheBehaviors, config.DefaultCacheBehavior].map((each) =>
      planBehaviour(each, resources),
    ),
    errors: config.CustomErrorResponses.flatMap(({ ErrorCode, ResponseCode, ResponsePagePath }) =>
      ResponsePagePath === undefined
        ? []
        : [{ code: ErrorCode, status: ResponseCode ?? ErrorCode, page: ResponsePagePath }],
    ),
  };
};
