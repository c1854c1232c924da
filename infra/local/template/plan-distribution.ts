import { z } from 'zod';
import { planOriginRequestPolicy } from './plan-origin-request-policy.ts';
import { planResponseHeaders } from './plan-response-headers.ts';
import { toApiHost } from './references.ts';
import type { TemplateResource, TemplateResources } from './resources.ts';
import type { BehaviourPlan, DistributionPlan, OriginPlan } from './stack-plan.ts';
import { UnsupportedTemplateError } from './template.ts';

const behaviourSchema = z.object({
  TargetOriginId: z.string(),
  PathPattern: z.string().default('*'),
  Compress: z.boolean().default(false),
  AllowedMethods: z.array(z.string()).default(['GET', 'HEAD']),
  CachePolicyId: z.string().optional(),
  OriginRequestPolicyId: z.string().optional(),
  ResponseHeadersPolicyId: z.string().optional(),
  FunctionAssociations: z.array(z.object({ EventType: z.string(), FunctionARN: z.string() })).default([]),
});

const distributionSchema = z.object({
  DistributionConfig: z.object({
    DefaultRootObject: z.string().default(''),
    Origins: z.array(
      z.object({
        Id: z.string(),
        DomainName: z.string(),
        OriginPath: z.string().default(''),
        OriginCustomHeaders: z
          .array(z.object({ HeaderName: z.string(), HeaderValue: z.string() }))
          .default([]),
      }),
    ),
    DefaultCacheBehavior: behaviourSchema,
    CacheBehaviors: z.array(behaviourSchema).default([]),
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

const cachePolicySchema = z.object({
  CachePolicyConfig: z.object({
    ParametersInCacheKeyAndForwardedToOrigin: z.object({
      EnableAcceptEncodingGzip: z.boolean().default(false),
      EnableAcceptEncodingBrotli: z.boolean().default(false),
    }),
  }),
});
const edgeFunctionSchema = z.object({ FunctionCode: z.string() });
const edgeEventSchema = z.enum(['viewer-request', 'viewer-response']);

/** CloudFront's own policy "CachingOptimized". */
const cachingOptimized = '658327ea-f89d-4fab-a63d-7e88639e58f6';

/** And "CachingDisabled", which leaves answers as they are. */
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';

/** The encodings that CloudFront may compress to; it prefers the first. */
const listEncodings = (
  policyId: string | undefined,
  resources: TemplateResources,
): BehaviourPlan['encodings'] => {
  if (policyId === undefined || policyId === cachingDisabled) return [];
  if (policyId === cachingOptimized) return ['br', 'gzip'];
  const { properties } = resources.find('AWS::CloudFront::CachePolicy', policyId);
  const asked =
    cachePolicySchema.parse(properties).CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin;
  return [
    ...(asked.EnableAcceptEncodingBrotli ? (['br'] as const) : []),
    ...(asked.EnableAcceptEncodingGzip ? (['gzip'] as const) : []),
  ];
};

type Config = z.infer<typeof distributionSchema>['DistributionConfig'];

/** A bucket by the domain that S3 has for it, or an HTTP API by its own. */
const planOrigin = (origin: Config['Origins'][number], resources: TemplateResources): OriginPlan => {
  const { DomainName: domain, OriginPath: path, OriginCustomHeaders } = origin;
  const api = resources.listByType('AWS::ApiGatewayV2::Api').find(({ ref }) => toApiHost(ref) === domain);
  if (!api) return { kind: 'bucket', bucket: resources.find('AWS::S3::Bucket', domain).name, path };
  const headers = OriginCustomHeaders.map(({ HeaderName, HeaderValue }) => [
    HeaderName.toLowerCase(),
    HeaderValue,
  ]);
  return { kind: 'api', api: api.name, path, headers: Object.fromEntries(headers) };
};

const planBehaviour = (
  asked: z.infer<typeof behaviourSchema>,
  { Origins }: Config,
  resources: TemplateResources,
): BehaviourPlan => ({
  origin: findOrigin(asked.TargetOriginId, Origins, resources),
  forward: planOriginRequestPolicy(asked.OriginRequestPolicyId, resources),
  pathPattern: asked.PathPattern,
  methods: asked.AllowedMethods,
  encodings: asked.Compress ? listEncodings(asked.CachePolicyId, resources) : [],
  headers: planResponseHeaders(asked.ResponseHeadersPolicyId, resources),
  functions: asked.FunctionAssociations.map(({ EventType, FunctionARN }) => {
    const { properties } = resources.find('AWS::CloudFront::Function', FunctionARN);
    return {
      event: edgeEventSchema.parse(EventType),
      code: edgeFunctionSchema.parse(properties).FunctionCode,
    };
  }),
});

const findOrigin = (id: string, origins: Config['Origins'], resources: TemplateResources): OriginPlan => {
  const origin = origins.find(({ Id }) => Id === id);
  if (!origin) throw new UnsupportedTemplateError(`A distribution in the template has no origin ${id}.`);
  return planOrigin(origin, resources);
};

/** AWS::CloudFront::Distribution, over buckets and HTTP APIs */
export const planDistribution = (
  { properties }: TemplateResource,
  resources: TemplateResources,
): DistributionPlan => {
  const config = distributionSchema.parse(properties).DistributionConfig;
  return {
    defaultRootObject: config.DefaultRootObject,
    behaviours: [...config.CacheBehaviors, config.DefaultCacheBehavior].map((each) =>
      planBehaviour(each, config, resources),
    ),
    errors: config.CustomErrorResponses.flatMap(({ ErrorCode, ResponseCode, ResponsePagePath }) =>
      ResponsePagePath === undefined
        ? []
        : [{ code: ErrorCode, status: ResponseCode ?? ErrorCode, page: ResponsePagePath }],
    ),
  };
};
