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
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Construct } from 'constructs';
import { cadences, type Publication } from '../../functions/core/publication.ts';
import { contentTypeOverrides } from '../../functions/platform/contract.ts';
import { buildContentTypeFunction } from './content-type-function.ts';
import { PrivateBucket } from './private-bucket.ts';
import { createResponseHeadersPolicy } from './response-headers-policy.ts';
import { SiteDomain } from './site-domain.ts';

export interface SiteProps {
  readonly publication: Publication;
  /** Whether the documents outlive the stack. */
  readonly keepData: boolean;
}

/** The public site: a bucket of documents, and CloudFront before it. */
export class Site extends Construct {
  /** Its objects' keys are the site's paths without the leading slash. */
  readonly bucket: PrivateBucket;
  readonly distribution: Distribution;
  /** Scheme and host, without a trailing slash. */
  readonly address: string;

  constructor(scope: Construct, id: string, { publication, keepData }: SiteProps) {
    super(scope, id);
    // Not versioned: every document can be made again from the records.
    this.bucket = new PrivateBucket(this, 'Bucket', { keepData });
    const behaviour = this.createBehaviourFactory();
    const pages = behaviour(createResponseHeadersPolicy(this, 'PageHeaders', "'self'"));
    const digests = behaviour(createResponseHeadersPolicy(this, 'DigestHeaders', "'unsafe-inline'"));
    const feeds: BehaviorOptions = {
      ...pages,
      functionAssociations: [
        { function: this.createContentTypeFunction(), eventType: FunctionEventType.VIEWER_RESPONSE },
      ],
    };
    const domain = new SiteDomain(this, 'Domain', { publication });
    this.distribution = new Distribution(this, 'Distribution', {
      ...domain.distributionProps,
      defaultRootObject: 'index.html',
      defaultBehavior: pages,
      additionalBehaviors: {
        '/digest/*': digests,
        // Issues are digests that stay; beside them stand their archive and feeds, which are like the site's own.
        ...Object.fromEntries(cadences.map((cadence) => [`/issues/${cadence}-*`, digests])),
        // No slash after the star: the site's own feed and every topic's.
        ...Object.fromEntries(Object.values(contentTypeOverrides).map(({ file }) => [`*${file}`, feeds])),
      },
      // The bucket says 403 for a key that it does not have, since CloudFront may not list it.
      errorResponses: [403, 404].map((httpStatus) => ({
        httpStatus,
        responseHttpStatus: 404,
        responsePagePath: '/404.html',
        ttl: Duration.seconds(10),
      })),
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
    });
    domain.addAliasRecords(this.distribution);
    this.address = publication.site ?? `https://${this.distribution.distributionDomainName}`;
    this.acknowledgeRules();
    if (!domain.distributionProps.certificate) this.acknowledgeDefaultCertificate();
  }

  private createBehaviourFactory(): (headers: ResponseHeadersPolicy) => BehaviorOptions {
    const origin = S3BucketOrigin.withOriginAccessControl(this.bucket);
    // Objects say themselves how long they may be kept; these are the bounds.
    const cachePolicy = new CachePolicy(this, 'Cache', {
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

  private createContentTypeFunction(): EdgeFunction {
    return new EdgeFunction(this, 'FeedTypes', {
      comment: 'Gives Atom and JSON feeds their own type, after they were compressed',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(buildContentTypeFunction(Object.values(contentTypeOverrides))),
    });
  }

  private acknowledgeRules(): void {
    Validations.of(this.distribution).acknowledge(
      { id: 'AwsSolutions-CFR1', reason: 'A publication is for readers in every country.' },
      {
        id: 'AwsSolutions-CFR2',
        reason: 'Static documents take no input, and a bot challenge would shut feed readers out.',
      },
      {
        id: 'AwsSolutions-CFR3',
        reason: 'Who reads what is not recorded; CloudFront counts requests and errors.',
      },
    );
  }

  private acknowledgeDefaultCertificate(): void {
    Validations.of(this.distribution).acknowledge({
      id: 'AwsSolutions-CFR4',
      reason: "CloudFront's own domain leaves no choice of TLS version; a domain of the publication's does.",
    });
  }
}
