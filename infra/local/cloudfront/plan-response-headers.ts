import { z } from 'zod';
import type { TemplateResources } from '../template/resources.ts';

/** A header that responses get, or lose where the value is undefined. */
export interface HeaderRule {
  readonly name: string;
  readonly value: string | undefined;
  /** Replaces the origin's header. */
  readonly overrides: boolean;
}

const overrideSchema = z.object({ Override: z.boolean() });
const createItemsSchema = <T extends z.ZodType>(item: T) => z.object({ Items: z.array(item) });

const policySchema = z.object({
  ResponseHeadersPolicyConfig: z.object({
    CustomHeadersConfig: createItemsSchema(overrideSchema.extend({ Header: z.string(), Value: z.string() })).optional(),
    RemoveHeadersConfig: createItemsSchema(z.object({ Header: z.string() })).optional(),
    SecurityHeadersConfig: z
      .object({
        ContentSecurityPolicy: overrideSchema.extend({ ContentSecurityPolicy: z.string() }).optional(),
        ContentTypeOptions: overrideSchema.optional(),
        FrameOptions: overrideSchema.extend({ FrameOption: z.string() }).optional(),
        ReferrerPolicy: overrideSchema.extend({ ReferrerPolicy: z.string() }).optional(),
        StrictTransportSecurity: overrideSchema
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
type HeaderSetting = readonly [name: string, value: string | undefined, overrides: boolean | undefined];

const listSecurityHeaders = ({ SecurityHeadersConfig: config }: Config): HeaderSetting[] => {
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

/**
 * The header rules of a response headers policy, in the order in which they apply. Those for other origins are left
 * out: the local site answers none.
 */
export const planResponseHeaders = (policyId: string | undefined, resources: TemplateResources): HeaderRule[] => {
  if (policyId === undefined) return [];
  const { properties } = resources.find('AWS::CloudFront::ResponseHeadersPolicy', policyId);
  const config = policySchema.parse(properties).ResponseHeadersPolicyConfig;
  const custom = (config.CustomHeadersConfig?.Items ?? []).map(
    ({ Header, Value, Override }): HeaderSetting => [Header.toLowerCase(), Value, Override],
  );
  const set = [...listSecurityHeaders(config), ...custom].flatMap(([name, value, overrides = true]): HeaderRule[] =>
    value === undefined ? [] : [{ name, value, overrides }],
  );
  const removed = (config.RemoveHeadersConfig?.Items ?? []).map(
    ({ Header }): HeaderRule => ({ name: Header.toLowerCase(), value: undefined, overrides: true }),
  );
  return [...removed, ...set];
};
