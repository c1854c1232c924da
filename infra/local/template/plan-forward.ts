import { z } from 'zod';
import type { ForwardPlan, NamesPlan } from './plan.ts';
import type { Resources } from './resources.ts';

const names = z.array(z.string()).default([]);
const behaviourOf = z.enum([
  'none',
  'whitelist',
  'all',
  'allExcept',
  'allViewer',
  'allViewerAndWhitelistCloudFront',
]);

const policySchema = z.object({
  OriginRequestPolicyConfig: z.object({
    HeadersConfig: z.object({ HeaderBehavior: behaviourOf, Headers: names }),
    QueryStringsConfig: z.object({ QueryStringBehavior: behaviourOf, QueryStrings: names }),
    CookiesConfig: z.object({ CookieBehavior: behaviourOf, Cookies: names }),
  }),
});

const nothing: NamesPlan = { kind: 'some', names: [] };
const everything: NamesPlan = { kind: 'all', names: [] };

const kinds: Readonly<Record<z.infer<typeof behaviourOf>, NamesPlan['kind']>> = {
  none: 'some',
  whitelist: 'some',
  all: 'all',
  allExcept: 'allExcept',
  allViewer: 'all',
  allViewerAndWhitelistCloudFront: 'all',
};

const plan = (kind: z.infer<typeof behaviourOf>, listed: readonly string[]): NamesPlan => ({
  kind: kinds[kind],
  names: listed.map((name) => name.toLowerCase()),
});

/** CloudFront's own policy "AllViewerExceptHostHeader". */
const allViewerExceptHost = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

/** AWS::CloudFront::OriginRequestPolicy. Without one nothing of a viewer's reaches the origin but path and body. */
export const planForward = (policyId: string | undefined, resources: Resources): ForwardPlan => {
  if (policyId === undefined) return { headers: nothing, queries: nothing, cookies: nothing };
  if (policyId === allViewerExceptHost)
    return { headers: { kind: 'allExcept', names: ['host'] }, queries: everything, cookies: everything };
  const { properties } = resources.find('AWS::CloudFront::OriginRequestPolicy', policyId);
  const { HeadersConfig, QueryStringsConfig, CookiesConfig } =
    policySchema.parse(properties).OriginRequestPolicyConfig;
  const { QueryStringBehavior, QueryStrings } = QueryStringsConfig;
  const { CookieBehavior, Cookies } = CookiesConfig;
  return {
    headers: plan(HeadersConfig.HeaderBehavior, HeadersConfig.Headers),
    // Names in a query or a cookie are as they are written.
    queries: { kind: kinds[QueryStringBehavior], names: QueryStrings },
    cookies: { kind: kinds[CookieBehavior], names: Cookies },
  };
};
