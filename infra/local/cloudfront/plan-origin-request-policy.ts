import { z } from 'zod';
import type { TemplateResources } from '../template/resources.ts';

/**
 * What of a viewer's request reaches the origin. Header names are in lower case; `cloudfront-…` headers are those that
 * CloudFront adds.
 */
export interface OriginRequestPolicyPlan {
  readonly headers: ForwardedNames;
  readonly queries: ForwardedNames;
  readonly cookies: ForwardedNames;
}

export interface ForwardedNames {
  readonly kind: 'all' | 'allExcept' | 'some';
  readonly names: readonly string[];
}

const names = z.array(z.string()).default([]);
const forwardingSchema = z.enum([
  'none',
  'whitelist',
  'all',
  'allExcept',
  'allViewer',
  'allViewerAndWhitelistCloudFront',
]);

const policySchema = z.object({
  OriginRequestPolicyConfig: z.object({
    HeadersConfig: z.object({ HeaderBehavior: forwardingSchema, Headers: names }),
    QueryStringsConfig: z.object({ QueryStringBehavior: forwardingSchema, QueryStrings: names }),
    CookiesConfig: z.object({ CookieBehavior: forwardingSchema, Cookies: names }),
  }),
});

const noNames: ForwardedNames = { kind: 'some', names: [] };
const allNames: ForwardedNames = { kind: 'all', names: [] };

const kinds: Readonly<Record<z.infer<typeof forwardingSchema>, ForwardedNames['kind']>> = {
  none: 'some',
  whitelist: 'some',
  all: 'all',
  allExcept: 'allExcept',
  allViewer: 'all',
  allViewerAndWhitelistCloudFront: 'all',
};

const toForwardedNames = (kind: z.infer<typeof forwardingSchema>, listed: readonly string[]): ForwardedNames => ({
  kind: kinds[kind],
  names: listed.map((name) => name.toLowerCase()),
});

/** The managed policy "AllViewerExceptHostHeader" of CloudFront. */
const allViewerExceptHost = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

/** Without a policy only the path and the body of a viewer's request reach the origin. */
export const planOriginRequestPolicy = (
  policyId: string | undefined,
  resources: TemplateResources,
): OriginRequestPolicyPlan => {
  if (policyId === undefined) return { headers: noNames, queries: noNames, cookies: noNames };
  if (policyId === allViewerExceptHost)
    return { headers: { kind: 'allExcept', names: ['host'] }, queries: allNames, cookies: allNames };
  const { properties } = resources.find('AWS::CloudFront::OriginRequestPolicy', policyId);
  const { HeadersConfig, QueryStringsConfig, CookiesConfig } = policySchema.parse(properties).OriginRequestPolicyConfig;
  const { QueryStringBehavior, QueryStrings } = QueryStringsConfig;
  const { CookieBehavior, Cookies } = CookiesConfig;
  return {
    headers: toForwardedNames(HeadersConfig.HeaderBehavior, HeadersConfig.Headers),
    // Names of query parameters and cookies are case-sensitive.
    queries: { kind: kinds[QueryStringBehavior], names: QueryStrings },
    cookies: { kind: kinds[CookieBehavior], names: Cookies },
  };
};
