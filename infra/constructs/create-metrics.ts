import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { metrics, metricsDimension, metricsNamespace } from '../../functions/platform/contract.ts';
import type { NodeLambda } from './node-lambda.ts';

export interface FunctionMetricProps {
  readonly period?: Duration;
  readonly statistic?: string;
  readonly label?: string;
}

export const createFunctionMetric = (
  { function: { functionName } }: NodeLambda,
  metric: keyof typeof metrics,
  { period = Duration.minutes(5), statistic = 'Sum', ...rest }: FunctionMetricProps = {},
): Metric =>
  new Metric({
    namespace: metricsNamespace,
    metricName: metrics[metric],
    dimensionsMap: { [metricsDimension]: functionName },
    statistic,
    period,
    ...rest,
  });

/** A rate from 0 to 1 of the whole account: AWS judges accounts, not configuration sets. */
export const createReputationMetric = (rate: 'BounceRate' | 'ComplaintRate'): Metric =>
  new Metric({
    namespace: 'AWS/SES',
    metricName: `Reputation.${rate}`,
    statistic: 'Maximum',
    period: Duration.hours(1),
  });
