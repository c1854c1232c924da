import { z } from 'zod';
import type { BehaviourPlan, OriginPlan, SitePlan } from './plan.ts';
import { planForward } from './plan-forward.ts';
import { planHeaders } from './plan-headers.ts';
import { apiHost } from './references.ts';
import type { Resource, Resources } from './resources.ts';
import { TemplateRefused } from './template.ts';

const behaviour = z.object({
  TargetOriginId: z.string(),
  PathPattern: z.string().default('*'),
  Compress: z.boolean().default(false),
  AllowedMethods: z.array(z.string()).default(['GET', 'HEAD']),
  CachePolicyId: z.string().optional(),
  OriginRequestPolicyId: z.string().optional(),
  ResponseHeadersPolicyId: z.string().optional(),
  FunctionAssociations: z.array(z.object({ EventType: z.string(), FunctionARN: z.string() })).default([]),
});

const distribution = z.object({
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

/** And "CachingDisabled", which leaves answers as they are. */
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';

/** The encodings that CloudFront may compress to; it prefers the first. */
const encodingsOf = (policyId: string | undefined, resources: Resources): BehaviourPlan['encodings'] => {
  if (policyId === undefined || policyId === cachingDisabled) return [];
  if (policyId === cachingOptimized) return ['br', 'gzip'];
  const { properties } = resources.find('AWS::CloudFront::CachePolicy', policyId);
  const asked = cachePolicy.parse(properties).CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin;
  return [
    ...(asked.EnableAcceptEncodingBrotli ? (['br'] as const) : []),
    ...(asked.EnableAcceptEncodingGzip ? (['gzip'] as const) : []),
  ];
};

type Config = z.infer<typeof distribution>['DistributionConfig'];

/** A bucket by the domain that S3 has for it, or an HTTP API by its own. */
const planOrigin = (origin: Config['Origins'][number], resources: Resources): OriginPlan => {
  const { DomainName: domain, OriginPath: path, OriginCustomHeaders } = origin;
  const api = resources.ofType('AWS::ApiGatewayV2::Api').find(({ ref }) => apiHost(ref) === domain);
  if (!api) return { kind: 'bucket', bucket: resources.find('AWS::S3::Bucket', domain).name, path };
  const headers = OriginCustomHeaders.map(({ HeaderName, HeaderValue }) => [
    HeaderName.toLowerCase(),
    HeaderValue,
  ]);
  return { kind: 'api', api: api.name, path, headers: Object.fromEntries(headers) };
};

const planBehaviour = (
  asked: z.infer<typeof behaviour>,
  { Origins }: Config,
  resources: Resources,
): BehaviourPlan => ({
  origin: originOf(asked.TargetOriginId, Origins, resources),
  forward: planForward(asked.OriginRequestPolicyId, resources),
  pathPattern: asked.PathPattern,
  methods: asked.AllowedMethods,
  encodings: asked.Compress ? encodingsOf(asked.CachePolicyId, resources) : [],
  headers: planHeaders(asked.ResponseHeadersPolicyId, resources),
  functions: asked.FunctionAssociations.map(({ EventType, FunctionARN }) => {
    const { properties } = resources.find('AWS::CloudFront::Function', FunctionARN);
    return { event: edgeEvent.parse(EventType), code: edgeFunction.parse(properties).FunctionCode };
  }),
});

const originOf = (id: string, origins: Config['Origins'], resources: Resources): OriginPlan => {
  const origin = origins.find(({ Id }) => Id === id);
  if (!origin) throw new TemplateRefused(`A distribution in the template has no origin ${id}.`);
  return planOrigin(origin, resources);
};

/** AWS::CloudFront::Distribution, over buckets and HTTP APIs */
export const planSite = ({ properties }: Resource, resources: Resources): SitePlan => {
  const config = distribution.parse(properties).DistributionConfig;
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
