import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { metrics, metricsNamespace } from '../platform/contract.ts';
import type { Log } from '../platform/logger.ts';
import { findCorrelationId } from './correlation.ts';
import type { LambdaEnvironment } from './environment.ts';

/** `correlation_id` is Powertools' name for it. */
const buildCorrelationFields = (error?: unknown): { correlation_id?: string } => {
  const id = findCorrelationId(error);
  return id === undefined ? {} : { correlation_id: id };
};

const selectMetricUnit = (metric: keyof typeof metrics) =>
  metric === 'publishingTime' ? MetricUnit.Seconds : MetricUnit.Count;

/**
 * Structured log lines and embedded metrics, both on standard output. The dimension of metrics is the function's own
 * name, since an account may have several publications and stages.
 */
export const createLog = (
  service: string,
  { functionName = service }: Partial<Pick<LambdaEnvironment, 'functionName'>> = {},
): Log & { flush(): void } => {
  const logger = new Logger({ serviceName: service });
  const meter = new Metrics({ namespace: metricsNamespace, serviceName: functionName });
  return {
    info: (message, fields = {}) => logger.info(message, { ...fields, ...buildCorrelationFields() }),
    warn: (message, fields = {}) => logger.warn(message, { ...fields, ...buildCorrelationFields() }),
    error: (message, error) =>
      logger.error(message, {
        error: error instanceof Error ? error : new Error(String(error)),
        ...buildCorrelationFields(error),
      }),
    count: (metric, value) => meter.addMetric(metrics[metric], selectMetricUnit(metric), value),
    flush: () => {
      if (meter.hasStoredMetrics()) meter.publishStoredMetrics();
    },
  };
};
