import { Duration, Stack, Token } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { Alert } from './alert.ts';

export interface EdgeAlertProps {
  readonly distribution: IDistribution;
  readonly topic: ITopic;
}

/** Of all distributions, wherever their stacks are. An alarm watches metrics of its own region only. */
const metricsRegion = 'us-east-1';

/**
 * Errors that readers see at CloudFront. Stacks of other regions get no alarm: docs/deploying.md#alarms says how to set
 * one.
 */
export class EdgeAlert extends Construct {
  constructor(scope: Construct, id: string, { distribution, topic }: EdgeAlertProps) {
    super(scope, id);
    const { region } = Stack.of(this);
    if (!Token.isUnresolved(region) && region !== metricsRegion) return;
    new Alert(this, 'Errors', {
      metric: new Metric({
        namespace: 'AWS/CloudFront',
        metricName: '5xxErrorRate',
        dimensionsMap: { DistributionId: distribution.distributionId, Region: 'Global' },
        statistic: 'Average',
        period: Duration.minutes(5),
      }),
      threshold: 5,
      periods: 3,
      impact: 'For a quarter of an hour, at least one request in twenty has failed at CloudFront: readers see errors.',
      action: 'Open the site. If only subscriptions fail, read the log of subscriptions.',
      runbookAnchor: 'errors-at-the-edge',
      topic,
    });
  }
}
