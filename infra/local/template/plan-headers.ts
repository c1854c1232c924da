import { z } from 'zod';
import type { HeaderRule } from './plan.ts';
import type { Resources } from './resources.ts';

const overriding = z.object({ Override: z.boolean() });
const items = <T extends z.ZodType>(item: T) => z.object({ Items: z.array(item) });

const policySchema = z.object({
  ResponseHeadersPolicyConfig: z.object({
    CorsConfig: z
      .object({
        AccessControlAllowOrigins: items(z.string()),
        AccessControlAllowMethods: items(z.string()),
        AccessControlAllowHeaders: items(z.string()),
        AccessControlAllowCredentials: z.boolean(),
        AccessControlExposeHeaders: items(z.string()).optional(),
        AccessControlMaxAgeSec: z.number().optional(),
        OriginOverride: z.boolean(),
      })
      .optional(),
    CustomHeadersConfig: items(overriding.extend({ Header: z.string(), Value: z.string() })).optional(),
    RemoveHeadersConfig: items(z.object({ Header: z.string() })).optional(),
    SecurityHeadersConfig: z
      .object({
        ContentSecurityPolicy: overriding.extend({ ContentSecurityPolicy: z.string() }).optional(),
        ContentTypeOptions: overriding.optional(),
        FrameOptions: overriding.extend({ FrameOption: z.string() }).optional(),
        ReferrerPolicy: overriding.extend({ ReferrerPolicy: z.string() }).optional(),
        StrictTransportSecurity: overriding
          .extend({
            AccessControlMaxAgeSec: z.number(),
            IncludeSubdomains: z.boolean().default(false),
            Preload: z.boolean().default(false),
          })
          .optional(),
      })
      .optional(),
  }),
});

type Config = z.infer<typeof policySchema>['ResponseHeadersPolicyConfig'];
type Stated = readonly [name: string, value: string | undefined, overrides: boolean | undefined];

const securityHeaders = ({ SecurityHeadersConfig: config }: Config): Stated[] => {
  if (!config) return [];
  const { ContentSecurityPolicy: csp, ContentTypeOptions: options, FrameOptions: frames } = config;
  const { ReferrerPolicy: referrer, StrictTransportSecurity: hsts } = config;
  const hstsValue = hsts && [
    `max-age=${hsts.AccessControlMaxAgeSec}`,
    ...(hsts.IncludeSubdomains ? ['includeSubDomains'] : []),
    ...(hsts.Preload ? ['preload'] : []),
  ];
  return [
    ['content-security-policy', csp?.ContentSecurityPolicy, csp?.Override],
    ['x-content-type-options', options && 'nosniff', options?.Override],
    ['x-frame-options', frames?.FrameOption, frames?.Override],
    ['referrer-policy', referrer?.ReferrerPolicy, referrer?.Override],
    ['strict-transport-security', hstsValue?.join('; '), hsts?.Override],
  ];
};

const corsHeaders = ({ CorsConfig: cors }: Config): Stated[] => {
  if (!cors) return [];
  const joined = (list: { Items: string[] } | undefined) => list?.Items.join(', ');
  return [
    ['access-control-allow-origin', joined(cors.AccessControlAllowOrigins), cors.OriginOverride],
    ['access-control-allow-methods', joined(cors.AccessControlAllowMethods), cors.OriginOverride],
    ['access-control-allow-headers', joined(cors.AccessControlAllowHeaders), cors.OriginOverride],
    ['access-control-expose-headers', joined(cors.AccessControlExposeHeaders), cors.OriginOverride],
    ['access-control-max-age', cors.AccessControlMaxAgeSec?.toString(), cors.OriginOverride],
    [
      'access-control-allow-credentials',
      cors.AccessControlAllowCredentials ? 'true' : undefined,
      cors.OriginOverride,
    ],
  ];
};

/** AWS::CloudFront::ResponseHeadersPolicy, as headers to set, in the order in which they are set. */
export const planHeaders = (policyId: string | undefined, resources: Resources): HeaderRule[] => {
  if (policyId === undefined) return [];
  const { properties } = resources.find('AWS::CloudFront::ResponseHeadersPolicy', policyId);
  const config = policySchema.parse(properties).ResponseHeadersPolicyConfig;
  const custom = (config.CustomHeadersConfig?.Items ?? []).map(
    ({ Header, Value, Override }): Stated => [Header.toLowerCase(), Value, Override],
  );
  const set =
    (crossOriginOnly: boolean) =>
    ([name, value, overrides = true]: Stated): HeaderRule[] =>
      value === undefined ? [] : [{ name, value, overrides, crossOriginOnly }];
  const removed = (config.RemoveHeadersConfig?.Items ?? []).map(
    ({ Header }): HeaderRule => ({
      name: Header.toLowerCase(),
      value: undefined,
      overrides: true,
      crossOriginOnly: false,
    }),
  );
  return [
    ...removed,
    ...[...securityHeaders(config), ...custom].flatMap(set(false)),
    ...corsHeaders(config).flatMap(set(true)),
  ];
};
