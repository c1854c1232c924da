import { Tracer } from '@aws-lambda-powertools/tracer';
import type { RunCorrelated } from '../platform/logger.ts';
import { runWithCorrelationId } from './correlation.ts';
import type { LambdaEnvironment } from './environment.ts';

export type CaptureClient = <Client>(client: Client) => Client;

export interface Tracing {
  readonly runCorrelated: RunCorrelated;
  readonly captureClient: CaptureClient;
}

/** Traces for X-Ray: a segment with the calls to AWS for each upload or issue, annotated with its id. */
export const createTracing = (
  service: string,
  { isTracingEnabled: enabled }: Pick<LambdaEnvironment, 'isTracingEnabled'>,
): Tracing => {
  const tracer = new Tracer({ serviceName: service, enabled, captureHTTPsRequests: false });
  const runTraced: RunCorrelated = (what, id, work) =>
    new Promise((resolve, reject) => {
      tracer.provider.captureAsyncFunc(what, async (segment) => {
        segment?.addAnnotation('correlation_id', id);
        try {
          resolve(await work());
        } catch (error) {
          if (error instanceof Error) segment?.addError(error);
          reject(error);
        } finally {
          segment?.close();
        }
      });
    });
  const runWork = tracer.isTracingEnabled() ? runTraced : undefined;
  return {
    runCorrelated: (what, id, work) => runWithCorrelationId(id, () => (runWork ? runWork(what, id, work) : work())),
    captureClient: (client) => tracer.captureAWSv3Client(client),
  };
};
