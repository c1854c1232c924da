import { Duration } from 'aws-cdk-lib';
import { HeadersFrameOption, HeadersReferrerPolicy, ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { buildGlobalName } from './build-global-name.ts';

/** The site has no scripts and no frames, and loads nothing but images from other sites. */
const formatContentSecurityPolicy = (styles: string, others: readonly string[]): string =>
  [
    "default-src 'none'",
    "img-src 'self' https: data:",
    `style-src ${styles}`,
    ...others,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

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
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy: formatContentSecurityPolicy(styles, others), override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override: true },
      strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: false, override: true },
    },
    customHeadersBehavior: {
      customHeaders: [
        {
          header: 'Permissions-Policy',
          value: 'camera=(), geolocation=(), microphone=(), payment=()',
          override: true,
        },
      ],
    },
  });
