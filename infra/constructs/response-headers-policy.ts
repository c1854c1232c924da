import { Duration } from 'aws-cdk-lib';
import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  ResponseHeadersPolicy,
  type ResponseSecurityHeadersBehavior,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { previewHeaders } from '../../functions/platform/contract.ts';
import { buildGlobalName } from './build-global-name.ts';

/** The site has no frames and no scripts but that of the search, and loads nothing but images from other sites. */
const formatContentSecurityPolicy = (styles: string, others: readonly string[] = []): string =>
  [
    "default-src 'none'",
    "img-src 'self' https: data:",
    "font-src 'self'",
    `style-src ${styles}`,
    ...others,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const permissionsPolicy = {
  header: 'Permissions-Policy',
  value: 'camera=(), geolocation=(), microphone=(), payment=()',
  override: true,
} as const;

const createSecurityHeaders = (
  contentSecurityPolicy: string,
  referrerPolicy: HeadersReferrerPolicy,
): ResponseSecurityHeadersBehavior => ({
  contentSecurityPolicy: { contentSecurityPolicy, override: true },
  contentTypeOptions: { override: true },
  frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
  referrerPolicy: { referrerPolicy, override: true },
  strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: false, override: true },
});

/**
 * For previews, whose addresses are secret: nobody keeps or indexes them, other sites do not see where a reader comes
 * from, and pages of other sites cannot read them. Missing ones are answered so, too.
 */
export const createPreviewHeadersPolicy = (scope: Construct, id: string): ResponseHeadersPolicy =>
  new ResponseHeadersPolicy(scope, id, {
    responseHeadersPolicyName: buildGlobalName(scope, id),
    securityHeadersBehavior: createSecurityHeaders(
      formatContentSecurityPolicy("'self' 'unsafe-inline'"),
      HeadersReferrerPolicy.NO_REFERRER,
    ),
    customHeadersBehavior: {
      customHeaders: [
        permissionsPolicy,
        ...Object.entries(previewHeaders).map(([header, value]) => ({ header, value, override: true })),
      ],
    },
  });

/**
 * Security headers, and CORS headers that let any page read the feeds.
 * @param styles the value of `style-src`: `'self'`, or `'unsafe-inline'` for a digest, whose styles are inline as email
 * clients require
 * @param others further directives
 */
export const createResponseHeadersPolicy = (
  scope: Construct,
  id: string,
  styles: string,
  others: readonly string[] = [],
): ResponseHeadersPolicy =>
  new ResponseHeadersPolicy(scope, id, {
    responseHeadersPolicyName: buildGlobalName(scope, id),
    corsBehavior: {
      accessControlAllowOrigins: ['*'],
      accessControlAllowMethods: ['GET', 'HEAD'],
      accessControlAllowHeaders: ['*'],
      accessControlAllowCredentials: false,
      originOverride: true,
    },
    securityHeadersBehavior: createSecurityHeaders(
      formatContentSecurityPolicy(styles, others),
      HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN,
    ),
    customHeadersBehavior: { customHeaders: [permissionsPolicy] },
  });
