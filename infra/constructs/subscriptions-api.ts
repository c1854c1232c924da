import { Aws, Duration, Stack, Validations } from 'aws-cdk-lib';
import { HttpApi, HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import {
  AllowedMethods,
  CachePolicy,
  type Distribution,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  OriginProtocolPolicy,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
  OriginSslPolicy,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Construct } from 'constructs';
import { edgeHeader, subscriptionsHeaders, subscriptionsTimeoutSeconds } from '../../functions/platform/contract.ts';
import { buildGlobalName } from './build-global-name.ts';
import type { NodeLambda } from './node-lambda.ts';

export interface SubscriptionsApiProps {
  readonly subscriptions: NodeLambda;
  readonly distribution: Distribution;
  /** The secret header value by which the function recognizes CloudFront. */
  readonly edgeKey: string;
}

/**
 * Requests a second. Programs of mailbox providers open the two links of many mails to this API as these arrive, some
 * 200 mails a second; and the limit keeps others from using up the account's Lambda concurrency.
 */
const throttle = { rateLimit: 400, burstLimit: 800 } as const;

/** An HTTP API for the subscriptions, behind the CloudFront distribution of the site. */
export class SubscriptionsApi extends Construct {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, props: SubscriptionsApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      apiName: `${Stack.of(this).stackName}-subscriptions`,
      description: 'Sign-up, confirmation, preferences and unsubscribing',
      createDefaultStage: false,
      defaultIntegration: new HttpLambdaIntegration('Function', props.subscriptions.function),
    });
    new HttpStage(this, 'Stage', { httpApi: this.api, autoDeploy: true, throttle });
    this.addBehavior(props);
    Validations.of(this).acknowledge(
      {
        id: 'AwsSolutions-APIG1',
        reason: 'Readers are not recorded; API Gateway counts requests and errors.',
      },
      {
        id: 'AwsSolutions-APIG4',
        reason: 'Anybody may sign up; everything about one reader needs a signed token.',
      },
    );
  }

  private addBehavior({ distribution, edgeKey }: SubscriptionsApiProps): void {
    const origin = new HttpOrigin(`${this.api.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`, {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      readTimeout: Duration.seconds(subscriptionsTimeoutSeconds + 5),
      customHeaders: { [edgeHeader]: edgeKey },
    });
    distribution.addBehavior('/subscriptions*', origin, {
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: this.createOriginRequestPolicy(),
      responseHeadersPolicy: this.createResponseHeadersPolicy(),
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    });
  }

  /** For answers that are not the function's: the site's page for 404, and errors of API Gateway and CloudFront. */
  private createResponseHeadersPolicy(): ResponseHeadersPolicy {
    const {
      'content-security-policy': contentSecurityPolicy,
      'cache-control': cacheControl,
      'permissions-policy': permissions,
      'x-robots-tag': robots,
    } = subscriptionsHeaders;
    const override = true;
    return new ResponseHeadersPolicy(this, 'Headers', {
      responseHeadersPolicyName: buildGlobalName(this, 'Headers'),
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy, override },
        contentTypeOptions: { override },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override },
      },
      customHeadersBehavior: {
        customHeaders: [
          { header: 'Cache-Control', value: cacheControl, override },
          { header: 'Permissions-Policy', value: permissions, override },
          { header: 'X-Robots-Tag', value: robots, override },
        ],
      },
    });
  }

  /**
   * Forwards exactly what the function reads. The managed policies for APIs omit the header with the address of the
   * viewer, which CloudFront sets.
   */
  private createOriginRequestPolicy(): OriginRequestPolicy {
    return new OriginRequestPolicy(this, 'Forwarded', {
      originRequestPolicyName: buildGlobalName(this, 'Forwarded'),
      comment: 'Headers and query parameters that the subscriptions read',
      headerBehavior: OriginRequestHeaderBehavior.allowList('CloudFront-Viewer-Address', 'Content-Type'),
      queryStringBehavior: OriginRequestQueryStringBehavior.all(),
    });
  }
}
