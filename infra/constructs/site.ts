import { Duration, Validations } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  PriceClass,
  type ResponseHeadersPolicy,
  S3OriginAccessControl,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Construct } from 'constructs';
import type { Publication } from '../../functions/core/publication.ts';
import { sitePaths } from '../../functions/core/site-paths.ts';
import { contentTypeOverrides, previewsFolder } from '../../functions/platform/contract.ts';
import { buildAnswerFunction } from './answer-function.ts';
import { buildGlobalName } from './build-global-name.ts';
import { buildContentTypeFunction } from './content-type-function.ts';
import { PrivateBucket } from './private-bucket.ts';
import { buildRedirectFunction } from './redirect-function.ts';
import { createPreviewHeadersPolicy, createResponseHeadersPolicy } from './response-headers-policy.ts';
import { SiteDomain } from './site-domain.ts';

export interface SiteProps {
  readonly publication: Publication;
  readonly keepData: boolean;
}

/** The public site: a bucket of documents behind CloudFront. */
export class Site extends Construct {
  /** Keys of objects are paths of the site without the leading slash. */
  readonly bucket: PrivateBucket;
  readonly distribution: Distribution;
  /** Scheme and host, without a trailing slash. */
  readonly address: string;

  constructor(scope: Construct, id: string, { publication, keepData }: SiteProps) {
    super(scope, id);
    // Not versioned: all documents can be rebuilt from the records.
    this.bucket = new PrivateBucket(this, 'Bucket', { keepData });
    const behaviour = this.createBehaviourFactory();
    const pages = behaviour(createResponseHeadersPolicy(this, 'PageHeaders', "'self'"));
    const digests = behaviour(createResponseHeadersPolicy(this, 'DigestHeaders', "'unsafe-inline'"));
    // A browser shows a sound, a film or a PDF document as a page of its own that loads the file.
    const files = behaviour(
      createResponseHeadersPolicy(this, 'FileHeaders', "'none'", ["media-src 'self'", "object-src 'self'"]),
    );
    // The one page that may run a script, which loads the search index.
    const search = behaviour(
      createResponseHeadersPolicy(this, 'SearchHeaders', "'self'", ["script-src 'self'", "connect-src 'self'"]),
    );
    const redirects = this.createRedirectFunction(publication);
    const feeds: BehaviorOptions = {
      ...pages,
      functionAssociations: [
        { function: redirects, eventType: FunctionEventType.VIEWER_REQUEST },
        { function: this.createContentTypeFunction(), eventType: FunctionEventType.VIEWER_RESPONSE },
      ],
    };
    const domain = new SiteDomain(this, 'Domain', { publication });
    this.distribution = new Distribution(this, 'Distribution', {
      ...domain.distributionProps,
      defaultRootObject: 'index.html',
      defaultBehavior: {
        ...pages,
        functionAssociations: [
          { function: redirects, eventType: FunctionEventType.VIEWER_REQUEST },
          { function: this.createAnswerFunction(), eventType: FunctionEventType.VIEWER_RESPONSE },
        ],
      },
      additionalBehaviors: {
        '/files/*': files,
        // Before the feeds, as a preview has one.
        [`${previewsFolder}*`]: {
          ...behaviour(createPreviewHeadersPolicy(this, 'PreviewHeaders')),
          cachePolicy: CachePolicy.CACHING_DISABLED,
        },
        '/digest/*': digests,
        [sitePaths.search]: search,
        // No slash after the star: the feeds of the site and of all topics.
        ...Object.fromEntries(Object.values(contentTypeOverrides).map(({ file }) => [`*${file}`, feeds])),
      },
      errorResponses: [
        // The bucket returns 403 for a missing key, since CloudFront may not list it.
        ...[403, 404].map((httpStatus) => ({
          httpStatus,
          responseHttpStatus: 404,
          responsePagePath: '/404.html',
          ttl: Duration.seconds(10),
        })),
        // CloudFront would repeat an error to all readers for ten seconds, whatever its headers say.
        ...[500, 502, 503, 504].map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      ],
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
    });
    domain.addAliasRecords(this.distribution);
    this.address = publication.site ?? `https://${this.distribution.distributionDomainName}`;
    this.acknowledgeRules();
    if (!domain.distributionProps.certificate) this.acknowledgeDefaultCertificate();
  }

  private createBehaviourFactory(): (headers: ResponseHeadersPolicy) => BehaviorOptions {
    const originAccessControl = new S3OriginAccessControl(this, 'AccessControl', {
      originAccessControlName: buildGlobalName(this, 'AccessControl'),
    });
    const origin = S3BucketOrigin.withOriginAccessControl(this.bucket, { originAccessControl });
    // The limits for the Cache-Control headers of the objects.
    const cachePolicy = new CachePolicy(this, 'Cache', {
      cachePolicyName: buildGlobalName(this, 'Cache'),
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.minutes(1),
      maxTtl: Duration.days(365),
      queryStringBehavior: CacheQueryStringBehavior.none(),
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    });
    return (responseHeadersPolicy) => ({
      origin,
      cachePolicy,
      responseHeadersPolicy,
      compress: true,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    });
  }

  private createRedirectFunction({ redirects }: Publication): EdgeFunction {
    return new EdgeFunction(this, 'Redirects', {
      comment: 'Answers 301 for redirects of the settings, usual addresses of feeds, and slashes at the end',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(buildRedirectFunction(redirects)),
    });
  }

  private createAnswerFunction(): EdgeFunction {
    return new EdgeFunction(this, 'Answers', {
      comment: 'Answers 301 at former addresses of articles, and 410 for withdrawn ones',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(buildAnswerFunction()),
    });
  }

  private createContentTypeFunction(): EdgeFunction {
    return new EdgeFunction(this, 'FeedTypes', {
      comment: 'Sets the content types of Atom and JSON feeds after compression',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(buildContentTypeFunction(Object.values(contentTypeOverrides))),
    });
  }

  private acknowledgeRules(): void {
    Validations.of(this.distribution).acknowledge(
      { id: 'AwsSolutions-CFR1', reason: 'A publication is for readers in every country.' },
      {
        id: 'AwsSolutions-CFR2',
        reason: 'Static documents take no input, and a bot challenge would block feed readers.',
      },
      {
        id: 'AwsSolutions-CFR3',
        reason: 'Readers are not recorded; CloudFront counts requests and errors.',
      },
    );
  }

  private acknowledgeDefaultCertificate(): void {
    Validations.of(this.distribution).acknowledge({
      id: 'AwsSolutions-CFR4',
      reason: "CloudFront's own domain has a fixed TLS policy; a custom domain sets TLSv1.2_2021.",
    });
  }
}
