import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { metrics, metricsDimension, metricsNamespace } from '../../functions/platform/contract.ts';
import type { NodeLambda } from './node-lambda.ts';

export interface FunctionMetricProps {
  readonly period?: Duration;
  /** The sum, unless said otherwise. */
  readonly statistic?: string;
  readonly label?: string;
}

/** What a function counts by itself; five minutes together, unless said otherwise. */
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
