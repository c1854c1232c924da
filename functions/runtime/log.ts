import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Log } from '../publishing/services.ts';
import { metrics, metricsNamespace } from './contract.ts';

/** Structured log lines and embedded metrics, both on standard output as CloudWatch takes them. */
export const createLog = (service: string): Log & { flush(): void } => {
  const logger = new Logger({ serviceName: service });
  const meter = new Metrics({ namespace: metricsNamespace, serviceName: service });
  return {
    info: (message, fields = {}) => logger.info(message, { ...fields }),
    warn: (message, fields = {}) => logger.warn(message, { ...fields }),
    error: (message, error) =>
      logger.error(message, error instanceof Error ? error : new Error(String(error))),
    count: (metric, times) => meter.addMetric(metrics[metric], MetricUnit.Count, times),
    flush: () => {
      if (meter.hasStoredMetrics()) meter.publishStoredMetrics();
    },
  };
};
