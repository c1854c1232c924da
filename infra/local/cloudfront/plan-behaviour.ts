import { z } from 'zod';
import { toApiHost } from '../http-api/plan-apis.ts';
import type { TemplateResources } from '../template/resources.ts';
import { UnsupportedTemplateError } from '../template/template.ts';
import { type OriginRequestPolicyPlan, planOriginRequestPolicy } from './plan-origin-request-policy.ts';
import { type HeaderRule, planResponseHeaders } from './plan-response-headers.ts';

/** Where a distribution gets its responses from; `path` has no slash at its end and goes before the viewer's path. */
export type OriginPlan =
  | { readonly kind: 'bucket'; readonly bucket: string; readonly path: string }
  | {
      readonly kind: 'api';
      readonly api: string;
      readonly path: string;
      /** Headers that CloudFront sets; they replace the viewer's. */
      readonly headers: Readonly<Record<string, string>>;
    };

export interface BehaviourPlan {
  readonly origin: OriginPlan;
  readonly forward: OriginRequestPolicyPlan;
  readonly pathPattern: string;
  readonly methods: readonly string[];
  /** The encodings that CloudFront may compress to, in the order of its preference. */
  readonly encodings: readonly ('br' | 'gzip')[];
  readonly headers: readonly HeaderRule[];
  readonly functions: readonly {
    readonly event: 'viewer-request' | 'viewer-response';
    readonly code: string;
  }[];
}

export const behaviourSchema = z.object({
  TargetOriginId: z.string(),
  PathPattern: z.string().default('*'),
  Compress: z.boolean().default(false),
  AllowedMethods: z.array(z.string()).default(['GET', 'HEAD']),
  CachePolicyId: z.string().optional(),
  OriginRequestPolicyId: z.string().optional(),
  ResponseHeadersPolicyId: z.string().optional(),
  FunctionAssociations: z.array(z.object({ EventType: z.string(), FunctionARN: z.string() })).default([]),
});

export const originSchema = z.object({
  Id: z.string(),
  DomainName: z.string(),
  OriginPath: z.string().default(''),
  OriginCustomHeaders: z.array(z.object({ HeaderName: z.string(), HeaderValue: z.string() })).default([]),
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

/** Managed policies of CloudFront: "CachingOptimized", and "CachingDisabled", which compresses nothing. */
const cachingOptimized = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';

const listEncodings = (policyId: string | undefined, resources: TemplateResources): BehaviourPlan['encodings'] => {
  if (policyId === undefined || policyId === cachingDisabled) return [];
  if (policyId === cachingOptimized) return ['br', 'gzip'];
  const { properties } = resources.find('AWS::CloudFront::CachePolicy', policyId);
  const enabled = cachePolicySchema.parse(properties).CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin;
  return [
    ...(enabled.EnableAcceptEncodingBrotli ? (['br'] as const) : []),
    ...(enabled.EnableAcceptEncodingGzip ? (['gzip'] as const) : []),
  ];
};

/** The domain of an origin is that of a bucket or of an HTTP API. */
const planOrigin = (
  id: string,
  origins: readonly z.infer<typeof originSchema>[],
  resources: TemplateResources,
): OriginPlan => {
  const origin = origins.find(({ Id }) => Id === id);
  if (!origin) throw new UnsupportedTemplateError(`A distribution in the template has no origin ${id}.`);
  const { DomainName: domain, OriginPath: path, OriginCustomHeaders } = origin;
  const api = resources.listByType('AWS::ApiGatewayV2::Api').find(({ ref }) => toApiHost(ref) === domain);
  if (!api) return { kind: 'bucket', bucket: resources.find('AWS::S3::Bucket', domain).name, path };
  const headers = OriginCustomHeaders.map(({ HeaderName, HeaderValue }) => [HeaderName.toLowerCase(), HeaderValue]);
  return { kind: 'api', api: api.name, path, headers: Object.fromEntries(headers) };
};

export const planBehaviour = (
  behaviour: z.infer<typeof behaviourSchema>,
  origins: readonly z.infer<typeof originSchema>[],
  resources: TemplateResources,
): BehaviourPlan => ({
  origin: planOrigin(behaviour.TargetOriginId, origins, resources),
  forward: planOriginRequestPolicy(behaviour.OriginRequestPolicyId, resources),
  pathPattern: behaviour.PathPattern,
  methods: behaviour.AllowedMethods,
  encodings: behaviour.Compress ? listEncodings(behaviour.CachePolicyId, resources) : [],
  headers: planResponseHeaders(behaviour.ResponseHeadersPolicyId, resources),
  functions: behaviour.FunctionAssociations.map(({ EventType, FunctionARN }) => {
    const { properties } = resources.find('AWS::CloudFront::Function', FunctionARN);
    return { event: edgeEventSchema.parse(EventType), code: edgeFunctionSchema.parse(properties).FunctionCode };
  }),
});
