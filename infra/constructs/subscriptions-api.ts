import { Aws, Duration, Stack, Validations } from 'aws-cdk-lib';
import { HttpApi, HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import {
  AllowedMethods,
  CachePolicy,
  type Distribution,
  OriginProtocolPolicy,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
  OriginSslPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Construct } from 'constructs';
import { edgeHeader, subscriptionsTimeoutSeconds } from '../../functions/platform/contract.ts';
import type { NodeLambda } from './node-lambda.ts';

export interface SubscriptionsApiProps {
  /** What answers. */
  readonly subscriptions: NodeLambda;
  /** Under whose address it answers. */
  readonly distribution: Distribution;
  /** What CloudFront says to be known. */
  readonly edgeKey: string;
}

/** Readers sign up in their hundreds an hour at most; this keeps strangers from taking all of the account's Lambdas. */
const throttle = { rateLimit: 20, burstLimit: 40 } as const;

/** The subscriptions under the site's own address, so that pages and forms need no other. */
export class SubscriptionsApi extends Construct {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, props: SubscriptionsApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      apiName: `${Stack.of(this).stackName}-subscriptions`,
      description: 'Sign up, confirm, choose, leave',
      createDefaultStage: false,
      defaultIntegration: new HttpLambdaIntegration('Function', props.subscriptions.function),
    });
    new HttpStage(this, 'Stage', { httpApi: this.api, autoDeploy: true, throttle });
    this.addBehavior(props);
    Validations.of(this).acknowledge(
      {
        id: 'AwsSolutions-APIG1',
        reason: 'Who signs up or leaves is not recorded; API Gateway counts requests and errors.',
      },
      {
        id: 'AwsSolutions-APIG4',
        reason: 'Anybody may sign up; what concerns one reader opens with a signed token alone.',
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
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    });
  }

  /**
   * Exactly what the function reads. Amazon's own policies for APIs pass what the viewer sent, and not the header in
   * which CloudFront says who the viewer is.
   */
  private createOriginRequestPolicy(): OriginRequestPolicy {
    return new OriginRequestPolicy(this, 'Forwarded', {
      comment: 'What the subscriptions read of a request',
      headerBehavior: OriginRequestHeaderBehavior.allowList('CloudFront-Viewer-Address', 'Content-Type'),
      queryStringBehavior: OriginRequestQueryStringBehavior.all(),
    });
  }
}
